/* Which files a standard consists of: the first one, those that `use` brings in, and, where it amends another, those of that one first. */
#include "amend/changes.h"
#include "amend/header.h"
#include "amend/whole.h"
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
    bool amended; /* asked for by `amends`: it declares a standard of its own */
};

/* What one standard is made of, before it is put together with the one that it amends. */
struct level {
    const struct ast_standard *header;
    VEC(const struct ast *) decls;
};

struct loading {
    struct diags *diags;
    struct whole *whole;
    const char *top;              /* the first file: all others stand in its folder or below */
    const struct source *base;    /* taken for what the first file amends; NULL: that is read */
    const struct source *instead; /* taken for the file of its name; NULL: none */
    bool
        tests_alone; /* the first file has nothing of its own but tests: those of a standard that it brings in */
    struct map seen;  /* real path → itself */
    struct str bytes; /* of all files, for the digest */
    bool full;        /* FILES_MAX are there, and that was reported */
};

static const struct source *load(struct loading *loading, struct level *level, const struct inclusion *file,
                                 struct span asked);

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
        diag_add(loading->diags, DIAG_USE_TOO_MANY, span, str_print("%d", FILES_MAX), NULL);
    loading->full |= full;
    return !full;
}

/* The file that `name` names; NULL: it was read before, or a message says why not. */
static const struct source *bring(struct loading *loading, struct level *level, const struct inclusion *from,
                                  const struct ast *name, bool amended)
{
    struct diags *diags = loading->diags;
    const char *path = file_inside(loading->top, from->name, ast_text(name), name->span, diags);
    if (!path || !file_is_readable(path, name->span, diags))
        return NULL;
    const char *real = identity(path);
    if (is_open(from, real)) {
        diag_add(diags, DIAG_USE_CIRCLE, name->span, circle_text(from, path), NULL);
    } else if (from->depth >= DEPTH_MAX) {
        diag_add(diags, DIAG_USE_TOO_DEEP, name->span, str_print("%d", DEPTH_MAX), NULL);
    } else if (!map_find(&loading->seen, real) && has_room(loading, name->span)) {
        struct inclusion file = {real, path, from, from->depth + 1, amended};
        return load(loading, level, &file, name->span);
    }
    return NULL;
}

static void take_standard(struct loading *loading, struct level *level, const struct inclusion *from,
                          const struct ast *decl)
{
    bool first = !from->by || from->amended;
    if (first && !level->header) {
        level->header = AST(standard, decl);
        return;
    }
    const struct ast *name = AST(standard, decl)->name;
    struct diag *diag = diag_add(loading->diags, DIAG_STANDARD_TWICE, name->span, ast_text(name), NULL);
    if (level->header)
        diag_other(diag, level->header->name->span, "@first_here");
}

/* What a file of tests brings in may be a standard, and amend another. */
static const struct source *bring_whole(struct loading *loading, struct level *level,
                                        const struct inclusion *from, const struct ast *name)
{
    struct level own = {0};
    const struct source *file = bring(loading, &own, from, name, true);
    if (own.header)
        take_standard(loading, level, from, &own.header->node);
    for (size_t i = 0; i < own.decls.count; i++)
        vec_push(&level->decls, own.decls.items[i]);
    return file;
}

static void use(struct loading *loading, struct level *level, const struct inclusion *from,
                const struct ast *decl)
{
    size_t at = loading->whole->uses.count;
    const struct ast *name = AST(use, decl)->file;
    vec_push(&loading->whole->uses, (struct used){.use = decl});
    loading->whole->uses.items[at].file = !from->by && loading->tests_alone
                                              ? bring_whole(loading, level, from, name)
                                              : bring(loading, level, from, name, false);
}

static void take(struct loading *loading, struct level *level, const struct inclusion *from,
                 const struct ast_rubric_file *file)
{
    for (size_t i = 0; i < file->decls.count; i++) {
        const struct ast *decl = file->decls.items[i];
        if (decl->kind == AST_use)
            use(loading, level, from, decl);
        else if (decl->kind == AST_standard)
            take_standard(loading, level, from, decl);
        else
            vec_push(&level->decls, decl);
    }
}

static const struct ast *amends_of(const struct ast_rubric_file *file)
{
    for (size_t i = 0; i < file->decls.count; i++)
        if (file->decls.items[i]->kind == AST_standard)
            return AST(standard, file->decls.items[i])->amends;
    return NULL;
}

static void load_source(struct loading *loading, struct level *level, const struct inclusion *file,
                        const struct source *source);

static void read_base(struct loading *loading, struct level *base, const struct inclusion *from,
                      const struct ast *name)
{
    if (from->by || !loading->base) {
        const struct source *source = bring(loading, base, from, name, true);
        if (!from->by)
            loading->whole->base = source;
        return;
    }
    struct inclusion file = {identity(loading->base->name), loading->base->name, from, 1, true};
    loading->whole->base = loading->base;
    load_source(loading, base, &file, loading->base);
}

static bool is_change(const struct ast *decl)
{
    return decl->kind == AST_set_threshold || decl->kind == AST_set_part || decl->kind == AST_replace ||
           decl->kind == AST_insert || decl->kind == AST_repeal;
}

static bool lies_in(struct span inner, struct span outer)
{
    return inner.source == outer.source && outer.start <= inner.start && inner.end <= outer.end;
}

