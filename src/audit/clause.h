/* Numbers of clauses, as cites write them: 附件1 一(2), § 7.3. */
#ifndef RUBRIC_AUDIT_CLAUSE_H
#define RUBRIC_AUDIT_CLAUSE_H

/* The one clause between two that differ by 2 in one number. NULL: they differ otherwise. */
const char *clause_between(const char *before, const char *behind);
#endif
