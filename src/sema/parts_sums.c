/* What must add up: criteria to their section, parts to the total, weights to 100 %. */
#include "base/mem.h"
#include "sema/amended.h"
#include "sema/misread.h"
#include "sema/parts.h"

static bool counts(const struct part_info *info)
{
    return info->part->kind == PART_SECTION || info->part->kind == PART_CRITERION;
}

static bool any_weight(const struct part_info *info)
{
    for (size_t i = 0; i < info->parts.count; i++)
        if (counts(info->parts.items[i]) && info->parts.items[i]->part->has_weight)
            return true;
    return false;
}

/* "team 4 + training 5 + …": what was added up. */
static const char *sum_text(const struct part_info *info, bool weights)
{
    struct str text = {0};
    for (size_t i = 0; i < info->parts.count; i++) {
        const struct part *part = info->parts.items[i]->part;
        if (!counts(info->parts.items[i]))
            continue;
        str_format(&text, "%s%s ", text.length ? " + " : "", part->name);
        if (weights)
            str_format(&text, "%s%%", num_text(num_mul(part->weight, num_int(100))));
        else
            str_add(&text, num_text(part->cap));
    }
    return str_text(&text);
}

static struct num sum_of_caps(const struct part_info *info)
{
    struct num sum = num_int(0);
    for (size_t i = 0; i < info->parts.count; i++)
        if (counts(info->parts.items[i]))
            sum = num_add(sum, info->parts.items[i]->part->cap);
    return sum;
}

static void check_weights(struct sema *sema, const struct part_info *info, struct span head)
{
    struct num sum = num_int(0);
    for (size_t i = 0; i < info->parts.count; i++) {
        const struct part *part = info->parts.items[i]->part;
        if (!counts(info->parts.items[i]))
            continue;
        if (!part->has_weight) {
            sema_error(sema, DIAG_WEIGHT_MISSING, part->span, part->path, NULL);
            return;
        }
        sum = num_add(sum, part->weight);
    }
    if (num_equal(sum, num_int(1)))
        return;
    struct diag *diag = sema_error(sema, DIAG_WEIGHTS_SUM, head, num_text(num_mul(sum, num_int(100))), NULL);
    diag_note(diag, sum_text(info, true));
    amended_show_changes(sema, diag, info->part->path);
}

static void report_sum(struct sema *sema, enum diag_code code, const struct part_info *info, struct span span,
                       struct num sum, struct num stated)
{
    struct diag *diag = sema_error(sema, code, span, num_text(sum), num_text(stated));
    diag->args[2] = info->part->path;
    amended_show_changes(sema, diag, info->part->path);
    if (info->parts.count)
        diag_note(diag, sum_text(info, false));
}

static void check_section(struct sema *sema, struct part_info *info)
{
    struct part *part = info->part;
    struct num offered = part->has_offer ? part->offer : part->cap;
    if (info->incomplete)
        return;
    if (any_weight(info)) {
        check_weights(sema, info, info->head);
        return;
    }
    struct num sum = sum_of_caps(info);
    if (part->has_cap && info->parts.count && !num_equal(sum, offered))
        report_sum(sema, DIAG_SECTION_SUM, info, info->cap_span, sum, offered);
}

/* A section without a cap of its own is worth what its parts are. */
static void default_cap(struct part_info *info)
{
    for (size_t i = 0; i < info->parts.count; i++)
        default_cap(info->parts.items[i]);
    if (info->part->kind != PART_SECTION || info->part->has_cap)
        return;
    info->part->has_cap = true;
    info->part->cap = sum_of_caps(info);
}

/* A `total` that could not be read is not missing, and of a header that is missing something else is said. */
static bool header_is_whole(const struct sema *sema)
{
    return sema->header && !misread_in(sema, sema->header->node.span);
}

static void check_total(struct sema *sema)
{
    struct standard *standard = sema->standard;
    if (!standard->scored) {
        if (sema->parts.count && header_is_whole(sema))
            sema_error(sema, DIAG_TOTAL_MISSING, sema->parts.items[0]->part->span,
                       sema->parts.items[0]->part->path, NULL);
        return;
    }
    if (sema->root.incomplete || !sema->root.parts.count)
        return;
    if (any_weight(&sema->root))
        check_weights(sema, &sema->root, sema->total_rule.span);
    else if (!num_equal(sum_of_caps(&sema->root), standard->offered))
        report_sum(sema, DIAG_TOTAL_SUM, &sema->root, sema->total_rule.span, sum_of_caps(&sema->root),
                   standard->offered);
}

void parts_check_sums(struct sema *sema)
{
    default_cap(&sema->root);
    check_total(sema);
    for (size_t i = 0; i < sema->parts.count; i++)
        if (sema->parts.items[i]->part->kind == PART_SECTION)
            check_section(sema, sema->parts.items[i]);
}
