#include "amend/flatten.h"
#include <string.h>
#include "amend/clause.h"
#include "amend/edits.h"
#include "amend/find.h"
#include "amend/header.h"
#include "amend/whole.h"
#include "base/io.h"
#include "base/mem.h"
#include "syntax/keywords.h"

struct flattening {
    const struct whole *whole;
    const struct source *own; /* the amending file */
    enum lang lang;
    struct edits edits;
};

/* ---------------------------------------------------------------- texts */

/* The part of a change, under its own name alone, and without its place. */
static const char *part_text(const struct ast *part, const struct ast *place)
{
    const struct ast *path = part->kind == AST_section     ? AST(section, part)->path
                             : part->kind == AST_extra     ? AST(extra, part)->path
                             : part->kind == AST_criterion ? AST(criterion, part)->path
                                                           : NULL;
    if (!path)
        return edits_raw(part->span);
    const struct ast_list *names = &AST(path, path)->names;
    const struct source *source = part->span.source;
    size_t from = place ? place->span.start : part->span.end, to = place ? place->span.end : part->span.end;
    while (place && source->text[from - 1] == ' ')
        from--;
    return str_print("%s%s%s%s", edits_between(source, part->span.start, path->span.start),
                     edits_raw(names->items[names->count - 1]->span),
                     edits_between(source, path->span.end, from), edits_between(source, to, part->span.end));
}

/* The part, fact or declaration in the amending file that `changed` was made of. */
static const struct ast *written(const struct changed *changed)
{
    const struct ast *part = changed->change->kind == AST_insert ? AST(insert, changed->change)->part
                                                                 : AST(replace, changed->change)->part;
    if (part->kind != AST_facts || changed->kind != AST_fact)
        return part;
    const struct ast_list *facts = &AST(facts, part)->facts;
    size_t i = 0;
    while (!str_equal(whole_name(facts->items[i]), changed->path))
        i++;
    return facts->items[i];
}

static const char *remark(const struct flattening *flat, const char *word, const struct changed *changed)
{
    const char *what = str_print("%s", changed->path);
    return clause_remark(word, clause_of(changed->change), what, flat->lang);
}

/* ---------------------------------------------------------------- one change */

/* How it stands in what is amended: not as this amendment made it. */
static const struct ast *as_it_stood(const struct flattening *flat, const struct ast *node)
{
    for (size_t i = flat->whole->changes.count; i-- > 0;) {
        const struct changed *changed = &flat->whole->changes.items[i];
        if (changed->made == node && changed->old)
            node = changed->old;
    }
    return node;
}

static void insert(struct flattening *flat, const struct changed *changed)
{
    const struct ast *part = written(changed),
                     *place = changed->kind == AST_fact ? NULL : AST(insert, changed->change)->place;
    const struct ast *beside = changed->beside ? as_it_stood(flat, changed->beside) : NULL;
    struct span at = beside            ? beside->span
                     : changed->around ? changed->around->span
                                       : (struct span){flat->whole->base, 0, 0};
    const char *text = part_text(part, place), *told = remark(flat, "@flat_inserted", changed);
    if (!beside && !changed->around) {
        edits_at_end(&flat->edits, flat->whole->base, told, edits_moved(text, part->span, ""));
        return;
    }
    const char *indent = edits_indent(at.source, at.start);
    if (!beside)
        edits_last(&flat->edits, at, told, edits_moved(text, part->span, str_print("%s  ", indent)));
    else if (changed->before)
        edits_before(&flat->edits, at, told, edits_moved(text, part->span, indent));
    else
        edits_after(&flat->edits, at, told, edits_moved(text, part->span, indent));
}

static void replace(struct flattening *flat, const struct changed *changed)
{
    const struct ast *part = written(changed);
    struct span old = changed->old->span;
    edits_replace_told(&flat->edits, old, remark(flat, "@flat_replaced", changed),
                       edits_moved(part_text(part, NULL), part->span, edits_indent(old.source, old.start)));
}

