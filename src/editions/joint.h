/* Two editions in one list of nodes: what both work out alike is one node, and a fact that both declare is one fact, so that a question
 * about both can be asked of one unit. Lives in collected memory. */
#ifndef RUBRIC_EDITIONS_JOINT_H
#define RUBRIC_EDITIONS_JOINT_H
#include "editions/form.h"

enum edition { EDITION_OLD, EDITION_NEW, EDITIONS };

/* What the new edition calls otherwise: its name → that of the old one. */
struct joint_names { struct map facts, scores, settings; };

struct joint {
    const struct standard *of[EDITIONS];
    struct standard *standard;         /* facts, scores, thresholds and nodes of both; no parts, no outcomes */
    struct ir_node **nodes[EDITIONS];  /* [node id of the edition]: the node in `standard` */
    size_t *facts[EDITIONS], *judged[EDITIONS], *settings[EDITIONS]; /* [slot of the edition]: the slot in `standard` */
    size_t **symbols[EDITIONS];        /* [slot of `standard`][place among the values that both have]: the place in the edition; NULL: the same */
};

/* NULL: their columns differ, and no unit is read alike by both. */
struct joint *joint_of(const struct standard *old, const struct standard *new, const struct joint_names *renamed);
/* What a fact or a score is called in `standard`: where two of one name are not one, each has its own. */
const char *joint_fact(const struct joint *joint, enum edition edition, size_t slot);
const char *joint_score(const struct joint *joint, enum edition edition, size_t slot); /* a path */
/* Is nothing said of the fact, or nothing proved, read alike by both? */
bool joint_silence_alike(const struct joint *joint, size_t new_slot);

/* That both are n/a or neither, and come to the same: a truth, never n/a. Both of one kind. */
struct ir_node *joint_differ(struct joint *joint, const struct ir_node *old, const struct ir_node *new);
/* The same of grades, which go by their names. */
struct ir_node *joint_grades_differ(struct joint *joint);
#endif
