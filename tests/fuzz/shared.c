#include "tests/fuzz/fuzz.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/mem.h"
#include "base/utf8.h"
#include "eval/ledger.h"
#include "report/complaints.h"
#include "report/json.h"
#include "report/sheet.h"
#include "report/why.h"

enum { WIDTH = 60, WHYS_MAX = 6, SHOWN_MAX = 8 };

struct source *fuzz_source(const char *name, const uint8_t *bytes, size_t size)
{
    return source_new(str_print("nowhere/%s", name), (const char *)bytes, size);
}

bool fuzz_cut(const uint8_t *bytes, size_t size, size_t *first, size_t *second)
{
    static const char line[] = "\n%%\n";
    for (size_t at = 0; at + strlen(line) <= size; at++) {
        if (memcmp(bytes + at, line, strlen(line)) == 0) {
            *first = at + 1;
            *second = at + strlen(line);
            return true;
        }
    }
    return false;
}

/* The escapes that colour a page: \033[…m. */
static size_t colour_at(const char *text)
{
    size_t digits = text[0] == '\033' && text[1] == '[' ? strspn(text + 2, "0123456789;") : 0;
    return digits > 0 && text[2 + digits] == 'm' ? digits + 3 : 0;
}

void fuzz_look_at(struct str *out)
{
    const char *text = str_text(out);
    uint32_t code;
    for (size_t at = 0; at < out->length;) {
        size_t colour = colour_at(text + at);
        at += colour > 0 ? colour : utf8_next(text + at, out->length - at, &code);
        if (colour == 0 && code != '\n' && (utf8_is_control(code) || utf8_is_hidden(code))) {
            fprintf(stderr, "U+%04X reaches the terminal, at byte %zu of:\n%s\n", (unsigned)code, at, text);
            abort();
        }
    }
    out->length = 0;
}

enum lang fuzz_lang(size_t size)
{
    return size % 2 ? LANG_ZH : LANG_EN;
}

void fuzz_show(struct diags *diags, enum lang lang)
{
    struct str out = {0};
    diag_sort(diags);
    for (size_t i = 0; i < diags->list.count && i < SHOWN_MAX; i++) {
        diag_render(&out, diags->list.items[i], lang, lang == LANG_EN);
        struct json json = {.out = &out};
        diag_json(&json, diags->list.items[i], lang);
        fuzz_look_at(&out);
    }
}

static void show_whys(struct page *page, const struct view *view)
{
    const struct standard *standard = view->evaluation->standard;
    for (size_t i = 0; i < standard->parts_by_path.count && i < WHYS_MAX; i++) {
        struct why_target target = {.kind = WHY_PART, .part = standard->parts_by_path.entries[i].value};
        why_write(page, view, &target);
        fuzz_look_at(page->out);
    }
    for (size_t i = 0; i < standard->shows.count && i < WHYS_MAX; i++) {
        struct why_target target = {.kind = WHY_SHOW, .show = &standard->shows.items[i]};
        why_write(page, view, &target);
        fuzz_look_at(page->out);
    }
}

void fuzz_evaluate(const struct standard *standard, const struct unit *unit, enum lang lang)
{
    struct call call = {0};
    struct diags diags = {0};
    const struct evaluation *evaluation = evaluate(standard, unit, &call);
    complaints_add(evaluation, &diags);
    fuzz_show(&diags, lang);
    if (evaluation->refused) {
        return;
    }
    struct str out = {0};
    struct page page = {.out = &out, .width = WIDTH, .colour = lang == LANG_EN};
    struct view view = {.evaluation = evaluation, .context = evaluation->final, .lang = lang};
    sheet_write(&page, &view, diags.warnings);
    fuzz_look_at(&out);
    json_unit(&out, &view, &diags);
    fuzz_look_at(&out);
    show_whys(&page, &view);
}
