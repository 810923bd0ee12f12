/* How the program ends when it does not end by itself: 130 when interrupted, 70 with a message when the fault is its own. */
#ifndef RUBRIC_CLI_SIGNALS_H
#define RUBRIC_CLI_SIGNALS_H
#include <stdbool.h>
#include <sys/types.h>

void signals_start(void);
/* A file that is not to stay where the program is ended by a signal, or for want of memory: two at most, until all are forgotten. */
void signals_add_draft(const char *path);
void signals_forget_drafts(void);
/* A process that is ended with the program, where a signal ends that; 0: no more. */
void signals_set_helper(pid_t process);
/* From now on an interrupt ends nothing: it is noted, until it is forgotten. One that comes while another is noted does end the program. */
void signals_note_interrupts(void);
bool signals_interrupted(void);
void signals_forget(void);
#endif
