/* rubric man: the manual page, made from the tables of commands and options. */
#include <string.h>
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/operands.h"
#include "cli/roff.h"

struct manual {
    struct str out;
    enum lang lang;
};

static const char *in(const struct manual *manual, const char *en, const char *zh)
{
    return manual->lang == LANG_ZH ? zh : en;
}

static void add_macro(struct manual *manual, const char *macro, const char *text)
{
    str_format(&manual->out, ".%s \"", macro);
    roff_text(&manual->out, text);
    str_add(&manual->out, "\"\n");
}

static void add_item(struct manual *manual, const char *head, const char *text)
{
    str_add(&manual->out, ".TP\n.B ");
    roff_text(&manual->out, head);
    str_add_char(&manual->out, '\n');
    roff_line(&manual->out, text);
}

/* ---------------------------------------------------------------- a command */

/* What stands in the text of a command under this line. */
static const char *const examples[] = {[LANG_EN] = "\nExamples\n", [LANG_ZH] = "\n示例\n"};

static void add_text(struct manual *manual, const struct command *command)
{
    const char *text = command->text[manual->lang], *head = examples[manual->lang], *at = strstr(text, head);
    str_add(&manual->out, ".PP\n");
    roff_filled(&manual->out, at != NULL ? mem_text(text, (size_t)(at - text)) : text);
    if (at != NULL) {
        str_add(&manual->out, ".PP\n");
        roff_line(&manual->out, in(manual, "Examples:", "示例："));
        roff_verbatim(&manual->out, at + strlen(head));
    }
}

static bool is_common(enum option option)
{
    return option_rows[option].commands == FOR_ALL;
}

static void add_option(struct manual *manual, enum option option)
{
    const struct option_row *row = &option_rows[option];
    struct str *out = &manual->out;
    char letter = option_letter(option);
    str_add(out, ".TP\n");
    if (letter != '\0') {
        str_format(out, "\\fB\\-%c\\fR, ", letter);
    }
    str_add(out, "\\fB");
    roff_text(out, options_dashed(option));
    str_add(out, "\\fR");
    if (row->kind != FLAG) {
        str_add(out, " \\fI");
        roff_text(out, row->value[manual->lang]);
        str_add(out, "\\fR");
    }
    str_add_char(out, '\n');
    roff_line(out, row->help[manual->lang]);
}

static void add_command(struct manual *manual, const struct command *command)
{
    add_macro(manual, "SS", help_usage(command, manual->lang));
    roff_line(&manual->out, command->summary[manual->lang]);
    add_text(manual, command);
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (option_is_of((enum option)i, command) && !is_common((enum option)i)) {
            add_option(manual, (enum option)i);
        }
    }
}

/* ---------------------------------------------------------------- the page */

static void add_head(struct manual *manual)
{
    str_format(&manual->out,
               ".\\\" -*- coding: utf-8 -*-\n.TH RUBRIC 1 %s \"rubric %s\" Rubric\n.ad l\n.nh\n", CLI_DATE,
               CLI_VERSION);
    add_macro(manual, "SH", in(manual, "NAME", "名称"));
    str_add(&manual->out, "rubric \\- ");
    roff_line(&manual->out, in(manual, "score units against a written standard", "按成文的标准给单位评分"));
    add_macro(manual, "SH", in(manual, "SYNOPSIS", "用法"));
    str_format(&manual->out, ".B rubric\n\\fI%s\\fR [\\fI%s\\fR]\n", in(manual, "COMMAND", "命令"),
               in(manual, "OPTIONS", "选项"));
    add_macro(manual, "SH", in(manual, "DESCRIPTION", "说明"));
    roff_filled(&manual->out, help_opening[manual->lang]);
}

static void add_common(struct manual *manual)
{
    add_macro(manual, "SH", in(manual, "OPTIONS", "选项"));
    roff_line(&manual->out, in(manual, "Options that every command takes:", "各命令都有的选项："));
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (is_common((enum option)i)) {
            add_option(manual, (enum option)i);
        }
    }
}

static void add_surroundings(struct manual *manual)
{
    add_macro(manual, "SH", in(manual, "FILES", "文件"));
    add_item(manual, "*.rubric",
             in(manual, "a standard: sections, criteria, grades", "标准：部分、指标、等级"));
    add_item(manual, "*.facts",
             in(manual, "what one unit reports, and which standard it is scored by",
                "一个单位填报的事实，以及所用的标准"));
    add_item(manual, "*.csv", in(manual, "a table of units, a row each", "单位表，每行一个单位"));
    add_macro(manual, "SH", in(manual, "ENVIRONMENT", "环境变量"));
    add_item(manual, "LC_ALL, LC_MESSAGES, LANG",
             in(manual,
                "the language of what is printed, where `--lang` says nothing: Chinese if the first that is "
                "set begins with zh",
                "没有写 `--lang` 时决定输出的语言：第一个已设定的以 zh 开头则为中文"));
    add_item(manual, "COLUMNS", in(manual, "the width of sheets", "评分表的宽度"));
    add_item(manual, "NO_COLOR", in(manual, "no colours, if it is set", "设定后不用颜色"));
    add_macro(manual, "SH", in(manual, "EXIT STATUS", "退出码"));
    roff_filled(&manual->out, help_exit_codes[manual->lang]);
}

void man_run(struct cli *cli, const struct arguments *arguments)
{
    if (!operands_end(cli, arguments, "man", 0)) {
        return;
    }
    struct manual manual = {.lang = cli->lang};
    add_head(&manual);
    add_common(&manual);
    add_macro(&manual, "SH", in(&manual, "COMMANDS", "命令"));
    for (size_t i = 0; i < command_count; i++) {
        add_command(&manual, &commands[i]);
    }
    add_surroundings(&manual);
    cli_write(&manual.out);
}