static bool is_gone(const struct whole *whole, struct span span)
{
    for (size_t i = 0; i < whole->changes.count; i++) {
        const struct changed *changed = &whole->changes.items[i];
        bool whole_thing = changed->change->kind == AST_replace || changed->change->kind == AST_repeal;
        if (whole_thing && lies_in(span, changed->old->span))
            return true;
    }
    return false;
}

/* What was doubtful in a text that is replaced or repealed is so no more. */
static void drop_warnings(const struct whole *whole, struct diags *diags)
{
    size_t kept = 0;
    for (size_t i = 0; i < diags->list.count; i++) {
        struct diag *diag = diags->list.items[i];
        bool gone = diag_severity(diag->code) != SEVERITY_ERROR && is_gone(whole, diag->span);
        diags->warnings -= gone && diag_severity(diag->code) == SEVERITY_WARNING;
        if (!gone)
            diags->list.items[kept++] = diag;
    }
    diags->list.count = kept;
}

/* Those of the file itself; its changes are made in what it amends. */
static void amend(struct loading *loading, struct level *level, const struct level *base, bool first)
{
    struct whole *whole = loading->whole;
    struct changing changing = changes_start(whole, loading->diags, base->decls.items, base->decls.count);
    size_t changes = 0, added = 0, errors = loading->diags->errors;
    for (size_t i = 0; i < level->decls.count; i++) {
        if (is_change(level->decls.items[i])) {
            changes++;
            changes_make(&changing, level->decls.items[i]);
        }
    }
    for (size_t i = 0; i < level->decls.count; i++) {
        if (is_change(level->decls.items[i]))
            continue;
        added++;
        changes_add(&changing, level->decls.items[i]);
        if (first)
            vec_push(&whole->added, level->decls.items[i]);
    }
    if (changes + added == 0)
        diag_add(loading->diags, DIAG_AMENDS_NOTHING, level->header->amends->span, NULL);
    if (first) {
        whole->own_header = level->header;
        whole->base_header = base->header;
    }
    drop_warnings(whole, loading->diags);
    whole->broken |= loading->diags->errors > errors;
    level->decls.count = 0;
    for (size_t i = 0; i < changing.decls.count; i++)
        vec_push(&level->decls, changing.decls.items[i]);
    whole->amends = level->header->amends;
    level->header = header_amended(base->header, level->header, loading->diags);
}

/* Told once a file. */
static void refuse_changes(struct loading *loading, const struct level *level)
{
    for (size_t i = 0; i < level->decls.count; i++) {
        if (!is_change(level->decls.items[i]))
            continue;
        struct diag *diag = diag_add(loading->diags, DIAG_CHANGE_OF_NOTHING,
                                     span_first_word(level->decls.items[i]->span), NULL);
        if (level->header)
            diag_other(diag, level->header->name->span, "@declared_here");
        return;
    }
}

static void drop_changes(struct level *level)
{
    size_t kept = 0;
    for (size_t i = 0; i < level->decls.count; i++)
        if (!is_change(level->decls.items[i]))
            level->decls.items[kept++] = level->decls.items[i];
    level->decls.count = kept;
}

static bool has_tests_alone(const struct ast_rubric_file *file)
{
    for (size_t i = 0; i < file->decls.count; i++)
        if (file->decls.items[i]->kind != AST_use && file->decls.items[i]->kind != AST_test)
            return false;
    return file->decls.count > 0;
}

static void load_source(struct loading *loading, struct level *level, const struct inclusion *file,
                        const struct source *source)
{
    map_put(&loading->seen, file->real, (void *)(uintptr_t)file->real);
    str_add_bytes(&loading->bytes, source->bytes, source->bom + source->length);
    vec_push(&loading->whole->sources, source);
    const struct ast *tree = parse_rubric(source, loading->diags);
    if (!tree)
        return;
    const struct ast_rubric_file *parsed = AST(rubric_file, tree);
    if (!file->by)
        loading->tests_alone = has_tests_alone(parsed);
    const struct ast *amends = file->by && !file->amended ? NULL : amends_of(parsed);
    struct level base = {0};
    size_t errors = loading->diags->errors;
    if (amends)
        read_base(loading, &base, file, amends);
    take(loading, level, file, parsed);
    if (file->by && !file->amended)
        return;
    if (base.header && level->header) {
        amend(loading, level, &base, !file->by);
    } else if (!amends) {
        refuse_changes(loading, level);
        drop_changes(level);
    } else {
        loading->whole->broken = true;
        if (loading->diags->errors == errors)
            diag_add(loading->diags, DIAG_STANDARD_MISSING, amends->span, ast_text(amends), NULL);
    }
}

static const struct source *load(struct loading *loading, struct level *level, const struct inclusion *file,
                                 struct span asked)
{
    const struct source *instead = loading->instead;
    bool replaced = instead && str_equal(instead->name, file->name);
    const struct source *source = replaced ? instead : file_read(file->name, asked, loading->diags);
    if (source)
        load_source(loading, level, file, source);
    return source;
}

struct whole *whole_read(const struct source *source, const struct source *base, const struct source *instead,
                         struct diags *diags)
{
    struct whole *whole = MEM_NEW(struct whole);
    struct loading loading = {
        .diags = diags, .whole = whole, .top = source->name, .base = base, .instead = instead};
    struct inclusion first = {.real = identity(source->name), .name = source->name};
    struct level level = {0};
    load_source(&loading, &level, &first, source);
    whole->header = level.header;
    for (size_t i = 0; i < level.decls.count; i++)
        vec_push(&whole->decls, level.decls.items[i]);
    whole->sha256 = digest_sha256(str_text(&loading.bytes), loading.bytes.length);
    return whole;
}
