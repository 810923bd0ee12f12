/* --accept: what a test expects, made what came. Only values that stand as such are rewritten: `NAME = VALUE`. */
#include <string.h>
#include "amend/whole.h"
#include "base/date.h"
#include "base/io.h"
#include "base/mem.h"
#include "cli/test/test.h"
#include "diag/mend.h"
#include "facts/write.h"
#include "report/mend_diff.h"
#include "report/say.h"

struct accepting {
    struct testing *testing;
    VEC(struct mending *) files;
    struct map amended;   /* file of a standard → of those that the standard it amends is made of */
    size_t changes, left; /* left: failed, and not to be rewritten */
    size_t kept;          /* tests of an amended standard */
    bool lost;            /* a file was not written */
};

/* ---------------------------------------------------------------- whose test it is */

/* What is wrong with them was told when they were compiled. None: it amends nothing. */
static const struct io_names *files_amended(struct accepting *it, const struct source *source)
{
    struct io_names *files = map_find(&it->amended, source->name);
    struct diags unheard = {0};
    if (files != NULL) {
        return files;
    }
    files = MEM_NEW(struct io_names);
    const struct source *base = whole_read(source, NULL, NULL, &unheard)->base;
    const struct whole *whole = base != NULL ? whole_read(base, NULL, NULL, &unheard) : NULL;
    for (size_t i = 0; whole != NULL && i < whole->sources.count; i++) {
        vec_push(&files->list, whole->sources.items[i]->name);
    }
    map_put(&it->amended, source->name, files);
    return files;
}

static bool is_one_file(const char *a, const char *b)
{
    const char *real_a = io_real_path(a), *real_b = io_real_path(b);
    return strcmp(real_a != NULL ? real_a : a, real_b != NULL ? real_b : b) == 0;
}

/* Such a test says what comes out by the old edition, too. */
static bool is_of_amended(struct accepting *it, const struct test *test)
{
    const struct io_names *files = files_amended(it, test->standard->source);
    for (size_t i = 0; i < files->list.count; i++) {
        if (is_one_file(files->list.items[i], test->span.source->name)) {
            return true;
        }
    }
    return false;
}

static void keep(struct accepting *it, const struct test *test)
{
    struct diags diags = {0};
    diag_add(&diags, DIAG_ACCEPT_OF_AMENDED, test->span, test->label, NULL);
    cli_show(it->testing->cli, &diags);
    it->kept++;
}

/* ---------------------------------------------------------------- what came, as a value */

/* A share as percent where its decimals end, else as a quotient. */
static const char *share_text(struct num share)
{
    const char *percent = num_text(num_mul(share, num_int(100)));
    return strchr(percent, '/') == NULL ? str_print("%s%%", percent) : num_text(share);
}

static const char *choice_text(const struct choice *choice, const struct value *value)
{
    int64_t place;
    bool there = num_to_int(value_point(value), &place) && place >= 0 && (size_t)place < choice->count;
    return there ? write_name(choice->symbols[place].name) : NULL;
}

/* In place of what was written; NULL: it is no value that could stand there. */
static const char *written_value(const struct type *type, const struct value *value,
                                 const struct ast *literal, enum lang tongue)
{
    if (value->kind == VALUE_TRUTH && literal->kind == AST_word &&
        (value_is_yes(value) || value_is_no(value))) {
        return tongue == LANG_ZH ? (value_is_yes(value) ? "是" : "否") : (value_is_yes(value) ? "yes" : "no");
    }
    if (!value_is_point(value)) {
        return NULL;
    }
    switch (type->kind) {
    case TYPE_CHOICE:
        return literal->kind == AST_path || literal->kind == AST_string ? choice_text(type->choice, value)
                                                                        : NULL;
    case TYPE_DATE: {
        int64_t day;
        return literal->kind == AST_date && num_to_int(value_point(value), &day) ? date_text(day) : NULL;
    }
    case TYPE_NUMBER:
        literal = literal->kind == AST_e_negate ? AST(e_negate, literal)->of : literal;
        if (literal->kind != AST_number && literal->kind != AST_percent) {
            return NULL;
        }
        return type->share || literal->kind == AST_percent ? share_text(value_point(value))
                                                           : num_text(value_point(value));
    case TYPE_YESNO:
    case TYPE_TEXT:
    case TYPE_MONTHS:
    case TYPE_LIST:
    case TYPE_TABLE:
    case TYPE_DOCUMENT: break;
    }
    return NULL;
}

