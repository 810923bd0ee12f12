/* What the files of a reader share: reader.c puts cells into rows, reader_csv.c and reader_json.c find them. */
#ifndef RUBRIC_BATCH_READER_PARTS_H
#define RUBRIC_BATCH_READER_PARTS_H
#include "batch/cell.h"
#include "batch/csv_text.h"
#include "batch/reader.h"

enum { DIGITS_FAST = 9 /* as many fit four bytes */ };

/* How columns are read. Whatever is not as they expect they leave to PASS_CELLS. */
enum passing {
    PASS_CELLS,
    PASS_ID,
    PASS_COUNTS,  /* whole numbers in four bytes */
    PASS_NUMBERS, /* any */
    PASS_VALUES   /* one input each */
};

/* Columns beside one another that are read alike. */
struct passage {
    enum passing kind;
    size_t first, count;
};

/* Of a share in two columns, until both are read. */
struct halves {
    struct csv_piece part, whole;
    bool waits;
};

/* What a cell of four bytes becomes in which nothing stands. */
struct blank {
    uint8_t *states; /* of the block at hand */
    bool *open;
    int32_t number;
    uint8_t state;
    bool opens;
    bool plain; /* else it is more than that */
};

struct reader {
    const struct layout *layout;
    const struct input *inputs;
    size_t input_count;
    struct cell_rule *rules;
    bool *filled;          /* [input]: by some column */
    bool *counted;         /* [input]: its plain numbers are looked at when the block is full */
    struct halves *halves; /* [input] */
    struct passage *passages;
    size_t passage_count;
    void **columns;                   /* [column]: of the block at hand, where it has one input */
    const struct cell_rule **rule_of; /* [column]: of that input */
    struct blank *blanks;             /* [column]: likewise */
    const char *text, *at, *to;
    size_t line; /* lines before `at` */
    struct block *block;
    size_t row;          /* in the making */
    const char *row_end; /* before its line end */
    struct csv_piece id;
    size_t lines;      /* line ends inside its cells */
    struct keys *keys; /* of JSON */
};

/* A cell of the row at hand. False: the row has no id. */
bool reader_take(struct reader *reader, size_t column, const struct csv_piece *piece);
/* The same of one input. */
void reader_take_input(struct reader *reader, size_t input, const struct csv_piece *piece);
/* Of a share that came with one half alone. */
void reader_take_half(struct reader *reader, size_t input);
/* The row at hand, from `start` to `row_end`, is done. */
void reader_keep(struct reader *reader, const char *start);
/* It is none of ours, for whatever was read of it. */
void reader_refuse(struct reader *reader, const char *start, const char *end);
/* It holds nothing. */
void reader_drop(struct reader *reader);

void reader_csv_row(struct reader *reader);
void reader_json_row(struct reader *reader);
/* False: no memory. */
bool reader_csv_plan(struct reader *reader);
bool reader_json_plan(struct reader *reader);
void reader_json_free(struct reader *reader);
#endif
