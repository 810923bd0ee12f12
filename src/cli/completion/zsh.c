/* For zsh: specifications for its _arguments, in both tongues. */
#include "cli/completion/completion.h"

static const char head[] = "#compdef rubric\n"
                           "# Completion of rubric for zsh, as `rubric completion zsh` writes it.\n"
                           "\n"
                           "# Which tongue descriptions are in.\n"
                           "_rubric_tongue() {\n"
                           "    [[ ${LC_ALL:-${LC_MESSAGES:-$LANG}} == zh* ]] && REPLY=zh || REPLY=en\n"
                           "}\n"
                           "\n";

static const char foot[] =
    "_rubric() {\n"
    "    local curcontext=$curcontext context state state_descr line REPLY tongue ret=1\n"
    "    local -a specs\n"
    "    typeset -A opt_args\n"
    "    _rubric_tongue\n"
    "    tongue=$REPLY\n"
    "    _rubric_specs $tongue:\n"
    "    _arguments -C $specs '1: :_rubric_commands' '*:: :->rest' && ret=0\n"
    "    if [[ $state == rest ]]; then\n"
    "        _rubric_specs $tongue:$words[1] || return ret\n"
    "        _arguments -S $specs && ret=0\n"
    "    fi\n"
    "    return ret\n"
    "}\n"
    "\n"
    "if [[ $funcstack[1] == _rubric ]]; then\n"
    "    _rubric \"$@\"\n"
    "else\n"
    "    compdef _rubric rubric\n"
    "fi\n";

/* Between single quotes; `marks` are set off by a backslash. */
static const char *quoted(const char *text, const char *marks)
{
    struct str out = {0};
    for (; *text != '\0'; text++) {
        for (const char *mark = marks; *mark != '\0'; mark++) {
            str_add(&out, *mark == *text ? "\\" : "");
        }
        if (*text == '\'') {
            str_add(&out, "'\\''");
        } else {
            str_add_char(&out, *text);
        }
    }
    return str_text(&out);
}

static const char *described(const char *text)
{
    return quoted(text, "\\[]:");
}

static const char *action_of(const struct offers *offers)
{
    if (offers->words.list.count > 0) {
        return str_print("(%s)", completion_list(&offers->words, "", " "));
    }
    if (!offers->files) {
        return " ";
    }
    if (offers->endings.list.count == 0) {
        return "_files";
    }
    bool one = offers->endings.list.count == 1; /* *(.facts) would be no pattern */
    return str_print(one ? "_files -g \"*%s\"" : "_files -g \"*(%s)\"",
                     completion_list(&offers->endings, "", "|"));
}

/* One spelling, or all of them: one that was given shuts out the other. */
static const char *spelled(enum option option)
{
    const struct option_row *row = &option_rows[option];
    const char *name = row->name, *equals = row->kind == FLAG ? "" : "=";
    char letter = option_letter(option);
    if (letter == '\0') {
        return str_print("'%s--%s%s", row->kind == MANY ? "*" : "", name, equals);
    }
    const char *both = str_print("{-%c,--%s%s}'", letter, name, equals);
    return row->kind == MANY ? str_print("\\*%s", both) : str_print("'(-%c --%s)'%s", letter, name, both);
}

static void add_option(struct str *out, enum option option, enum lang lang)
{
    const struct option_row *row = &option_rows[option];
    str_format(out, "            %s[%s]", spelled(option), described(row->help[lang]));
    if (row->kind != FLAG) {
        struct offers offers = offers_of_value(option);
        str_format(out, ":%s:%s", described(row->value[lang]), action_of(&offers));
    }
    str_add(out, "'\n");
}

/* Words that come first stand alone at the first place. */
static void add_operands(struct str *out, const struct command *command, enum lang lang)
{
    struct offers offers = offers_of_command(command), rest = offers;
    const char *takes = described(command->takes[lang]);
    if (offers.words.list.count > 0) {
        str_format(out, "            '%s:%s:%s'\n", offers.first ? "1" : "*", takes, action_of(&offers));
        rest.words = (struct option_names){0};
    }
    if (rest.files) {
        str_format(out, "            '*:%s:%s'\n", takes, action_of(&rest));
    }
}

static const char *tongue(enum lang lang)
{
    return lang == LANG_ZH ? "zh" : "en";
}

static void add_command(struct str *out, const struct command *command, enum lang lang)
{
    str_format(out, "        %s:%s) specs=(\n", tongue(lang), command->name);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (option_is_of((enum option)i, command)) {
            add_option(out, (enum option)i, lang);
        }
    }
    add_operands(out, command, lang);
    str_add(out, "        ) ;;\n");
}

static void add_specs(struct str *out, enum lang lang)
{
    str_format(out, "        %s:) specs=(\n", tongue(lang));
    add_option(out, OPTION_LANG, lang);
    str_format(out, "            '(- *)'{-h,--help}'[%s]'\n", described(completion_help[lang]));
    str_format(out, "            '(- *)'{-V,--version}'[%s]'\n        ) ;;\n",
               described(completion_version[lang]));
    for (size_t i = 0; i < command_count; i++) {
        add_command(out, &commands[i], lang);
    }
    str_format(out, "        %s:help) specs=('1: :_rubric_commands') ;;\n", tongue(lang));
}

static void add_commands(struct str *out, enum lang lang)
{
    str_format(out, "        %s) named=(\n", tongue(lang));
    for (size_t i = 0; i < command_count; i++) {
        str_format(out, "            '%s:%s'\n", commands[i].name, quoted(commands[i].summary[lang], "\\:"));
    }
    str_format(out, "            'help:%s'\n        ) ;;\n", quoted(completion_help[lang], "\\:"));
}

void completion_zsh(struct str *out)
{
    str_add(out, head);
    str_add(out, "_rubric_commands() {\n    local -a named\n    local REPLY\n    _rubric_tongue\n    case "
                 "$REPLY in\n");
    add_commands(out, LANG_EN);
    add_commands(out, LANG_ZH);
    str_add(out, "    esac\n    _describe -t commands rubric named\n}\n\n");
    str_add(out, "# TONGUE:COMMAND. Fails where there is no such command.\n"
                 "_rubric_specs() {\n    case $1 in\n");
    add_specs(out, LANG_EN);
    add_specs(out, LANG_ZH);
    str_add(out, "        *) return 1 ;;\n    esac\n}\n\n");
    str_add(out, foot);
}
