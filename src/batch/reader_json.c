#include <stdlib.h>
#include "batch/reader_parts.h"
void reader_json_row(struct reader *reader)
{
    reader->at = reader->to;
}
bool reader_json_plan(struct reader *reader)
{
    return reader;
}
void reader_json_free(struct reader *reader)
{
    (void)reader;
}
