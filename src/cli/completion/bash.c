/* For bash, without help from others: bash parts words at `=`, and shows no descriptions. */
#include "cli/completion/completion.h"

static const char head[] =
    "# Completion of rubric for bash, as `rubric completion bash` writes it.\n"
    "\n"
    "# The word at the cursor, then what it can be.\n"
    "_rubric_words() {\n"
    "    local word\n"
    "    for word in \"${@:2}\"; do\n"
    "        [[ $word == \"$1\"* ]] && COMPREPLY+=(\"$word\")\n"
    "    done\n"
    "}\n"
    "\n"
    "# The word at the cursor, then endings of files; none: any file. Folders always.\n"
    "_rubric_files() {\n"
    "    local name ending\n"
    "    compopt -o filenames 2>/dev/null\n"
    "    while IFS= read -r name; do\n"
    "        if [[ $# == 1 || -d ${name/#\\~/$HOME} ]]; then\n"
    "            COMPREPLY+=(\"$name\")\n"
    "            continue\n"
    "        fi\n"
    "        for ending in \"${@:2}\"; do\n"
    "            [[ $name == *\"$ending\" ]] && COMPREPLY+=(\"$name\")\n"
    "        done\n"
    "    done < <(compgen -f -- \"$1\")\n"
    "}\n"
    "\n";

static const char foot[] =
    "\n"
    "_rubric() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= count=0 only_names= i "
    "word\n"
    "    local options=() valued=' --lang ' first=() words=() endings=() files=\n"
    "    COMPREPLY=()\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        word=${COMP_WORDS[i]}\n"
    "        if [[ $word == '=' ]]; then\n"
    "            ((i++))\n"
    "        elif [[ ! $only_names && $word == -- ]]; then\n"
    "            only_names=1\n"
    "        elif [[ ! $only_names && $word == -?* ]]; then\n"
    "            [[ $valued == *\" $word \"* && ${COMP_WORDS[i+1]} != '=' ]] && ((i++))\n"
    "        elif [[ ! $command ]]; then\n"
    "            command=$word\n"
    "            _rubric_takes \"$command\"\n"
    "        else\n"
    "            ((count++))\n"
    "        fi\n"
    "    done\n"
    "    if [[ $cur == '=' ]]; then\n"
    "        cur=\n"
    "    elif [[ $prev == '=' ]]; then\n"
    "        prev=${COMP_WORDS[COMP_CWORD-2]}\n"
    "    fi\n"
    "    if [[ ! $only_names && $valued == *\" $prev \"* ]]; then\n"
    "        _rubric_value \"$command\" \"$prev\" \"$cur\"\n"
    "    elif [[ ! $only_names && $cur == -* ]]; then\n"
    "        [[ $command ]] || options=(--lang --help --version)\n"
    "        _rubric_words \"$cur\" \"${options[@]}\"\n"
    "    elif [[ ! $command ]]; then\n"
    "        _rubric_words \"$cur\" $_rubric_commands\n"
    "    else\n"
    "        ((count == 0)) && _rubric_words \"$cur\" \"${first[@]}\"\n"
    "        _rubric_words \"$cur\" \"${words[@]}\"\n"
    "        [[ $files && ( $count -gt 0 || ${#first[@]} -eq 0 ) ]] && _rubric_files \"$cur\" "
    "\"${endings[@]}\"\n"
    "    fi\n"
    "}\n"
    "\n"
    "complete -F _rubric rubric\n";

static void add_commands(struct str *out)
{
    str_add(out, "_rubric_commands='");
    for (size_t i = 0; i < command_count; i++) {
        str_format(out, "%s ", commands[i].name);
    }
    str_add(out, "help'\n\n");
}

static const char *options_of(const struct command *command, bool valued)
{
    struct str out = {0};
    for (int i = 0; i < OPTION_COUNT; i++) {
        if (option_is_of((enum option)i, command) && (!valued || option_rows[i].kind != FLAG)) {
            struct option_names spellings = completion_spellings((enum option)i);
            str_item(&out, " ", completion_list(&spellings, "", " "));
        }
    }
    return str_text(&out);
}

static void add_command(struct str *out, const struct command *command)
{
    struct offers offers = offers_of_command(command);
    str_format(out, "        %s)\n            options=(%s)\n", command->name, options_of(command, false));
    str_format(out, "            valued=' %s '\n", options_of(command, true));
    if (offers.words.list.count > 0) {
        str_format(out, "            %s=(%s)\n", offers.first ? "first" : "words",
                   completion_list(&offers.words, "", " "));
    }
    if (offers.files) {
        str_format(out, "            files=1 endings=(%s)\n", completion_list(&offers.endings, "", " "));
    }
    str_add(out, "            ;;\n");
}

static void add_value(struct str *out, const struct command *command, enum option option)
{
    struct offers offers = offers_of_value(option);
    struct option_names spellings = completion_spellings(option);
    const char *of = completion_list(&spellings, str_print("%s:", command->name), " | ");
    if (offers.words.list.count > 0) {
        str_format(out, "        %s) _rubric_words \"$3\" %s ;;\n", of,
                   completion_list(&offers.words, "", " "));
    } else if (offers.files) {
        const char *endings = completion_list(&offers.endings, " ", "");
        str_format(out, "        %s) _rubric_files \"$3\"%s ;;\n", of, endings);
    }
}

void completion_bash(struct str *out)
{
    str_add(out, head);
    add_commands(out);
    str_add(out, "# What a command takes.\n_rubric_takes() {\n    case $1 in\n");
    for (size_t i = 0; i < command_count; i++) {
        add_command(out, &commands[i]);
    }
    str_add(out, "        help) first=($_rubric_commands) ;;\n    esac\n}\n\n");
    str_add(out, "# A command, its option, and the word at the cursor: the option's value.\n"
                 "_rubric_value() {\n    case $1:$2 in\n        :--lang) _rubric_words \"$3\" zh en ;;\n");
    for (size_t i = 0; i < command_count; i++) {
        for (int k = 0; k < OPTION_COUNT; k++) {
            if (option_is_of((enum option)k, &commands[i]) && option_rows[k].kind != FLAG) {
                add_value(out, &commands[i], (enum option)k);
            }
        }
    }
    str_add(out, "    esac\n}\n");
    str_add(out, foot);
}
