/* Doubts are listed, then looked into one by one; last come the remarks on what is left out. */
#include "audit/audit.h"
#include "audit/doubt.h"
#include "audit/prover.h"
#include "audit/remarks.h"
#include "base/mem.h"

struct audit {
    const struct standard *standard;
    struct diags *diags;
    struct prover *prover;
    VEC(const struct doubt *) found;
};

/* ---- what need not be looked into */

static bool is_inside(const struct part *part, const struct part *outer)
{
    while (part && part != outer)
        part = part->parent;
    return part && part == outer;
}

/* Decided by a figure that is too high. */
static bool is_beyond(const struct standard *standard, const struct ir_node *when)
{
    struct span all = when->origin;
    for (size_t i = 0; i < standard->beyond.count && value_is_known(&when->bounds); i++) {
        struct span figure = standard->beyond.items[i];
        if (figure.source == all.source && figure.start >= all.start && figure.end <= all.end)
            return true;
    }
    return false;
}

/* A cap is short where a line in it never counts, or a cap in it is short: that has been told. */
static bool is_told(const struct audit *audit, const struct doubt *doubt)
{
    if (doubt->kind <= DOUBT_ALWAYS && is_beyond(audit->standard, doubt->when ? doubt->when : doubt->node))
        return true;
    for (size_t i = 0; i < audit->found.count; i++) {
        const struct doubt *found = audit->found.items[i];
        if (doubt->group && found->group == doubt->group && found->kind != DOUBT_NEVER)
            return true;
        bool cap = doubt->kind == DOUBT_SHORT && doubt->code != DIAG_LIMIT_IDLE;
        if (cap && found->part && is_inside(found->part, doubt->part))
            return true;
    }
    return false;
}

/* ---- looking */

static struct claim claim_of(const struct audit *audit, const struct doubt *doubt, const struct ir_node *node,
                             enum claim_kind kind)
{
    return prover_claim(audit->prover, node, kind, doubt->of_outcome);
}

static void told(struct audit *audit, const struct doubt *doubt, struct diag *diag,
                 const struct diag_example *example)
{
    diag_other(diag, doubt->other, NULL);
    diag->example = example;
    vec_push(&audit->found, doubt);
}

static void report(struct audit *audit, const struct doubt *doubt, const struct diag_example *example)
{
    struct diag *diag = diag_add(audit->diags, doubt->code, doubt->span, doubt->args[0], doubt->args[1],
                                 doubt->args[1] ? doubt->args[2] : NULL, NULL);
    told(audit, doubt, diag, example);
}

static bool is_never(struct audit *audit, const struct doubt *doubt, enum claim_kind kind)
{
    struct claim claim = claim_of(audit, doubt, doubt->node, kind);
    return prover_never(audit->prover, &claim);
}

static bool is_always(struct audit *audit, const struct doubt *doubt)
{
    return is_never(audit, doubt, CLAIM_NO) && is_never(audit, doubt, CLAIM_NA);
}

static void look_for_short(struct audit *audit, const struct doubt *doubt)
{
    struct claim claim = claim_of(audit, doubt, doubt->node, CLAIM_HIGH);
    struct cut furthest = prover_furthest(audit->prover, &claim), limit = cut_at(doubt->limit, 0);
    if (furthest.infinite || furthest.side > 0 || cut_compare(furthest, limit) >= 0)
        return;
    bool idle = doubt->code == DIAG_LIMIT_IDLE, open = furthest.side != 0;
    const char *word = idle ? (open ? "@stays_below" : "@is_at_most") : open ? "@as_much_as" : "@more_than";
    furthest.side = 0;
    struct diag *diag = diag_add(audit->diags, doubt->code, doubt->span, doubt->args[0],
                                 num_text(furthest.at), word, doubt->args[2], NULL);
    told(audit, doubt, diag, prover_example(audit->prover, &claim, furthest));
}

/* Shown by a unit. What every unit bears out needs none; of two places that has been told of each. */
static void look_for_possible(struct audit *audit, const struct doubt *doubt)
{
    const struct cut yes = claim_borne_out();
    for (size_t i = 0; i < DOUBT_ALSO_MAX; i++) {
        if (!doubt->also[i])
            continue;
        struct claim also = claim_of(audit, doubt, doubt->also[i], CLAIM_YES);
        if (prover_never(audit->prover, &also) || !prover_example(audit->prover, &also, yes))
            return;
    }
    struct claim claim = claim_of(audit, doubt, doubt->node, CLAIM_YES);
    if (is_never(audit, doubt, CLAIM_YES))
        return;
    const struct diag_example *example = prover_example(audit->prover, &claim, yes);
    if (example || (!doubt->other.source && is_always(audit, doubt)))
        report(audit, doubt, example);
}

static void look_into(struct audit *audit, const struct doubt *doubt)
{
    switch (doubt->kind) {
    case DOUBT_NEVER:
        if (is_never(audit, doubt, CLAIM_YES))
            report(audit, doubt, NULL);
        break;
    case DOUBT_ALWAYS:
        if (is_always(audit, doubt) && !is_never(audit, doubt, CLAIM_YES))
            report(audit, doubt, NULL);
        break;
    case DOUBT_SHORT: look_for_short(audit, doubt); break;
    case DOUBT_POSSIBLE: look_for_possible(audit, doubt); break;
    }
}

/* What is asked stands behind the nodes of the standard, in a fork of their list. */
static void look(struct audit *audit)
{
    struct standard asked = *audit->standard;
    asked.ir = ir_fork(audit->standard->ir);
    struct doubts doubts = {.ir = asked.ir};
    doubts_of_parts(&doubts, &asked);
    doubts_of_outcomes(&doubts, &asked);
    audit->prover = prover_new(&asked, 1);
    for (size_t i = 0; i < doubts.list.count; i++)
        if (!is_told(audit, &doubts.list.items[i]))
            look_into(audit, &doubts.list.items[i]);
}

void audit_standard(const struct standard *standard, struct diags *diags)
{
    struct audit audit = {.standard = standard, .diags = diags};
    look(&audit);
    remarks_add(standard, diags);
    diag_sort(diags);
}
