/* What a message means: its page for a terminal, and the list of all messages. Nothing here is about one standard. */
#ifndef RUBRIC_REPORT_MESSAGE_PAGE_H
#define RUBRIC_REPORT_MESSAGE_PAGE_H
#include "diag/diag.h"
#include "report/page.h"

/* The page of docs/errors/; where there is none, the message and its help, with … where a message has the author's words. */
void message_page(struct page *page, enum diag_code code, enum lang lang);
/* Every code with its message, by chapter. */
void message_list(struct page *page, enum lang lang);
#endif
