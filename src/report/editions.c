#include "report/editions.h"
#include "report/outcome.h"
#include "report/points.h"
#include "report/say.h"
#include "report/values.h"

enum { BECAUSE_MAX = 4 };

/* ---------------------------------------------------------------- names */

const char *editions_name(const struct editions_view *view, enum edition edition)
{
    const struct standard *old = view->impacts->standard[EDITION_OLD],
                          *new = view->impacts->standard[EDITION_NEW];
    const struct standard *of = view->impacts->standard[edition];
    if (old->edition == NULL || new->edition == NULL || str_equal(old->edition, new->edition)) {
        return of->source->name;
    }
    return of->edition;
}

const char *editions_thing(const struct revision *revision, enum lang lang)
{
    enum ast_kind kind = revision->of == AST_grades_by ? AST_grades : revision->of;
    if (kind == AST_standard) {
        return say(SAY_EDITIONS_HEADER, lang);
    }
    const char *word = diag_word(str_print("@kind_%s", ast_kind_name(kind)), lang);
    return kind == AST_grades ? word : say_with(SAY_EDITIONS_THING, lang, word, revision->path, NULL);
}

const char *editions_subject(const struct editions_view *view, const struct subject *subject)
{
    switch (subject->kind) {
    case SUBJECT_TOTAL: return say(SAY_TOTAL, view->lang);
    case SUBJECT_GRADE: return say(SAY_GRADE, view->lang);
    case SUBJECT_ELIGIBLE: return say(SAY_ELIGIBLE, view->lang);
    case SUBJECT_PART:
    case SUBJECT_OUTCOME:
    case SUBJECT_SHOW: break;
    }
    return subject->label != NULL ? subject->label : subject->path;
}

/* As a reader knows it who has not the text at hand. */
static const char *thing_by_label(const struct revision *revision, enum lang lang)
{
    struct revision shown = *revision;
    shown.path = revision->label != NULL ? revision->label : revision->path;
    return editions_thing(&shown, lang);
}

const char *editions_because(const struct editions_view *view, const struct subject *subject)
{
    struct str list = {0};
    size_t count = subject->because.count, shown = count > BECAUSE_MAX ? BECAUSE_MAX : count;
    for (size_t i = 0; i < shown; i++) {
        const struct revision *revision = subject->because.items[i];
        const char *thing = thing_by_label(revision, view->lang);
        bool itself = subject->path != NULL && str_equal(revision->path, subject->path);
        const char *why = revision->clause == NULL ? thing
                          : itself                 ? revision->clause
                                   : say_with(SAY_EDITIONS_BY, view->lang, thing, revision->clause, NULL);
        str_item(&list, say(SAY_CLAUSE_STOP, view->lang), why);
    }
    if (shown < count) {
        str_item(&list, say(SAY_CLAUSE_STOP, view->lang),
                 say_with(SAY_AND_MORE, view->lang, values_count((int64_t)(count - shown)), NULL));
    }
    return str_text(&list);
}

/* ---------------------------------------------------------------- values */

static struct view view_of(const struct editions_view *view, const struct evaluation *evaluation)
{
    return (struct view){.evaluation = evaluation, .context = evaluation->final, .lang = view->lang};
}

const char *editions_value(const struct editions_view *view, const struct subject *subject,
                           enum edition edition, const struct evaluation *evaluation)
{
    struct view of = view_of(view, evaluation);
    const struct ir_node *node = subject->of[edition];
    bool outer = false;
    if (node == NULL) {
        return "–";
    }
    switch (subject->kind) {
    case SUBJECT_PART:
        return points_signed(points_text(&of, node, false, &outer), subject->part[edition]->kind);
    case SUBJECT_TOTAL: return points_text(&of, node, true, &outer);
    case SUBJECT_GRADE: return outcome_grade(&of);
    case SUBJECT_ELIGIBLE:
    case SUBJECT_OUTCOME:
    case SUBJECT_SHOW: break;
    }
    return values_of(&node->type, view_value(&of, node), view->lang);
}

bool editions_value_same(const struct editions_view *view, const struct subject *subject,
                         const struct account *account)
{
    return str_equal(editions_value(view, subject, EDITION_OLD, account->evaluation[EDITION_OLD]),
                     editions_value(view, subject, EDITION_NEW, account->evaluation[EDITION_NEW]));
}

/* ---------------------------------------------------------------- all units */

static void count_move(struct editions_sums *sums, const char *of, const char *from, const char *to)
{
    for (size_t i = 0; i < sums->moves.count; i++) {
        struct editions_move *move = &sums->moves.items[i];
        if (str_equal(move->of, of) && str_equal(move->from, from) && str_equal(move->to, to)) {
            move->count++;
            return;
        }
    }
    vec_push(&sums->moves, (struct editions_move){of, from, to, 1});
}

/* What is open counts by what it is in any case. */
static void count_points(struct editions_sums *sums, const struct value *difference)
{
    const struct cut zero = cut_at(num_int(0), 0);
    if (difference->kind != VALUE_NUMBER) {
        sums->open++;
    } else if (cut_compare(difference->range.low, zero) > 0) {
        sums->more++;
    } else if (cut_compare(difference->range.high, zero) < 0) {
        sums->less++;
    } else {
        *(value_is_point(difference) ? &sums->same : &sums->open) += 1;
    }
}

static bool is_decision(const struct subject *subject)
{
    return subject->kind == SUBJECT_GRADE || subject->kind == SUBJECT_ELIGIBLE ||
           subject->kind == SUBJECT_OUTCOME;
}

static void count_moves(struct editions_sums *sums, struct editions_line *line,
                        const struct editions_view *view, const struct account *account)
{
    for (size_t i = 0; i < view->impacts->list.count; i++) {
        const struct subject *subject = &view->impacts->list.items[i];
        bool both = subject->of[EDITION_OLD] != NULL && subject->of[EDITION_NEW] != NULL;
        if (!both || !is_decision(subject) || editions_value_same(view, subject, account)) {
            continue;
        }
        const char *of = editions_subject(view, subject);
        const char *from = editions_value(view, subject, EDITION_OLD, account->evaluation[EDITION_OLD]);
        const char *to = editions_value(view, subject, EDITION_NEW, account->evaluation[EDITION_NEW]);
        count_move(sums, of, from, to);
        vec_push(&line->moves, say_with(SAY_EDITIONS_MOVE, view->lang, of, from, to, NULL));
    }
}

static const struct subject *total_of(const struct editions_view *view)
{
    size_t i = 0;
    while (view->impacts->list.items[i].kind != SUBJECT_TOTAL) {
        i++;
    }
    return &view->impacts->list.items[i];
}

void editions_count(struct editions_sums *sums, const struct editions_view *view,
                    const struct account *account)
{
    const struct unit *unit = account->unit[EDITION_NEW];
    struct editions_line line = {.unit = unit->label != NULL ? unit->label : unit->id, .old = "", .new = ""};
    sums->units++;
    if (view->accounting != NULL) {
        const struct subject *total = total_of(view);
        line.old = editions_value(view, total, EDITION_OLD, account->evaluation[EDITION_OLD]);
        line.new = editions_value(view, total, EDITION_NEW, account->evaluation[EDITION_NEW]);
        line.difference = account->total;
        line.exact = account->total_exact;
        count_points(sums, &account->total);
    }
    count_moves(sums, &line, view, account);
    vec_push(&sums->lines, line);
}
