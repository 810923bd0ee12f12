#include "sema/load.h"
#include "base/digest.h"
#include "base/io.h"
#include "base/mem.h"
#include "syntax/file.h"
#include "syntax/parse.h"

enum { DEPTH_MAX = 16 };

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
};

static bool load(struct loading *loading, const struct inclusion *file, struct span asked);

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

static void use(struct loading *loading, const struct inclusion *from, const struct ast_use *ast)
{
    struct sema *sema = loading->sema;
    struct span span = ast->file->span;
    const char *path = file_inside(loading->top, from->name, ast_text(ast->file), span, sema->diags);
    if (!path || !file_is_readable(path, span, sema->diags))
        return;
    const char *real = io_real_path(path);
    if (is_open(from, real))
        sema_error(sema, DIAG_USE_CIRCLE, span, circle_text(from, path), NULL);
    else if (from->depth >= DEPTH_MAX)
        sema_error(sema, DIAG_USE_TOO_DEEP, span, str_print("%d", DEPTH_MAX), NULL);
    else if (!map_find(&loading->seen, real))
        load(loading, &(struct inclusion){real, path, from, from->depth + 1}, span);
}

static void take_standard(struct loading *loading, const struct inclusion *from, const struct ast *decl)
{
    struct sema *sema = loading->sema;
    if (!from->by && !sema->header) {
        sema->header = AST(standard, decl);
        return;
    }
    struct diag *diag = sema_error(sema, DIAG_STANDARD_TWICE, AST(standard, decl)->name->span,
                                   ast_text(AST(standard, decl)->name), NULL);
    if (sema->header)
        diag_other(diag, sema->header->name->span, "@first_here");
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

static bool load(struct loading *loading, const struct inclusion *file, struct span asked)
{
    const struct source *source = file_read(file->name, asked, loading->sema->diags);
    if (!source)
        return false;
    map_put(&loading->seen, file->real, (void *)(uintptr_t)file->real);
    str_add_bytes(&loading->bytes, source->text - source->bom, source->length + source->bom);
    if (!file->by)
        loading->sema->standard->source = source;
    vec_push(&loading->sema->standard->sources, source);
    const struct ast *tree = parse_rubric(source, loading->sema->diags);
    if (tree)
        take(loading, file, AST(rubric_file, tree));
    return true;
}

bool load_standard(struct sema *sema, const char *path)
{
    struct loading loading = {.sema = sema, .top = path};
    const char *real = str_equal(path, "-") ? NULL : io_real_path(path);
    struct inclusion first = {.real = real ? real : path, .name = path};
    if (!load(&loading, &first, SPAN_NONE))
        return false;
    sema->standard->sha256 = digest_sha256(str_text(&loading.bytes), loading.bytes.length);
    return true;
}
