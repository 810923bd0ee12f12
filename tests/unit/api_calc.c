/* Units through the library's public face alone, for the tests in Python.
 *   api_calc RULES UNIT.facts…   of each unit two lines: {"json": what rubric_unit_json says, "read": results, "said": results}, where "said" is the
 *                                unit made anew of the entries of the file that stand on a line of their own, in an order of its own, over other
 *                                entries; null where the file has other lines
 *   api_calc RULES --changing COUNT SEED
 *                                one unit, a few of its facts changed at random COUNT times: of each state {"json": …, "read": results} */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "api/rubric.h"

enum { LINES_MAX = 4000, ROOM = 4096 };

struct entry {
    char *name, *value;
};

static const char *const WAYS[] = {"none", "known", "ranges", "evaluator"};
static const char *const TRUTHS[] = {"no", "yes", "unknown", "n/a"};

static char *file_text(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    size_t room = 1 << 22;
    char *text = malloc(room);
    *length = file ? fread(text, 1, room - 1, file) : 0;
    text[*length] = '\0';
    if (file)
        fclose(file);
    return text;
}

static void print_text(const char *text)
{
    putchar('"');
    for (; *text; text++)
        if (*text == '"' || *text == '\\')
            printf("\\%c", *text);
        else if ((unsigned char)*text < ' ')
            printf("\\u%04x", *text);
        else
            putchar(*text);
    putchar('"');
}

static void print_score(const rubric_unit *unit, int part)
{
    char low[ROOM], high[ROOM];
    int64_t scaled;
    rubric_status status = rubric_score(unit, part, 6, &scaled);
    if (rubric_score_text(unit, part, RUBRIC_LOW, low, sizeof low) == 0) {
        printf("null");
        return;
    }
    rubric_score_text(unit, part, RUBRIC_HIGH, high, sizeof high);
    printf("[\"%s\", \"%s\", \"%s\", \"%s\", ", low, high, TRUTHS[rubric_score_is_na(unit, part)],
           TRUTHS[rubric_score_is_exact(unit, part)]);
    if (status == RUBRIC_OK)
        printf("%lld]", (long long)scaled);
    else
        printf("null]");
}

static void print_grade(const rubric_standard *standard, const rubric_unit *unit, rubric_end end)
{
    const char *name = rubric_grade_name(standard, rubric_grade(unit, end));
    if (name)
        print_text(name);
    else
        printf("null");
}

static void print_results(const rubric_standard *standard, rubric_unit *unit)
{
    rubric_status status = rubric_evaluate(unit);
    printf("{\"status\": %d, \"way\": \"%s\", \"total\": ", status, WAYS[rubric_unit_way(unit)]);
    print_score(unit, RUBRIC_TOTAL);
    printf(", \"subtotal\": ");
    print_score(unit, RUBRIC_SUBTOTAL);
    printf(", \"parts\": {");
    for (int i = 0; i < rubric_part_count(standard); i++) {
        printf(i ? ", " : "");
        print_text(rubric_part_path(standard, i));
        printf(": ");
        print_score(unit, i);
    }
    printf("}, \"grade\": [");
    print_grade(standard, unit, RUBRIC_LOW);
    printf(", ");
    print_grade(standard, unit, RUBRIC_HIGH);
    printf("], \"eligible\": \"%s\", \"qualifies\": {", TRUTHS[rubric_eligible(unit)]);
    for (int i = 0; i < rubric_qualification_count(standard); i++) {
        printf(i ? ", " : "");
        print_text(rubric_qualification_name(standard, i));
        printf(": \"%s\"", TRUTHS[rubric_qualifies(unit, i)]);
    }
    printf("}}");
}

/* ---- a unit said entry by entry */

/* `NAME = VALUE`, `score PATH = VALUE`; SIZE_MAX: there are other lines. */
static size_t entries_of(char *text, struct entry *entries)
{
    size_t count = 0;
    for (char *line = strtok(text, "\n"); line && count < LINES_MAX; line = strtok(NULL, "\n")) {
        char *equals = strstr(line, " = ");
        if (strncmp(line, "unit ", 5) == 0 || strncmp(line, "standard ", 9) == 0 || *line == '#')
            continue;
        if (!equals || *line == ' ' || *line == '\t' || strchr(line, '{') || strchr(line, '}'))
            return SIZE_MAX;
        *equals = '\0';
        entries[count++] = (struct entry){strncmp(line, "score ", 6) == 0 ? line + 6 : line, equals + 3};
    }
    return count;
}

static rubric_status say(const rubric_standard *standard, rubric_unit *unit, const struct entry *entry)
{
    int fact = rubric_fact_find(standard, entry->name);
    return fact >= 0 ? rubric_set_text(unit, fact, entry->value)
                     : rubric_set_named(unit, entry->name, entry->value);
}

/* What stands there first makes no difference. */
static void fill(const rubric_standard *standard, rubric_unit *unit, unsigned chance)
{
    for (int i = 0; i < rubric_fact_count(standard); i++) {
        unsigned which = (chance + (unsigned)i * 7) % 5;
        if (which == 0)
            rubric_set_unknown(unit, i);
        else if (which == 1)
            rubric_set_na(unit, i);
        else if (which == 2)
            rubric_set_number(unit, i, i % 3, 0);
        else if (which == 3)
            rubric_set_share(unit, i, i % 3, 7, 0);
        rubric_set_yesno(unit, i, which > 2);
        if (which == 4)
            rubric_set_choice(unit, i, 0);
    }
}

