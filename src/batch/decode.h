/* GB18030 as UTF-8. A decoder is for one thread at a time. */
#ifndef RUBRIC_BATCH_DECODE_H
#define RUBRIC_BATCH_DECODE_H
#include <stdbool.h>
#include "batch/bytes.h"

struct decoder;

struct decoder *decoder_new(void); /* NULL: this system does not know the encoding */
void decoder_free(struct decoder *decoder);
/* In the place of what `out` held. A byte that begins no character becomes 0xFF, which is none in UTF-8 either; line ends stay where they are. */
void decoder_run(struct decoder *decoder, const char *text, size_t length, struct bytes *out);
/* Is all of it GB18030? Its last character may be cut off. */
bool decoder_takes(struct decoder *decoder, const char *text, size_t length);
#endif
