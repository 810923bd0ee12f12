/* Why a part has its score, in one line for the sheet: what was lost (of faults and bonuses: what counted), why it was left out, what is open. */
#ifndef RUBRIC_REPORT_REASON_H
#define RUBRIC_REPORT_REASON_H
#include "report/say.h"
#include "report/view.h"

/* "" where there is nothing to say. */
const char *reason_of(const struct view *view, const struct part *part);
/* A part inside another, as a line of its ledger: what does not apply is not counted, nobody lost it. */
const char *reason_part(const struct view *view, const struct part *part);
/* A line of a ledger without its points: a label, the conditions that failed (of what was earned or taken away: that held) with their values. */
const char *reason_line(const struct view *view, const struct part *part, const struct ledger_line *line,
                        bool earned);
/* The words for why it does not count. */
const char *reason_skipped(const struct view *view, const struct part *part);
/* The author's words of a line, for machines: its label or that of the case taken, else its condition, else the statement; NULL where there is no line. */
const char *reason_source(const struct view *view, const struct line *line);
/* What a value waits for: "Visitors; no evidence for Dues"; "" where nothing. */
const char *reason_open(const struct view *view, const struct ir_node *node);
/* Of lines that come from no statement. */
enum say reason_word(enum ledger_reason reason, bool earned);
#endif
