/* What the commands share: the language, standard error, the exit code. */
#ifndef RUBRIC_CLI_CLI_H
#define RUBRIC_CLI_CLI_H
#include "base/str.h"
#include "diag/diag.h"
#include "report/page.h"

#define CLI_VERSION "0.1"
#define CLI_DATE "2026-11-30" /* of the version, for the manual page */

/* A worse one is not replaced by a better one. */
enum cli_exit {
    EXIT_MET = 0,
    EXIT_NOT_MET = 1,
    EXIT_INPUT = 2,
    EXIT_IO = 3,
    EXIT_FAULT = 70,
    EXIT_INTERRUPTED = 130
};

struct cli {
    enum lang lang;
    bool lang_given; /* by --lang */
    enum cli_exit exit;
};

void cli_start(struct cli *cli, int argc, char **argv); /* the language, the handlers of signals */
void cli_worsen(struct cli *cli, enum cli_exit exit);
/* What kind of file a path names is told by its ending. */
bool cli_ends_in(const char *path, const char *ending);
struct diags
cli_without_notes(const struct diags *diags); /* which are for who checks a file, not for who scores by it */
void cli_show(const struct cli *cli, struct diags *diags); /* sorted, to standard error */
/* The same; errors worsen the exit code. */
void cli_report(struct cli *cli, struct diags *diags);
void cli_note_errors(struct cli *cli, const struct diags *diags); /* the exit code alone */
void cli_write(const struct str *text);                           /* to standard output */
/* To a file, whole or not at all; NULL: to standard output. A message, and the exit code, where it cannot be written. */
void cli_deliver(struct cli *cli, const char *text, const char *path);
int cli_finish(struct cli *cli);                                  /* whether all was written; the exit code */
struct page cli_page(struct str *out);          /* as wide as the terminal, coloured if it may be */
enum lang cli_json_lang(const struct cli *cli); /* of JSON: the same in any locale */
#endif
