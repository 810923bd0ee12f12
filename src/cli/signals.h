/* How the program ends when it does not end by itself: 130 when interrupted, 70 with a message when the fault is its own. */
#ifndef RUBRIC_CLI_SIGNALS_H
#define RUBRIC_CLI_SIGNALS_H
void signals_start(void);
#endif
