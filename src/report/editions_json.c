/* One object for what the editions say, one for each unit. */
#include "report/editions.h"
#include "report/json.h"

static const struct type NUMBER = {.kind = TYPE_NUMBER};

/* ---------------------------------------------------------------- what is written otherwise */

static void edition_object(struct json *json, const char *key, const struct standard *standard)
{
    json_key(json, key);
    json_open(json, '{');
    json_pair(json, "name", standard->name);
    json_pair(json, "edition", standard->edition);
    json_pair(json, "sha256", standard->sha256);
    json_close(json, '}');
}

static void words(struct json *json, const char *key, const struct ast *node)
{
    json_pair(json, key, node != NULL ? span_text(node->span) : NULL);
}

static void words_object(struct json *json, const struct ast *old, const struct ast *new)
{
    json_open(json, '{');
    words(json, "old", old);
    words(json, "new", new);
    json_close(json, '}');
}

static void revision_object(struct json *json, const struct revision *revision)
{
    static const char *const kinds[] = {[REVISION_ADDED] = "added",
                                        [REVISION_REPEALED] = "repealed",
                                        [REVISION_MOVED] = "moved",
                                        [REVISION_CHANGED] = "changed"};
    json_open(json, '{');
    json_pair(json, "change", kinds[revision->kind]);
    json_pair(json, "of", revision->of == AST_standard ? "header" : ast_kind_name(revision->of));
    json_pair(json, "path", revision->path);
    json_pair(json, "label", revision->label);
    if (revision->from != NULL) {
        json_pair(json, "from", revision->from);
    }
    json_pair(json, "clause", revision->clause);
    json_key(json, "words");
    json_open(json, '[');
    bool whole = revision->kind == REVISION_ADDED || revision->kind == REVISION_REPEALED;
    for (size_t i = 0; i < revision->details.count; i++) {
        words_object(json, revision->details.items[i].old, revision->details.items[i].new);
    }
    if (whole) {
        words_object(json, revision->old, revision->new);
    }
    json_close(json, ']');
    json_close(json, '}');
}

/* ---------------------------------------------------------------- what it does */

static const char *subject_kind(const struct subject *subject)
{
    static const char *const kinds[] = {
        [SUBJECT_PART] = "part",         [SUBJECT_TOTAL] = "total",     [SUBJECT_GRADE] = "grade",
        [SUBJECT_ELIGIBLE] = "eligible", [SUBJECT_OUTCOME] = "outcome", [SUBJECT_SHOW] = "show"};
    return kinds[subject->kind];
}

static void subject_members(struct json *json, const struct subject *subject)
{
    json_pair(json, "of", subject_kind(subject));
    json_pair(json, "path", subject->path);
    json_pair(json, "label", subject->label);
}

static void value_member(struct json *json, const char *key, const struct editions_view *view,
                         const struct subject *subject, enum edition edition,
                         const struct evaluation *evaluation)
{
    struct view of = {.evaluation = evaluation, .context = evaluation->final, .lang = view->lang};
    json_key(json, key);
    if (subject->of[edition] == NULL) {
        json_text(json, NULL);
    } else if (subject->kind == SUBJECT_GRADE) {
        json_grade(json, &of);
    } else if (subject->kind == SUBJECT_ELIGIBLE || subject->kind == SUBJECT_OUTCOME) {
        json_text(json, json_truth(view_value(&of, subject->of[edition])));
    } else {
        json_typed(json, &of, subject->of[edition]);
    }
}

