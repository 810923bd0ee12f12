#include "api/held.h"
#include "base/mem.h"

struct message {
    rubric_severity severity;
    const char *code, *file;
    const char *text[2], *help[2]; /* [lang] */
    size_t line, column;
};

struct rubric_messages {
    struct message *items;
    size_t count;
    const char *shown[2];
};

static const enum lang LANGS[] = {[RUBRIC_EN] = LANG_EN, [RUBRIC_ZH] = LANG_ZH};

static rubric_severity severity_of(const struct diag *diag)
{
    switch (diag_severity(diag->code)) {
    case SEVERITY_NOTE: return RUBRIC_NOTE;
    case SEVERITY_WARNING: return RUBRIC_WARNING;
    case SEVERITY_ERROR: break;
    }
    return RUBRIC_ERROR;
}

static struct message message_of(const struct diag *diag)
{
    struct message message = {.severity = severity_of(diag), .code = diag_code_name(diag->code)};
    if (diag->span.source) {
        message.file = diag->span.source->name;
        message.line = source_shown_line(diag->span);
        message.column = source_column(diag->span);
    }
    for (size_t i = 0; i < 2; i++) {
        message.text[i] = diag_text(diag, LANGS[i]);
        message.help[i] = diag_help(diag, LANGS[i]);
    }
    return message;
}

/* Errors first. */
static void fill(rubric_messages *messages, const struct diags *diags)
{
    messages->items = MEM_ARRAY(struct message, diags->list.count);
    for (size_t errors = 2; errors-- > 0;)
        for (size_t i = 0; i < diags->list.count; i++)
            if ((diag_severity(diags->list.items[i]->code) == SEVERITY_ERROR) == (errors == 1))
                messages->items[messages->count++] = message_of(diags->list.items[i]);
    for (size_t i = 0; i < 2; i++) {
        struct str shown = {0};
        diag_render_all(&shown, diags, LANGS[i], false);
        messages->shown[i] = str_text(&shown);
    }
}

rubric_messages *messages_new(const struct diags *diags)
{
    if (diags->list.count == 0)
        return NULL;
    rubric_messages *messages = MEM_NEW(rubric_messages);
    struct diags sorted = {0};
    diag_append(&sorted, diags);
    diag_sort(&sorted);
    fill(messages, &sorted);
    return messages;
}

rubric_messages *messages_keep(const struct diags *diags)
{
    const rubric_messages *messages = messages_new(diags);
    rubric_messages *kept = messages ? mem_keep(sizeof *kept) : NULL;
    if (kept)
        *kept = *messages;
    return kept;
}

static void let_go(void *messages)
{
    mem_let_go(messages);
}

void rubric_messages_free(rubric_messages *messages)
{
    if (messages)
        mem_visit(let_go, messages);
}

/* ---------------------------------------------------------------- what they say */

static const struct message *find(const rubric_messages *messages, size_t index)
{
    static const struct message none = {.severity = RUBRIC_NOTE};
    return messages && index < messages->count ? &messages->items[index] : &none;
}

static bool is_chinese(rubric_lang lang)
{
    return lang == RUBRIC_ZH;
}

size_t rubric_messages_count(const rubric_messages *messages)
{
    return messages ? messages->count : 0;
}

rubric_severity rubric_message_severity(const rubric_messages *messages, size_t index)
{
    return find(messages, index)->severity;
}

const char *rubric_message_code(const rubric_messages *messages, size_t index)
{
    return find(messages, index)->code;
}

const char *rubric_message_text(const rubric_messages *messages, size_t index, rubric_lang lang)
{
    return find(messages, index)->text[is_chinese(lang)];
}

const char *rubric_message_help(const rubric_messages *messages, size_t index, rubric_lang lang)
{
    return find(messages, index)->help[is_chinese(lang)];
}

const char *rubric_message_file(const rubric_messages *messages, size_t index)
{
    return find(messages, index)->file;
}

size_t rubric_message_line(const rubric_messages *messages, size_t index)
{
    return find(messages, index)->line;
}

size_t rubric_message_column(const rubric_messages *messages, size_t index)
{
    return find(messages, index)->column;
}

const char *rubric_messages_shown(const rubric_messages *messages, rubric_lang lang)
{
    return messages ? messages->shown[is_chinese(lang)] : "";
}
