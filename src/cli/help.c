/* Help, made from the tables of commands and options. */
#include <string.h>
#include "base/utf8.h"
#include "cli/commands.h"

enum { HEAD_WIDTH = 26 };

const char *const help_opening[2] = {
    [LANG_EN] =
        "rubric scores units against a standard: exactly, from known facts, with a reason for every point.\n"
        "What is not known gives a range, never a silent 0.\n",
    [LANG_ZH] = "rubric 按标准给单位评分：依据事实，精确计算，每一分都有理由和出处。\n"
                "未知的事实使得分成为一个范围，不会悄悄当作 0 分。\n",
};

static const char *const readers[] = {
    [LANG_EN] =
        "\n"
        "You write standards   begin with              rubric new standard -o my-standard.rubric\n"
        "                      change it, then         rubric check my-standard.rubric\n"
        "You assess units      get a file to fill in   rubric new unit my-standard.rubric -o unit.facts\n"
        "                      fill it in, then        rubric eval unit.facts\n"
        "                      and for any score       rubric eval unit.facts --why NAME\n"
        "You analyse results   rubric eval units/*.facts --json\n"
        "\n",
    [LANG_ZH] = "\n"
                "制定标准   先生成一份起步的标准   rubric new standard -o 标准.rubric\n"
                "           修改后核对             rubric check 标准.rubric\n"
                "评审单位   先生成待填的事实文件   rubric new unit 标准.rubric -o 单位.facts\n"
                "           填写后评分             rubric eval 单位.facts\n"
                "           查某项得分的来历       rubric eval 单位.facts --why 名称\n"
                "分析结果   rubric eval units/*.facts --json\n"
                "\n",
};

const char *const help_exit_codes[2] = {
    [LANG_EN] =
        "Exit code: 0 done and met; 1 done, not met: a unit that is not eligible (eval --require), no way\n"
        "found (reach, risk), rows refused (batch), a test that fails or less than --min (test), what is\n"
        "not proved (prove), editions that differ (diff), files that would change (fmt --check); 2 a mistake\n"
        "in the call, the rules or the facts; 3 a file or the output failed; 70 a fault of rubric itself;\n"
        "130 interrupted.\n",
    [LANG_ZH] = "退出码：0 完成且符合；1 完成但不符合：有单位不具备资格（eval --require），没有找到办法\n"
                "（reach、risk），有行未被采用（batch），用例未通过或低于 --min（test），未能证明（prove），\n"
                "两版有差别（diff），有文件会变化（fmt --check）；2 命令、标准或事实有误；3 文件读写失败；\n"
                "70 rubric 自身出错；130 被中断。\n",
};

static void add_row(struct str *out, const char *head, const char *text)
{
    size_t cells = utf8_width(head, strlen(head));
    str_format(out, "  %s", head);
    if (cells > HEAD_WIDTH) {
        str_add_char(out, '\n');
        cells = 0;
        str_add(out, "  ");
    }
    str_add_repeat(out, " ", HEAD_WIDTH - cells + 2);
    str_format(out, "%s\n", text);
}

const char *help_usage(const struct command *command, enum lang lang)
{
    const char *takes = command->takes[lang];
    return str_print(*takes != '\0' ? "rubric %s %s" : "rubric %s", command->name, takes);
}

void help_overview(FILE *stream, enum lang lang)
{
    struct str out = {0};
    bool zh = lang == LANG_ZH;
    str_format(&out, "%s\n", help_opening[lang]);
    for (size_t i = 0; i < command_count; i++) {
        add_row(&out, help_usage(&commands[i], lang), commands[i].summary[lang]);
    }
    add_row(&out, zh ? "rubric help 命令" : "rubric help COMMAND",
            zh ? "命令的用法和示例" : "how a command is used, with examples");
    add_row(&out, "rubric --version", zh ? "版本" : "the version");
    str_add(&out, readers[lang]);
    str_add(&out, help_exit_codes[lang]);
    fputs(str_text(&out), stream);
}

static const char *option_head(const struct option_row *row, enum lang lang)
{
    return row->kind == FLAG ? str_print("--%s", row->name)
                             : str_print("--%s %s", row->name, row->value[lang]);
}

void help_command(const struct command *command, enum lang lang)
{
    struct str out = {0};
    str_format(&out, "%s%s\n\n", help_usage(command, lang), lang == LANG_ZH ? " [选项]" : " [options]");
    str_add(&out, command->text[lang]);
    str_add(&out, lang == LANG_ZH ? "\n选项\n" : "\nOptions\n");
    for (size_t i = 0; i < OPTION_COUNT; i++) {
        if ((option_rows[i].commands & command->bit) != 0) {
            add_row(&out, option_head(&option_rows[i], lang), option_rows[i].help[lang]);
        }
    }
    cli_write(&out);
}