static void because(struct json *json, const struct subject *subject)
{
    json_key(json, "because");
    json_open(json, '[');
    for (size_t i = 0; i < subject->because.count; i++) {
        const struct revision *revision = subject->because.items[i];
        json_open(json, '{');
        json_pair(json, "of", revision->of == AST_standard ? "header" : ast_kind_name(revision->of));
        json_pair(json, "path", revision->path);
        json_pair(json, "clause", revision->clause);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void lines(struct json *json, const char *key, const char *const *list, size_t count)
{
    json_key(json, key);
    json_open(json, '[');
    for (size_t i = 0; i < count; i++) {
        json_text(json, list[i]);
    }
    json_close(json, ']');
}

static void reported(struct json *json, const struct subject *subject)
{
    json_key(json, "reported");
    json_open(json, '[');
    for (size_t i = 0; i < subject->reported.count; i++) {
        json_text(json, subject->reported.items[i].name);
    }
    json_close(json, ']');
}

static void witness(struct json *json, const struct editions_view *view, const struct subject *subject)
{
    static const char *const facts[] = {"old_facts", "new_facts"}, *const values[] = {"old", "new"};
    const struct impact_witness *found = subject->witness;
    json_key(json, "unit");
    json_open(json, '{');
    for (enum edition edition = EDITION_OLD; edition < EDITIONS; edition++) {
        lines(json, facts[edition], found->lines[edition].items, found->lines[edition].count);
    }
    lines(json, "set", found->settings.items, found->settings.count);
    for (enum edition edition = EDITION_OLD; edition < EDITIONS && found->evaluation[edition] != NULL;
         edition++) {
        value_member(json, values[edition], view, subject, edition, found->evaluation[edition]);
    }
    json_close(json, '}');
}

static void impact_object(struct json *json, const struct editions_view *view, const struct subject *subject)
{
    static const char *const impacts[] = {[IMPACT_SAME] = "unchanged",
                                          [IMPACT_DIFFERS] = "differs",
                                          [IMPACT_OPEN] = "undecided",
                                          [IMPACT_ADDED] = "added",
                                          [IMPACT_REPEALED] = "repealed"};
    json_open(json, '{');
    subject_members(json, subject);
    json_pair(json, "effect", impacts[subject->impact]);
    if (subject->same_days) {
        json_key(json, "same_days");
        json_bool(json, true);
    }
    if (subject->reported.count > 0) {
        reported(json, subject);
    }
    if (subject->impact != IMPACT_SAME) {
        because(json, subject);
    }
    if (subject->impact == IMPACT_DIFFERS) {
        witness(json, view, subject);
    }
    json_close(json, '}');
}

void editions_json(struct str *out, const struct editions_view *view)
{
    struct json json = {.out = out};
    const struct impacts *impacts = view->impacts;
    json_open(&json, '{');
    json_key(&json, "rubric");
    json_int(&json, 1);
    edition_object(&json, "old", impacts->standard[EDITION_OLD]);
    edition_object(&json, "new", impacts->standard[EDITION_NEW]);
    json_key(&json, "changes");
    json_open(&json, '[');
    for (size_t i = 0; i < impacts->revisions->list.count; i++) {
        revision_object(&json, &impacts->revisions->list.items[i]);
    }
    json_close(&json, ']');
    json_key(&json, "effects");
    json_open(&json, '[');
    for (size_t i = 0; i < impacts->list.count; i++) {
        impact_object(&json, view, &impacts->list.items[i]);
    }
    json_close(&json, ']');
    json_close(&json, '}');
    str_add_char(out, '\n');
}

/* ---------------------------------------------------------------- a unit */

static void difference(struct json *json, const struct value *value, bool exact)
{
    json_key(json, "difference");
    if (value->kind == VALUE_NUMBER) {
        json_value(json, &NUMBER, value, exact);
    } else {
        json_text(json, NULL);
    }
}

static bool is_nothing(const struct value *value)
{
    return value_is_point(value) && num_sign(value_point(value)) == 0;
}

static void row_object(struct json *json, const struct account_row *row, const struct value *value,
                       bool exact)
{
    json_open(json, '{');
    subject_members(json, row->subject);
    json_key(json, "rest");
    json_bool(json, row->rest);
    difference(json, value, exact);
    because(json, row->subject);
    json_close(json, '}');
}

static void rows(struct json *json, const struct editions_view *view, const struct account *account)
{
    json_key(json, "rows");
    json_open(json, '[');
    for (size_t i = 0; view->accounting != NULL && i < view->accounting->rows.count; i++) {
        if (!is_nothing(&account->rows[i])) {
            row_object(json, &view->accounting->rows.items[i], &account->rows[i], account->exact[i]);
        }
    }
    json_close(json, ']');
}

static void result_object(struct json *json, const struct editions_view *view, const struct account *account,
                          const struct subject *subject)
{
    json_open(json, '{');
    subject_members(json, subject);
    value_member(json, "old", view, subject, EDITION_OLD, account->evaluation[EDITION_OLD]);
    value_member(json, "new", view, subject, EDITION_NEW, account->evaluation[EDITION_NEW]);
    if (subject->kind == SUBJECT_TOTAL) {
        difference(json, &account->total, account->total_exact);
    }
    json_close(json, '}');
}

static void titles(struct json *json, const struct account *account)
{
    json_key(json, "titles");
    json_open(json, '[');
    for (size_t i = 0; i < account->titles.list.count; i++) {
        const struct title_change *title = &account->titles.list.items[i];
        json_open(json, '{');
        json_pair(json, "title", title->name);
        json_pair(json, "label", title->label);
        json_pair(json, "old", json_truths(title->held[EDITION_OLD]));
        json_pair(json, "new", json_truths(title->held[EDITION_NEW]));
        json_close(json, '}');
    }
    json_close(json, ']');
}

void editions_unit_json(struct str *out, const struct editions_view *view, const struct account *account)
{
    struct json json = {.out = out};
    const struct unit *unit = account->unit[EDITION_NEW];
    json_open(&json, '{');
    json_key(&json, "rubric");
    json_int(&json, 1);
    json_key(&json, "unit");
    json_open(&json, '{');
    json_pair(&json, "id", unit->id);
    json_pair(&json, "label", unit->label);
    json_close(&json, '}');
    json_key(&json, "results");
    json_open(&json, '[');
    for (size_t i = 0; i < view->impacts->list.count; i++) {
        if (view->impacts->list.items[i].kind != SUBJECT_PART) {
            result_object(&json, view, account, &view->impacts->list.items[i]);
        }
    }
    json_close(&json, ']');
    rows(&json, view, account);
    titles(&json, account);
    json_close(&json, '}');
    str_add_char(out, '\n');
}