static void print_said(const rubric_standard *standard, const char *name, char *text, unsigned chance)
{
    static struct entry entries[LINES_MAX];
    size_t count = entries_of(text, entries);
    rubric_unit *unit;
    rubric_status status = RUBRIC_OK;
    if (count == SIZE_MAX || rubric_unit_new(standard, name, &unit) != RUBRIC_OK) {
        printf("null");
        return;
    }
    fill(standard, unit, chance);
    rubric_evaluate(unit);
    for (int i = 0; i < rubric_fact_count(standard); i++)
        rubric_unset(unit, i);
    for (size_t i = 0; i < count; i++) {
        rubric_status one = say(standard, unit, &entries[(i * 7 + chance) % count]);
        status = status == RUBRIC_OK ? one : status;
        if ((i + chance) % 3 == 0)
            rubric_evaluate(unit);
    }
    for (size_t i = 0; i < count; i++)
        say(standard, unit, &entries[i]);
    if (status == RUBRIC_OK)
        print_results(standard, unit);
    else
        printf("null");
    rubric_unit_free(unit);
}

/* ---- */

static void print_unit(const rubric_standard *standard, const char *path, unsigned chance)
{
    size_t length;
    char *text = file_text(path, &length);
    rubric_unit *unit;
    rubric_messages *messages;
    const char *json;
    if (rubric_unit_read(standard, path, text, length, &unit, &messages) != RUBRIC_OK) {
        printf("{\"refused\": \"%s\"}\n", rubric_message_code(messages, 0));
    } else {
        printf("{\"read\": ");
        print_results(standard, unit);
        printf(", \"json\": ");
        if (rubric_unit_json(unit, RUBRIC_EN, &json, NULL) == RUBRIC_OK)
            print_text(json);
        else
            printf("null");
        printf(", \"said\": ");
        print_said(standard, path, text, chance);
        printf("}\n");
    }
    rubric_messages_free(messages);
    rubric_unit_free(unit);
    free(text);
}

/* ---- a unit that changes */

static unsigned long chance_state;

static unsigned chance(unsigned below)
{
    chance_state = chance_state * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance_state >> 33) % below;
}

static rubric_status change_value(const rubric_standard *standard, rubric_unit *unit, int fact)
{
    static const int64_t NUMBERS[] = {0, 1, 2, 3, 5, 10, 25, 50, 97, 100, 250, 1000, -1, -3};
    int64_t number = NUMBERS[chance(sizeof NUMBERS / sizeof *NUMBERS)];
    switch (rubric_fact_type(standard, fact)) {
    case RUBRIC_YESNO: return rubric_set_yesno(unit, fact, (int)chance(2));
    case RUBRIC_CHOICE:
        return rubric_set_choice(unit, fact, (int)chance((unsigned)rubric_choice_count(standard, fact)));
    case RUBRIC_DATE:
        return rubric_set_date(unit, fact, 2018 + (int)chance(8), 1 + (int)chance(12), 1 + (int)chance(28));
    case RUBRIC_SHARE:
        return rubric_set_share(unit, fact, chance(11), 10 + (int64_t)chance(3) * 10, chance(2));
    case RUBRIC_NUMBER:
    case RUBRIC_SCORE: return rubric_set_number(unit, fact, number, chance(2));
    case RUBRIC_TEXT:
    case RUBRIC_MONTHS:
    case RUBRIC_LIST:
    case RUBRIC_TABLE:
    case RUBRIC_DOCUMENT: break;
    }
    return RUBRIC_OK;
}

static void change_fact(const rubric_standard *standard, rubric_unit *unit, int fact)
{
    unsigned which = chance(24);
    if (which == 0)
        rubric_set_unknown(unit, fact);
    else if (which == 1)
        rubric_unset(unit, fact);
    else if (which == 2)
        rubric_set_na(unit, fact);
    else
        for (int tries = 0; tries < 6 && change_value(standard, unit, fact) == RUBRIC_REFUSED; tries++)
            continue;
}

static void print_changes(const rubric_standard *standard, int count)
{
    rubric_unit *unit;
    const char *json;
    int facts = rubric_fact_count(standard);
    if (facts == 0 || rubric_unit_new(standard, "changing", &unit) != RUBRIC_OK)
        return;
    for (int round = 0; round < count; round++) {
        for (int i = 0; i < facts; i++)
            if (rubric_fact_type(standard, i) == RUBRIC_SCORE && chance(6) > 0)
                continue;
            else if (round % 8 == 0 || chance((unsigned)facts) < 2)
                change_fact(standard, unit, i);
        printf("{\"read\": ");
        print_results(standard, unit);
        printf(", \"json\": ");
        if (rubric_unit_json(unit, RUBRIC_EN, &json, NULL) == RUBRIC_OK)
            print_text(json);
        else
            printf("null");
        printf("}\n");
    }
    rubric_unit_free(unit);
}

int main(int argc, char **argv)
{
    rubric_standard *standard;
    rubric_messages *messages;
    if (argc < 2 || rubric_standard_load(argv[1], NULL, &standard, &messages) != RUBRIC_OK) {
        fprintf(
            stderr, "%s",
            argc < 2 ? "usage: api_calc RULES UNIT.facts…\n" : rubric_messages_shown(messages, RUBRIC_EN));
        return 2;
    }
    rubric_messages_free(messages);
    if (argc == 5 && strcmp(argv[2], "--changing") == 0) {
        chance_state = strtoul(argv[4], NULL, 10);
        print_changes(standard, atoi(argv[3]));
        argc = 2;
    }
    for (int i = 2; i < argc; i++)
        print_unit(standard, argv[i], (unsigned)i);
    rubric_standard_free(standard);
    return 0;
}
