/* Which standards a call tests, and where their tests stand. */
#include <fnmatch.h>
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "cli/test/test.h"

static const char ENDING[] = ".rubric", TESTS[] = ".test.rubric";

/* ---------------------------------------------------------------- which files */

static void add_folder(struct testing *testing, const char *folder, struct io_names *paths)
{
    struct diags diags = {0};
    struct io_names found = {0};
    enum io_result result = io_list(folder, ENDING, &found);
    if (result == IO_DENIED) {
        diag_add(&diags, DIAG_FILE_DENIED, SPAN_NONE, folder, NULL);
    } else if (result != IO_OK || found.list.count == 0) {
        diag_add(&diags, DIAG_FOLDER_WITHOUT_RULES, SPAN_NONE, folder, NULL);
    }
    cli_report(testing->cli, &diags);
    for (size_t i = 0; i < found.list.count; i++) {
        vec_push(&paths->list, found.list.items[i]);
    }
}

/* yard.rubric is followed by yard.test.rubric, where there is one. */
static void add_file(const char *path, struct io_names *paths)
{
    vec_push(&paths->list, path);
    if (!cli_ends_in(path, ENDING) || cli_ends_in(path, TESTS)) {
        return;
    }
    const char *beside = str_print("%s%s", mem_text(path, strlen(path) - strlen(ENDING)), TESTS);
    if (io_stamp(beside).there) {
        vec_push(&paths->list, beside);
    }
}

static struct io_names paths_of(struct testing *testing)
{
    struct io_names paths = {0};
    for (size_t i = 0; i < testing->arguments->names.count; i++) {
        const char *name = testing->arguments->names.items[i];
        if (io_is_folder(name)) {
            add_folder(testing, name, &paths);
        } else {
            add_file(name, &paths);
        }
    }
    return paths;
}

/* ---------------------------------------------------------------- which tests */

static const char *real_path(const char *path)
{
    const char *real = io_real_path(path);
    return real != NULL ? real : path;
}

/* Two files are about one standard if its name stands at one place. */
static struct tested *tested_of(struct testing *testing, const struct loaded *loaded)
{
    const char *home = real_path(loaded->standard->source->name);
    for (size_t i = 0; i < testing->standards_tested.count; i++) {
        struct tested *tested = testing->standards_tested.items[i];
        if (strcmp(real_path(tested->standard->source->name), home) == 0) {
            return tested;
        }
    }
    struct tested *tested = MEM_NEW(struct tested);
    tested->source = loaded->source;
    tested->standard = loaded->standard;
    vec_push(&testing->standards_tested, tested);
    return tested;
}

static bool is_wanted(const struct testing *testing, const struct ast_test *test)
{
    const struct values *globs = &testing->arguments->options[OPTION_RUN];
    bool wanted = globs->list.count == 0;
    for (size_t i = 0; i < globs->list.count; i++) {
        wanted = wanted || fnmatch(globs->list.items[i], ast_text(test->label), 0) == 0;
    }
    return wanted;
}

static void take_tests(struct testing *testing, struct tested *tested, const struct loaded *loaded)
{
    struct compile_tests tests = {0};
    for (size_t i = 0; i < loaded->tests.list.count; i++) {
        const struct ast_test *test = loaded->tests.list.items[i];
        const char *place =
            str_print("%s:%u", real_path(test->node.span.source->name), test->node.span.start);
        if (is_wanted(testing, test) && map_put(&tested->seen, place, tested) == NULL) {
            vec_push(&tests.list, test);
        }
    }
    vec_push(&tested->suites, suite_new(loaded->source, &tests, NULL, &testing->files));
}

static void take_file(struct testing *testing, const char *path)
{
    struct loaded *loaded = standards_get(&testing->standards, path, SPAN_NONE);
    if (loaded->shown) {
        return;
    }
    loaded->shown = true;
    if (loaded->standard != NULL) {
        take_tests(testing, tested_of(testing, loaded), loaded);
        return;
    }
    struct diags shown = cli_without_notes(&loaded->diags);
    cli_report(testing->cli, &shown);
    vec_push(&testing->told.refused, (struct told_file){path, shown});
}

void test_find(struct testing *testing)
{
    struct io_names paths = paths_of(testing);
    for (size_t i = 0; i < paths.list.count; i++) {
        take_file(testing, paths.list.items[i]);
    }
}

void test_paths(const struct testing *testing, struct io_names *paths)
{
    for (size_t i = 0; i < testing->standards.by_path.count; i++) {
        const struct loaded *loaded = testing->standards.by_path.entries[i].value;
        vec_push(&paths->list, loaded->path);
        for (size_t k = 0; loaded->standard != NULL && k < loaded->standard->sources.count; k++) {
            vec_push(&paths->list, loaded->standard->sources.items[k]->name);
        }
    }
    for (size_t i = 0; i < testing->files.count; i++) {
        vec_push(&paths->list, testing->files.entries[i].key);
    }
}