/* The old declaration up to its label, then the value as it is set, then the clause: the new one, or else the old one. */
static void set_threshold(struct flattening *flat, const struct changed *changed)
{
    const struct ast_set_threshold *set = AST(set_threshold, changed->change);
    const struct ast_threshold *old = AST(threshold, changed->old);
    const struct ast *head = old->label ? old->label : old->name;
    struct span span = old->node.span;
    struct str text = {0};
    str_add(&text, edits_between(span.source, span.start, head->span.end));
    str_add(&text, edits_moved(edits_between(set->node.span.source, set->name->span.end, set->node.span.end),
                               set->node.span, edits_indent(span.source, span.start)));
    if (!set->cite && !set->dated.count && old->cite)
        str_format(&text, " %s %s", keyword_in("cite", span_tongue(span)), edits_raw(old->cite->span));
    edits_replace_told(&flat->edits, span, remark(flat, "@flat_set", changed), str_text(&text));
}

static struct ast_list attributes(const struct ast *part)
{
    return part->kind == AST_section ? AST(section, part)->attrs
           : part->kind == AST_extra ? AST(extra, part)->attrs
                                     : AST(criterion, part)->attrs;
}

static const struct ast *find_attribute(const struct ast *part, enum ast_kind kind)
{
    struct ast_list attrs = attributes(part), *parts = find_parts((struct ast *)(uintptr_t)part);
    for (size_t i = 0; i < attrs.count; i++)
        if (attrs.items[i]->kind == kind)
            return attrs.items[i];
    for (size_t i = 0; parts && i < parts->count; i++)
        if (parts->items[i]->kind == kind)
            return parts->items[i];
    return NULL;
}

static void put_behind(struct flattening *flat, struct span span, const char *text)
{
    if (*text != '\0')
        edits_replace(&flat->edits, (struct span){span.source, span.end, span.end}, text);
}

static void set_part(struct flattening *flat, const struct changed *changed)
{
    const struct ast_set_part *set = AST(set_part, changed->change);
    const struct ast *old = changed->old;
    const struct ast *path = old->kind == AST_section ? AST(section, old)->path
                             : old->kind == AST_extra ? AST(extra, old)->path
                                                      : AST(criterion, old)->path;
    const struct ast *label = find_label(old), *head = label ? label : path;
    struct ast_list attrs = attributes(old);
    struct str others = {0};
    const char *first = "";
    edits_remark(&flat->edits, old->span, remark(flat, "@flat_set", changed));
    if (set->label && label)
        edits_replace(&flat->edits, label->span, edits_raw(set->label->span));
    else if (set->label)
        put_behind(flat, head->span, str_print(" %s", edits_raw(set->label->span)));
    for (size_t i = 0; i < set->attrs.count; i++) {
        const struct ast *attr = set->attrs.items[i], *was = find_attribute(old, attr->kind);
        const char *text = str_print(" %s", edits_raw(attr->span));
        if (attr->kind == AST_a_cite && old->kind == AST_criterion)
            first = str_print("%s%s", text, first); /* each comes before those there */
        else if (attr->kind == AST_a_cite && find_has_body(old))
            edits_last(&flat->edits, old->span, NULL, text + 1);
        else if (attr->kind != AST_a_cite && was)
            edits_replace(&flat->edits, was->span, text + 1);
        else
            str_add(&others, text);
    }
    put_behind(flat, head->span, first);
    put_behind(flat, attrs.count ? attrs.items[attrs.count - 1]->span : head->span, str_text(&others));
}

static void change(struct flattening *flat, const struct changed *changed)
{
    switch ((int)changed->change->kind) {
    case AST_insert: insert(flat, changed); break;
    case AST_replace: replace(flat, changed); break;
    case AST_set_threshold: set_threshold(flat, changed); break;
    case AST_set_part: set_part(flat, changed); break;
    case AST_repeal:
        edits_replace_told(&flat->edits, changed->old->span, remark(flat, "@flat_repealed", changed), NULL);
        break;
    }
}

/* ---------------------------------------------------------------- header */

static void header_lines(struct flattening *flat)
{
    const struct ast_standard *base = flat->whole->base_header, *own = flat->whole->own_header;
    bool *taken = mem_alloc_plain(base->headers.count + 1);
    struct str more = {0};
    const struct ast *last = base->headers.count ? base->headers.items[base->headers.count - 1] : NULL;
    struct span end = base->node.span;
    end.end -= last ? 0 : 1; /* before the brace */
    const char *indent = last ? edits_indent(end.source, last->span.start) : "";
    bool lines = last &&
                 strlen(edits_between(end.source, last->span.start - strlen(indent), last->span.start)) &&
                 source_line(last->span) > source_line(base->node.span);
    for (size_t i = 0; i < own->headers.count; i++) {
        const struct ast *line = own->headers.items[i];
        if (line->kind == AST_h_transition)
            continue;
        size_t at = 0;
        while (at < base->headers.count && (taken[at] || !header_replaces(line, base->headers.items[at])))
            at++;
        if (at < base->headers.count) {
            taken[at] = true;
            edits_replace(&flat->edits, base->headers.items[at]->span, edits_raw(line->span));
        } else {
            str_format(&more, "%s%s%s", lines ? "\n" : "  ", lines ? indent : "", edits_raw(line->span));
        }
    }
    put_behind(flat, last ? last->span : end, str_text(&more));
}

