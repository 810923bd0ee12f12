#include "batch/decode.h"
#include <errno.h>
#include <iconv.h>

enum { SMALL = 4096 };

struct decoder {
    iconv_t iconv;
};

struct decoder *decoder_new(void)
{
    struct decoder *decoder = malloc(sizeof *decoder);
    if (!decoder)
        mem_exhausted();
    decoder->iconv = iconv_open("UTF-8", "GB18030");
    if (decoder->iconv != (iconv_t)-1)
        return decoder;
    free(decoder);
    return NULL;
}

void decoder_free(struct decoder *decoder)
{
    if (decoder)
        iconv_close(decoder->iconv);
    free(decoder);
}

/* As much as can be read and has room. 0, or why it went no further: E2BIG, EILSEQ, EINVAL. */
static int go_on(struct decoder *decoder, char **in, size_t *left, char **out, size_t *room)
{
    return iconv(decoder->iconv, in, left, out, room) == (size_t)-1 ? errno : 0;
}

/* No byte becomes more than two, and a carry of a few. */
void decoder_run(struct decoder *decoder, const char *text, size_t length, struct bytes *out)
{
    bytes_need(out, 2 * length + SMALL);
    char *in = (char *)text, *end = out->at;
    size_t left = length, room = out->room;
    iconv(decoder->iconv, NULL, NULL, NULL, NULL);
    while (left > 0 && go_on(decoder, &in, &left, &end, &room) != 0 && left > 0) {
        *end++ = (char)0xFF;
        room--;
        in++;
        left--;
    }
    out->length = (size_t)(end - out->at);
}

bool decoder_takes(struct decoder *decoder, const char *text, size_t length)
{
    char unused[SMALL], *in = (char *)text;
    size_t left = length;
    int why;
    iconv(decoder->iconv, NULL, NULL, NULL, NULL);
    do {
        char *out = unused;
        size_t room = sizeof unused;
        why = go_on(decoder, &in, &left, &out, &room);
    } while (why == E2BIG);
    return why == 0 || why == EINVAL;
}
