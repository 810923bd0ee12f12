/* What a value can be in a row, as bits. */
#ifndef RUBRIC_BATCH_CAN_H
#define RUBRIC_BATCH_CAN_H

enum { CAN_BE_YES = 1, CAN_BE_NO = 2, CAN_BE_NA = 4, CAN_BE_ELSE = 8 /* a number, or a place of a choice */ };
#endif