/* It says what to do beside the text that is amended, and this one amends none. */
static const char *transition_remark(const struct flattening *flat, const struct ast *line)
{
    const struct ast_h_transition *ast = AST(h_transition, line);
    const struct ast *last = ast->by ? ast->by : ast->until;
    const char *until = edits_between(line->span.source, ast->until->span.start, last->span.end);
    return clause_remark("@flat_transition", clause_of(line), until, flat->lang);
}

static void header(struct flattening *flat)
{
    const struct ast_standard *base = flat->whole->base_header, *own = flat->whole->own_header;
    edits_remark(&flat->edits, base->node.span,
                 clause_remark("@flat_head", flat->whole->base->name, flat->own->name, flat->lang));
    for (size_t i = 0; i < own->headers.count; i++)
        if (own->headers.items[i]->kind == AST_h_transition)
            edits_remark(&flat->edits, base->node.span, transition_remark(flat, own->headers.items[i]));
    edits_replace(&flat->edits, base->name->span, edits_raw(own->name->span));
    if (own->label && base->label)
        edits_replace(&flat->edits, base->label->span, edits_raw(own->label->span));
    else if (own->label)
        put_behind(flat, base->name->span, str_print(" %s", edits_raw(own->label->span)));
    header_lines(flat);
}

/* ---------------------------------------------------------------- files */

static bool is_changed(const struct flattening *flat, const struct source *file)
{
    for (size_t i = 0; i < flat->edits.list.count; i++)
        if (flat->edits.list.items[i].source == file)
            return true;
    for (size_t i = 0; i < flat->whole->changes.count; i++)
        if (flat->whole->changes.items[i].change->span.source == file)
            return true;
    for (size_t i = 0; i < flat->whole->uses.count; i++) {
        const struct used *used = &flat->whole->uses.items[i];
        if (used->use->span.source == file && used->file && is_changed(flat, used->file))
            return true;
    }
    return false;
}

/* A file in which something changes is put in the place of its `use`; another one stays brought in. */
static const char *text_of(struct flattening *flat, const struct source *file)
{
    for (size_t i = 0; i < flat->whole->uses.count; i++) {
        const struct used *used = &flat->whole->uses.items[i];
        if (used->use->span.source == file && used->file && is_changed(flat, used->file))
            edits_replace(&flat->edits, used->use->span, text_of(flat, used->file));
    }
    return edits_made(&flat->edits, file);
}

static bool brings(const struct flattening *flat, const struct source *file, const struct source *wanted)
{
    if (file == wanted)
        return true;
    for (size_t i = 0; i < flat->whole->uses.count; i++) {
        const struct used *used = &flat->whole->uses.items[i];
        if (used->use->span.source == file && used->file && brings(flat, used->file, wanted))
            return true;
    }
    return false;
}

/* The `use` of the amending file that brought a declaration in; NULL: it stands there itself, or its file does not stay one. */
static const struct ast *use_of(const struct flattening *flat, const struct ast *decl)
{
    for (size_t i = 0; i < flat->whole->uses.count; i++) {
        const struct used *used = &flat->whole->uses.items[i];
        if (used->use->span.source == flat->own && used->file && !is_changed(flat, used->file) &&
            brings(flat, used->file, decl->span.source))
            return used->use;
    }
    return NULL;
}

static void add_declarations(struct flattening *flat)
{
    const struct ast *last = NULL;
    for (size_t i = 0; i < flat->whole->added.count; i++) {
        const struct ast *decl = flat->whole->added.items[i], *use = use_of(flat, decl),
                         *what = use ? use : decl;
        if (use && use == last)
            continue;
        last = use;
        edits_at_end(&flat->edits, flat->whole->base,
                     clause_remark("@flat_added", clause_of(what), "", flat->lang),
                     edits_moved(edits_raw(what->span), what->span, ""));
    }
}