/* A name that stands for something else than a value of its type is not rewritten: a threshold, say. */
static bool names_a_value(const struct type *type, const struct ast *literal)
{
    if (literal->kind != AST_path) {
        return true;
    }
    for (size_t i = 0; type->kind == TYPE_CHOICE && i < type->choice->count; i++) {
        if (str_equal(type->choice->symbols[i].name, ast_path_text(literal)) ||
            str_equal(type->choice->symbols[i].label, ast_path_text(literal))) {
            return true;
        }
    }
    return false;
}

static struct mending *mending_of(struct accepting *it, const struct source *source)
{
    for (size_t i = 0; i < it->files.count; i++) {
        if (it->files.items[i]->source == source) {
            return it->files.items[i];
        }
    }
    struct mending *mending = MEM_NEW(struct mending);
    mending->source = source;
    vec_push(&it->files, mending);
    return mending;
}

static void accept_expectation(struct accepting *it, const struct told_test *told, size_t at)
{
    const struct test *test = told->run.test;
    const struct expectation *expectation = &test->expectations.items[at];
    const struct ir_node *node = suite_node(test, expectation);
    const struct ast *literal = expectation->literal;
    const char *text = NULL;
    if (literal != NULL && node != NULL && names_a_value(&node->type, literal)) {
        const struct evaluation *evaluation = told->run.evaluation;
        text = written_value(&node->type, evaluation_value(evaluation, evaluation->final, node), literal,
                             span_tongue(literal->span));
    }
    if (text == NULL) {
        it->left++;
        return;
    }
    struct diag_fix *fix = MEM_NEW(struct diag_fix);
    *fix = (struct diag_fix){.span = literal->span, .text = text, .sure = true};
    vec_push(&mending_of(it, literal->span.source)->fixes, fix);
    it->changes++;
}

static void accept_test(struct accepting *it, const struct told_test *told)
{
    if (!told->cannot && !told->run.passed && is_of_amended(it, told->run.test)) {
        keep(it, told->run.test);
        return;
    }
    for (size_t i = 0; !told->cannot && i < told->run.test->expectations.count; i++) {
        if (told->run.verdicts[i] != VERDICT_MET) {
            accept_expectation(it, told, i);
        }
    }
}

/* Blocks of one file may have been read by way of several others: in the order of their places. */
static void sort_fixes(struct mending *mending)
{
    for (size_t i = 1; i < mending->fixes.count; i++) {
        for (size_t k = i;
             k > 0 && mending->fixes.items[k - 1]->span.start > mending->fixes.items[k]->span.start; k--) {
            const struct diag_fix *swap = mending->fixes.items[k];
            mending->fixes.items[k] = mending->fixes.items[k - 1];
            mending->fixes.items[k - 1] = swap;
        }
    }
}

static void write_file(struct accepting *it, struct mending *mending)
{
    struct diags diags = {0};
    struct str out = {0};
    struct page page = cli_page(&out);
    sort_fixes(mending);
    if (!mend_write(mending, &diags)) {
        cli_report(it->testing->cli, &diags);
        cli_worsen(it->testing->cli, EXIT_IO);
        it->changes -= mending->fixes.count;
        it->lost = true;
        return;
    }
    mend_diff(&page, mending);
    cli_write(&out);
}

bool test_accept(struct testing *testing)
{
    struct accepting it = {.testing = testing};
    enum lang lang = testing->cli->lang;
    for (size_t i = 0; i < testing->told.list.count; i++) {
        accept_test(&it, &testing->told.list.items[i]);
    }
    for (size_t i = 0; i < it.files.count; i++) {
        write_file(&it, it.files.items[i]);
    }
    struct str out = {0};
    str_add(&out, say_counted(SAY_TEST_ACCEPTED_ONE, SAY_TEST_ACCEPTED, it.changes, lang));
    if (it.left > 0) {
        str_add(&out, say_with(SAY_TEST_NOT_ACCEPTED, lang, str_print("%zu", it.left), NULL));
    }
    str_add_char(&out, '\n');
    cli_write(&out);
    return it.left == 0 && it.kept == 0 && !it.lost;
}
