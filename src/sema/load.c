#include "sema/load.h"
#include <string.h>
#include "base/digest.h"
#include "base/io.h"
#include "base/mem.h"
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
    const char *folder; /* real path of the first file's folder */
    struct map seen;    /* real path → itself */
    struct str bytes;   /* of all files, for the digest */
};

static bool load(struct loading *loading, const struct inclusion *file, struct span asked);

static void report_unreadable(struct loading *loading, enum io_result result, const char *path,
                              struct span asked)
{
    static const enum diag_code CODES[] = {
        [IO_MISSING] = DIAG_FILE_MISSING,   [IO_DENIED] = DIAG_FILE_DENIED,
        [IO_NOT_A_FILE] = DIAG_NOT_A_FILE,  [IO_TOO_LARGE] = DIAG_FILE_TOO_LARGE,
        [IO_FAILED] = DIAG_FILE_UNREADABLE, [IO_OK] = DIAG_FILE_UNREADABLE};
    diag_add(loading->sema->diags, CODES[result], asked, path, str_print("%zu", IO_SIZE_MAX >> 20), NULL);
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

static bool inside(const struct loading *loading, const char *real)
{
    size_t length = strlen(loading->folder);
    return !strncmp(real, loading->folder, length) &&
           (real[length] == '/' || loading->folder[length - 1] == '/');
}

static void use(struct loading *loading, const struct inclusion *from, const struct ast_use *ast)
{
    struct sema *sema = loading->sema;
    const char *path = io_join(from->name, ast_text(ast->file)), *real = io_real_path(path);
    struct span span = ast->file->span;
    if (!real)
        report_unreadable(loading, IO_MISSING, path, span);
    else if (!inside(loading, real))
        sema_error(sema, DIAG_USE_OUTSIDE, span, path, loading->folder);
    else if (is_open(from, real))
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
    char *bytes;
    size_t length;
    enum io_result result = io_read(file->name, IO_SIZE_MAX, &bytes, &length);
    if (result != IO_OK)
        return report_unreadable(loading, result, file->name, asked), false;
    const struct source *source = source_new(file->name, bytes, length);
    map_put(&loading->seen, file->real, (void *)(uintptr_t)file->real);
    str_add_bytes(&loading->bytes, bytes, length);
    if (!file->by)
        loading->sema->standard->source = source;
    const struct ast *tree = parse_rubric(source, loading->sema->diags);
    if (tree)
        take(loading, file, AST(rubric_file, tree));
    return true;
}

bool load_standard(struct sema *sema, const char *path)
{
    struct loading loading = {.sema = sema};
    const char *real = str_equal(path, "-") ? NULL : io_real_path(path);
    loading.folder = io_folder(real ? real : io_real_path("."));
    struct inclusion first = {.real = real ? real : path, .name = path};
    if (!load(&loading, &first, SPAN_NONE))
        return false;
    sema->standard->sha256 = digest_sha256(str_text(&loading.bytes), loading.bytes.length);
    return true;
}
