/* A file of any size, or standard input, read piece by piece as UTF-8. Text in GB18030 is turned into it on the way: which of the two it is, the
 * piece that begins with what is not plain ASCII tells, unless the caller has said. A piece that may be either, since all of it is valid in both, is
 * looked at together with what follows, up to 1 MiB; if that does not tell, it is UTF-8. Nothing is passed on before that is settled. Bytes that are neither are passed on as they stand: whoever reads the
 * text finds them. */
#ifndef RUBRIC_BASE_INFLOW_H
#define RUBRIC_BASE_INFLOW_H
#include <stdint.h>
#include "base/io.h"

enum encoding { ENCODING_UNDECIDED, ENCODING_UTF8, ENCODING_GB18030 };

struct inflow;

/* How far it has come. */
struct inflow_state {
    enum encoding encoding;
    uint64_t taken; /* bytes of the file */
};

/* "-" is standard input. `inflow` is then to be closed. */
enum io_result inflow_open(const char *path, enum encoding encoding, struct inflow **inflow);
/* Up to `size` bytes, at least INFLOW_LEAST; 0: the end, or a failure, which inflow_result tells. */
size_t inflow_read(struct inflow *inflow, char *room, size_t size);
/* IO_CHANGED: somebody wrote to the file meanwhile. */
enum io_result inflow_result(const struct inflow *inflow);
struct inflow_state inflow_state(const struct inflow *inflow);
uint64_t inflow_size(const struct inflow *inflow); /* 0: nobody knows */
void inflow_close(struct inflow *inflow);

enum {
    INFLOW_LEAST = 64,
    TEXT_ROW_MAX = 1 << 20 /* bytes of a row of a text, with its line end: for all who cut it into rows */
};
#endif
