/* Lines of the interactive session on the unit of standards/yard.facts; a first line `zh` has it in Chinese. Linked so that nothing is written to a file. */
#include <stdio.h>
#include <string.h>
#include "base/io.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/repl/gather.h"
#include "tests/fuzz/fuzz.h"

enum io_result __wrap_io_write(const char *path, const char *bytes, size_t length);
void __wrap_cli_write(struct str *text);

enum io_result __wrap_io_write(const char *path, const char *bytes, size_t length)
{
    (void)path;
    (void)bytes;
    (void)length;
    return IO_OK;
}

/* The session's answers; what is wrong with a line goes to standard error. */
void __wrap_cli_write(struct str *text)
{
    fuzz_look_at(text);
}

static struct repl *start(struct cli *cli, struct arguments *arguments, bool chinese)
{
    static char program[] = "rubric", lang[] = "--lang", zh[] = "zh", en[] = "en", facts[] = "tests/fuzz/standards/yard.facts";
    char *words[] = {program, lang, chinese ? zh : en, facts, NULL};
    struct diags diags = {0};
    cli_start(cli, 3, words);
    options_read(command_find("repl"), 3, words + 1, arguments, &diags);
    return repl_new(cli, arguments);
}

/* Line by line, as a script. */
static void type(struct repl *repl, const char *text)
{
    struct gathered gathered = {0};
    for (const char *end; (end = strchr(text, '\n')) != NULL; text = end + 1) {
        if (gather_line(&gathered, mem_text(text, (size_t)(end - text)))) {
            if (!repl_line(repl, str_text(&gathered.text))) {
                return;
            }
            gathered = (struct gathered){0};
        }
    }
    if (*text != '\0' || gathered.text.length > 0) {
        gather_line(&gathered, text);
        repl_line(repl, str_text(&gathered.text));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct cli cli;
    struct arguments arguments;
    const char *text = mem_text((const char *)bytes, size);
    bool chinese = strncmp(text, "zh\n", 3) == 0;
    type(start(&cli, &arguments, chinese), text + (chinese ? 3 : 0));
    fuzz_forget();
    return 0;
}
