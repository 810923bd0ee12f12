#include "sema/load.h"
#include "base/digest.h"
#include "base/io.h"
#include "base/mem.h"
#include "syntax/file.h"
#include "syntax/parse.h"

enum { DEPTH_MAX = 16, FILES_MAX = 1000 };

/* A file on the way in: who asked for it, so that circles can be told. */
struct inclusion {
    const char *real;
    const char *name;
    const struct inclusion *by;
    size_t depth;
};

struct loading {
    struct sema *sema;
    const char *top;  /* the first file: all others stand in its folder or below */
    struct map seen;  /* real path → itself */
    struct str bytes; /* of all files, for the digest */
    bool
        tests_alone; /* the first file has nothing of its own but tests: those of a standard that it brings in */
    bool full;       /* FILES_MAX are there, and that was reported */
};

static void load(struct loading *loading, const struct inclusion *file, struct span asked);

/* By which a file is known, however it is named. */
static const char *identity(const char *path)
{
    const char *real = str_equal(path, "-") ? NULL : io_real_path(path);
    return real ? real : path;
}

/* "a.rubric → b.rubric → a.rubric" */
static const char *circle_text(const struct inclusion *from, const char *again)
{
    const char *text = again;
    for (const struct inclusion *file = from; file; file = file->by)
        text = str_print("%s → %s", file->name, text);
    return text;
}

static bool is_open(const struct inclusion *file, const char *real)
{
    for (; file; file = file->by)
        if (str_equal(file->real, real))
            return true;
    return false;
}

static bool has_room(struct loading *loading, struct span span)
{
    bool full = loading->seen.count >= FILES_MAX;
    if (full && !loading->full)
        sema_error(loading->sema, DIAG_USE_TOO_MANY, span, str_print("%d", FILES_MAX), NULL);
    loading->full |= full;
    return !full;
}

static void use(struct loading *loading, const struct inclusion *from, const struct ast_use *ast)
{
    struct sema *sema = loading->sema;
    struct span span = ast->file->span;
    const char *path = file_inside(loading->top, from->name, ast_text(ast->file), span, sema->diags);
    if (!path || !file_is_readable(path, span, sema->diags))
        return;
    const char *real = identity(path);
    if (is_open(from, real))
        sema_error(sema, DIAG_USE_CIRCLE, span, circle_text(from, path), NULL);
    else if (from->depth >= DEPTH_MAX)
        sema_error(sema, DIAG_USE_TOO_DEEP, span, str_print("%d", DEPTH_MAX), NULL);
    else if (!map_find(&loading->seen, real) && has_room(loading, span))
        load(loading, &(struct inclusion){real, path, from, from->depth + 1}, span);
}

static void take_standard(struct loading *loading, const struct inclusion *from, const struct ast *decl)
{
    struct sema *sema = loading->sema;
    if ((!from->by || loading->tests_alone) && !sema->header) {
        sema->header = AST(standard, decl);
        sema->standard->source = decl->span.source;
        return;
    }
    struct diag *diag = sema_error(sema, DIAG_STANDARD_TWICE, AST(standard, decl)->name->span,
                                   ast_text(AST(standard, decl)->name), NULL);
    if (sema->header)
        diag_other(diag, sema->header->name->span, "@first_here");
}

static bool has_tests_alone(const struct ast_rubric_file *file)
{
    for (size_t i = 0; i < file->decls.count; i++)
        if (file->decls.items[i]->kind != AST_use && file->decls.items[i]->kind != AST_test)
            return false;
    return file->decls.count > 0;
}

static void take(struct loading *loading, const struct inclusion *from, const struct ast_rubric_file *file)
{
    for (size_t i = 0; i < file->decls.count; i++) {
        const struct ast *decl = file->decls.items[i];
        if (decl->kind == AST_use)
            use(loading, from, AST(use, decl));
        else if (decl->kind == AST_standard)
            take_standard(loading, from, decl);
        else
            vec_push(&loading->sema->decls, decl);
    }
}

static void load_source(struct loading *loading, const struct inclusion *file, const struct source *source)
{
    map_put(&loading->seen, file->real, (void *)(uintptr_t)file->real);
    str_add_bytes(&loading->bytes, source->text - source->bom, source->length + source->bom);
    if (!file->by)
        loading->sema->standard->source = source;
    vec_push(&loading->sema->standard->sources, source);
    const struct ast *tree = parse_rubric(source, loading->sema->diags);
    if (tree && !file->by)
        loading->tests_alone = has_tests_alone(AST(rubric_file, tree));
    if (tree)
        take(loading, file, AST(rubric_file, tree));
}

static void load(struct loading *loading, const struct inclusion *file, struct span asked)
{
    const struct source *instead = loading->sema->options->instead;
    bool replaced = instead && str_equal(instead->name, file->name);
    const struct source *source = replaced ? instead : file_read(file->name, asked, loading->sema->diags);
    if (source)
        load_source(loading, file, source);
}

void load_standard(struct sema *sema, const struct source *source)
{
    struct loading loading = {.sema = sema, .top = source->name};
    struct inclusion first = {.real = identity(source->name), .name = source->name};
    load_source(&loading, &first, source);
    sema->standard->sha256 = digest_sha256(str_text(&loading.bytes), loading.bytes.length);
}