/* ---------------------------------------------------------------- the whole */

static const struct source *flatten_level(const struct source *source, enum lang lang, struct diags *diags)
{
    struct diags unheard = {0};
    const struct whole *whole = whole_read(source, NULL, NULL, &unheard);
    if (unheard.errors) {
        diag_append(diags, &unheard);
        return NULL;
    }
    if (!whole->base)
        return source;
    const struct source *base = flatten_level(whole->base, lang, diags);
    if (!base)
        return NULL;
    if (base != whole->base)
        whole = whole_read(source, base, NULL, &unheard);
    struct flattening flat = {.whole = whole, .own = source, .lang = lang};
    header(&flat);
    for (size_t i = 0; i < whole->changes.count; i++)
        change(&flat, &whole->changes.items[i]);
    add_declarations(&flat);
    const char *text = text_of(&flat, base);
    return source_new(base->name, text, strlen(text));
}

static bool same_name(const char *a, const char *b, void *data)
{
    (void)data;
    return str_equal(a, b);
}

static bool alike(const struct ast *a, const struct ast *b)
{
    return ast_alike(a, b, same_name, NULL);
}

static bool same_header(const struct ast_standard *a, const struct ast_standard *b)
{
    const struct ast *lasting =
        ast_standard(a->name, a->label, a->amends, header_lasting(&a->headers), a->node.span);
    return alike(lasting, &b->node);
}

/* The first declaration that is not the same; NULL: all are. */
static const struct ast *difference(const struct whole *a, const struct whole *b)
{
    if (!a->header || !b->header || !same_header(a->header, b->header))
        return &a->header->node;
    for (size_t i = 0; i < a->decls.count; i++)
        if (i >= b->decls.count || !alike(a->decls.items[i], b->decls.items[i]))
            return a->decls.items[i];
    return b->decls.count > a->decls.count ? b->decls.items[a->decls.count] : NULL;
}

static bool names_files(const struct ast *node, void *data)
{
    bool *found = data;
    *found |= node->kind == AST_use || node->kind == AST_test_given ||
              (node->kind == AST_t_table && AST(t_table, node)->from) ||
              (node->kind == AST_v_table && AST(v_table, node)->from);
    return !*found;
}

static bool is_at(const struct ast *node, const struct source *file)
{
    return node && node->span.source == file;
}

/* A file that is brought in, and in which nothing changes, stays where it is. */
static bool stays(const struct whole *whole, const struct source *file)
{
    bool brought = false;
    for (size_t i = 0; i < whole->uses.count; i++)
        brought |= whole->uses.items[i].file == file;
    for (size_t i = 0; i < whole->changes.count && brought; i++) {
        const struct changed *changed = &whole->changes.items[i];
        brought = !is_at(changed->change, file) && !is_at(changed->old, file) &&
                  !is_at(changed->beside, file) && !is_at(changed->around, file);
    }
    return brought;
}

/* A text that names other files is read in their folder only. */
static bool may_move(const struct whole *whole, const char *target, struct diags *diags)
{
    for (size_t i = 0; i < whole->decls.count + whole->uses.count; i++) {
        const struct ast *decl =
            i < whole->decls.count ? whole->decls.items[i] : whole->uses.items[i - whole->decls.count].use;
        bool found = false;
        ast_walk(decl, names_files, &found);
        found = found && !stays(whole, decl->span.source);
        if (found && !str_equal(io_folder(decl->span.source->name), io_folder(target))) {
            diag_add(diags, DIAG_FLATTEN_MOVED, span_first_word(decl->span), decl->span.source->name, target,
                     NULL);
            return false;
        }
    }
    return true;
}

const char *flatten(const struct source *source, const char *target, enum lang lang, struct diags *diags)
{
    struct diags unheard = {0};
    const struct whole *whole = whole_read(source, NULL, NULL, &unheard);
    const struct source *text = may_move(whole, target, diags) ? flatten_level(source, lang, diags) : NULL;
    if (!text)
        return NULL;
    struct diags again = {0};
    const struct whole *read = whole_read(source_new(target, text->text, text->length), NULL, NULL, &again);
    const struct ast *differs = difference(whole, read);
    if (!differs && !again.errors)
        return text->text;
    diag_add(diags, DIAG_FLATTEN_DIFFERS, differs ? span_first_word(differs->span) : SPAN_NONE, source->name,
             NULL);
    return NULL;
}
