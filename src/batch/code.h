/* What a program consists of: registers, which are columns, and instructions that each make one of others. For this folder alone: `program`,
 * `inputs`, `lower` and `slots` make it, `machine` runs it. */
#ifndef RUBRIC_BATCH_CODE_H
#define RUBRIC_BATCH_CODE_H
#include "base/vec.h"
#include "batch/program.h"

enum column_op {
#define COLUMN_OP(name) COLUMN_##name,
#include "batch/ops.def"
#undef COLUMN_OP
    COLUMN_OP_COUNT
};

/* What a byte of a column of truths, or beside a column of numbers, says can be. More than CAN_BE_… of machine.h. */
enum { CAN_FAULT = 16 };

/* No register: `k` (or `k2`) stands in its place. */
#define NO_REG ((unsigned)-1)

struct instr {
    enum column_op op;
    unsigned to, a, b, c; /* registers */
    int64_t k, k2, k3;
    bool endless; /* of numbers: what is open may have no end */
};

enum reg_width { REG_BYTES, REG_4, REG_8, REG_WIDTHS };

/* `input`: what a reader fills, else NO_REG. A number that may be unknown has a second column for its high end. */
struct reg {
    enum reg_width width;
    unsigned slot; /* where its columns stand in a machine's memory, among those of its width */
};

/* How a row in which an input is open is entered: the ends of its range; of a share of part and whole. */
struct opening {
    int64_t low, high;
    bool low_infinite, high_infinite;
    int64_t low_whole, high_whole;
};

/* An input as registers. */
struct entry {
    size_t input;
    unsigned number, whole, can; /* NO_REG: not read, or none */
    const struct opening *opening;
    bool is_asked_known; /* its states are read */
};

struct reg_list {
    VEC(unsigned) list;
};

/* A value as registers. */
struct answer {
    struct output output;
    unsigned number, whole,
        can; /* NO_REG: a truth has no number, all but quotients no whole, what is always a number no `can` */
    bool is_const;
    int64_t constant; /* of a number */
};

/* What an input is set to where it is open, to see whether a value comes about. */
struct trials {
    size_t input;
    VEC(int64_t) numbers, wholes; /* of a share both; `wholes` is empty otherwise */
};

/* A value in which intervals may hold more than can be. Where one of these inputs is open, both its ends must come about in a trial. */
struct joint {
    const struct ir_node *node;
    struct answer value;
    VEC(struct trials) tangled;
    const struct program *alone; /* the instructions that this value takes; its only answer */
};

struct program {
    struct input *inputs;
    struct output *outputs;
    struct opening *openings;  /* [input] */
    VEC(struct entry) entries; /* what is read */
    size_t input_count, answer_count;
    struct answer *answers;
    struct reg_list guards; /* bytes that must not say CAN_FAULT */
    VEC(struct joint) joints;
    VEC(struct trials) split;    /* all inputs that a joint is tangled in, the numbers of each ascending */
    const struct program *whole; /* the same without joints; NULL: there are none */
    VEC(struct instr) code;
    VEC(struct reg) regs;
    size_t slots[REG_WIDTHS];
};

/* inputs.c: what of the standard columns can take; sets inputs and their openings. */
void program_find_inputs(struct program *program, const struct standard *standard);
/* The input that a FACT or JUDGED node reads; -1: none. */
long program_input_of(const struct program *program, const struct ir_node *node);
/* slots.c: gives each register a place, those that are not needed at the same time the same one. */
void program_place(struct program *program);
/* The same inputs, and of the instructions those that one value takes. */
const struct program *program_alone(const struct program *program, const struct answer *value);
#endif
