/* Two editions of a standard side by side: what is written otherwise, what that does, and what it does to units; for a person, and as JSON. */
#ifndef RUBRIC_REPORT_EDITIONS_H
#define RUBRIC_REPORT_EDITIONS_H
#include "editions/account.h"
#include "report/page.h"
#include "report/view.h"

struct editions_view {
    const struct impacts *impacts;
    const struct accounting *accounting; /* NULL: one of them gives no points */
    enum lang lang;
};

/* As texts call them: "2018", or the file's name where both go by one edition. */
const char *editions_name(const struct editions_view *view, enum edition edition);
/* What a subject comes to in an evaluation of one edition. */
const char *editions_value(const struct editions_view *view, const struct subject *subject, enum edition edition,
                           const struct evaluation *evaluation);
bool editions_value_same(const struct editions_view *view, const struct subject *subject, const struct account *account);
/* "2018修订 一; threshold enough": by what it is so, clauses first. "" for nothing. */
const char *editions_because(const struct editions_view *view, const struct subject *subject);
const char *editions_subject(const struct editions_view *view, const struct subject *subject); /* its label, else its path */
/* "criterion results.media". */
const char *editions_thing(const struct revision *revision, enum lang lang);

void editions_write(struct page *page, const struct editions_view *view);
void editions_unit(struct page *page, const struct editions_view *view, const struct account *account);

void editions_json(struct str *out, const struct editions_view *view);
void editions_unit_json(struct str *out, const struct editions_view *view, const struct account *account);

/* All units of a call. */
struct editions_move { const char *of, *from, *to; size_t count; };
struct editions_line { const char *unit, *old, *new; struct value difference; bool exact; VEC(const char *) moves; };
struct editions_sums {
    size_t units, refused, more, less, same, open;
    VEC(struct editions_move) moves;  /* grades, eligibility, gates and qualifications that come out otherwise */
    VEC(struct editions_line) lines;  /* a unit each */
};
void editions_count(struct editions_sums *sums, const struct editions_view *view, const struct account *account);
/* A row a unit, those that lose most first. */
void editions_table(struct page *page, const struct editions_view *view, const struct editions_sums *sums);
void editions_summary(struct page *page, const struct editions_view *view, const struct editions_sums *sums);
#endif
