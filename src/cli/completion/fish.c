/* For fish: one `complete` for each command, option and place. */
#include "cli/completion/completion.h"

static const char head[] =
    "# Completion of rubric for fish, as `rubric completion fish` writes it.\n"
    "\n"
    "# The first text; in a Chinese locale the second.\n"
    "function __rubric_says\n"
    "    for tongue in $LC_ALL $LC_MESSAGES $LANG\n"
    "        if string match -q 'zh*' -- $tongue\n"
    "            echo $argv[2]\n"
    "            return\n"
    "        end\n"
    "        break\n"
    "    end\n"
    "    echo $argv[1]\n"
    "end\n"
    "\n"
    "# The command that stands on the line, and what stands behind it.\n"
    "function __rubric_line\n"
    "    set -l words (commandline -opc)\n"
    "    set -e words[1]\n"
    "    while set -q words[1]\n"
    "        switch $words[1]\n"
    "            case --lang\n"
    "                set -e words[1]\n"
    "            case '-*'\n"
    "            case '*'\n"
    "                break\n"
    "        end\n"
    "        set -e words[1]\n"
    "    end\n"
    "    printf '%s\\n' $words\n"
    "end\n"
    "\n"
    "function __rubric_is\n"
    "    set -l line (__rubric_line)\n"
    "    test \"$line[1]\" = \"$argv[1]\"\n"
    "end\n"
    "\n"
    "# Is it this command, with no word behind it yet? Options that take a value follow.\n"
    "function __rubric_begins\n"
    "    set -l line (__rubric_line)\n"
    "    test \"$line[1]\" = \"$argv[1]\"; or return 1\n"
    "    set -e line[1]\n"
    "    while set -q line[1]\n"
    "        if contains -- $line[1] $argv[2..]\n"
    "            set -e line[1]\n"
    "        else if not string match -q -- '-*' $line[1]\n"
    "            return 1\n"
    "        end\n"
    "        set -e line[1]\n"
    "    end\n"
    "end\n"
    "\n"
    "# Files with one of these endings, and folders.\n"
    "function __rubric_files\n"
    "    for path in (__fish_complete_suffix $argv[1])\n"
    "        set -l name (string split -f 1 \\t -- $path)\n"
    "        for ending in / $argv\n"
    "            if string match -q -- \"*$ending\" $name\n"
    "                echo $path\n"
    "                break\n"
    "            end\n"
    "        end\n"
    "    end\n"
    "end\n"
    "\n"
    "complete -c rubric -e\n"
    "complete -c rubric -f\n";

static const char *quoted(const char *text)
{
    struct str out = {0};
    str_add_char(&out, '\'');
    for (; *text != '\0'; text++) {
        str_add(&out, *text == '\'' || *text == '\\' ? "\\" : "");
        str_add_char(&out, *text);
    }
    str_add_char(&out, '\'');
    return str_text(&out);
}

static const char *says(const char *const texts[2])
{
    return str_print("-d (__rubric_says %s %s)", quoted(texts[LANG_EN]), quoted(texts[LANG_ZH]));
}

/* ` -x -a …`: what stands behind an option, or in a place. */
static const char *offered(const struct offers *offers)
{
    if (offers->words.list.count > 0) {
        return str_print("-a '%s'", completion_list(&offers->words, "", " "));
    }
    if (offers->files && offers->endings.list.count > 0) {
        return str_print("-a '(__rubric_files %s)'", completion_list(&offers->endings, "", " "));
    }
    return "";
}

static void add_option(struct str *out, const char *when, enum option option)
{
    const struct option_row *row = &option_rows[option];
    char letter = option_letter(option);
    str_format(out, "complete -c rubric -n '%s' -l %s", when, row->name);
    if (letter != '\0') {
        str_format(out, " -s %c", letter);
    }
    if (row->kind != FLAG) {
        struct offers offers = offers_of_value(option);
        bool any_file = offers.files && offers.endings.list.count == 0;
        str_format(out, " %s %s", any_file ? "-r -F" : "-x", offered(&offers));
    }
    str_format(out, " %s\n", says(row->help));
}

static const char *valued_of(const struct command *command)
{
    struct str out = {0};
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (option_is_of((enum option)i, command) && option_rows[i].kind != FLAG) {
            struct option_names spellings = completion_spellings((enum option)i);
            str_format(&out, " %s", completion_list(&spellings, "", " "));
        }
    }
    return str_text(&out);
}

static void add_operands(struct str *out, const struct command *command)
{
    struct offers offers = offers_of_command(command), files = offers;
    const char *begins = str_print("__rubric_begins %s%s", command->name, valued_of(command));
    const char *is = str_print("__rubric_is %s", command->name);
    if (offers.words.list.count > 0) {
        str_format(out, "complete -c rubric -n '%s' %s\n", offers.first ? begins : is, offered(&offers));
        is = str_print("%s; and not %s", is, begins);
        files.words = (struct option_names){0};
    }
    if (files.files) {
        str_format(out, "complete -c rubric -n '%s' %s\n", is, offered(&files));
    }
}

static void add_command(struct str *out, const struct command *command)
{
    const char *is = str_print("__rubric_is %s", command->name);
    str_format(out, "\ncomplete -c rubric -n '__rubric_is \"\"' -a %s %s\n", command->name,
               says(command->summary));
    str_format(out, "complete -c rubric -n '__rubric_begins help' -a %s %s\n", command->name,
               says(command->summary));
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (option_is_of((enum option)i, command)) {
            add_option(out, is, (enum option)i);
        }
    }
    add_operands(out, command);
}

void completion_fish(struct str *out)
{
    static const char none[] = "__rubric_is \"\"";
    str_add(out, head);
    str_format(out, "complete -c rubric -n '%s' -a help %s\n", none, says(completion_help));
    str_format(out, "complete -c rubric -n '%s' -l help -s h %s\n", none, says(completion_help));
    str_format(out, "complete -c rubric -n '%s' -l version -s V %s\n", none, says(completion_version));
    add_option(out, none, OPTION_LANG);
    for (size_t i = 0; i < command_count; i++) {
        add_command(out, &commands[i]);
    }
}
