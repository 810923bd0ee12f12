/* What there is in a standard, by handle. */
#include "api/held.h"
#include "report/say.h"

const char *rubric_version(void)
{
    return RUBRIC_VERSION;
}

static enum lang lang_of(rubric_lang lang)
{
    return lang == RUBRIC_ZH ? LANG_ZH : LANG_EN;
}

const char *rubric_status_text(rubric_status status, rubric_lang lang)
{
    switch (status) {
    case RUBRIC_OK: return say(SAY_STATUS_OK, lang_of(lang));
    case RUBRIC_REFUSED: return say(SAY_STATUS_REFUSED, lang_of(lang));
    case RUBRIC_NO_SUCH: return say(SAY_STATUS_NO_SUCH, lang_of(lang));
    case RUBRIC_WRONG_TYPE: return say(SAY_STATUS_WRONG_TYPE, lang_of(lang));
    case RUBRIC_NOT_ONE: return say(SAY_STATUS_NOT_ONE, lang_of(lang));
    case RUBRIC_NOT_EVALUATED: return say(SAY_STATUS_NOT_EVALUATED, lang_of(lang));
    case RUBRIC_NO_MEMORY: return say(SAY_STATUS_NO_MEMORY, lang_of(lang));
    }
    return "";
}

/* ---------------------------------------------------------------- the standard */

const char *rubric_standard_name(const rubric_standard *standard)
{
    return standard->standard->name;
}

const char *rubric_standard_label(const rubric_standard *standard)
{
    return standard->standard->label;
}

const char *rubric_standard_edition(const rubric_standard *standard)
{
    return standard->standard->edition;
}

const char *rubric_standard_sha256(const rubric_standard *standard)
{
    return standard->standard->sha256;
}

const char *rubric_standard_why_cold(const rubric_standard *standard, rubric_lang lang)
{
    return standard->why_cold ? diag_word(standard->why_cold, lang_of(lang)) : NULL;
}

/* ---------------------------------------------------------------- facts */

static const struct sayable *fact_find(const rubric_standard *standard, int fact)
{
    return fact >= 0 && fact < standard->sayable_count ? &standard->sayables[fact] : NULL;
}

int rubric_fact_count(const rubric_standard *standard)
{
    return standard->sayable_count;
}

int rubric_fact_find(const rubric_standard *standard, const char *name)
{
    const struct fact_declaration *fact = map_find(&standard->standard->facts_by_name, name);
    if (fact)
        return (int)fact->slot;
    for (int i = (int)standard->standard->facts.count; i < standard->sayable_count; i++)
        if (str_equal(standard->sayables[i].name, name))
            return i;
    return -1;
}

const char *rubric_fact_name(const rubric_standard *standard, int fact)
{
    const struct sayable *sayable = fact_find(standard, fact);
    return sayable ? sayable->name : NULL;
}

const char *rubric_fact_label(const rubric_standard *standard, int fact)
{
    const struct sayable *sayable = fact_find(standard, fact);
    return sayable ? sayable->label : NULL;
}

rubric_type rubric_fact_type(const rubric_standard *standard, int fact)
{
    const struct sayable *sayable = fact_find(standard, fact);
    return sayable ? sayable->type : (rubric_type)-1;
}

const char *rubric_fact_unit(const rubric_standard *standard, int fact)
{
    const struct sayable *sayable = fact_find(standard, fact);
    const struct measure *unit = sayable && sayable->field ? sayable->field->type.unit : NULL;
    return unit ? unit->name : NULL;
}

static const struct symbol *symbol_find(const struct choice *choice, int value)
{
    return choice && value >= 0 && (size_t)value < choice->count ? &choice->symbols[value] : NULL;
}

static const struct choice *choice_of(const rubric_standard *standard, int fact)
{
    const struct sayable *sayable = fact_find(standard, fact);
    return sayable && sayable->field ? sayable->field->type.choice : NULL;
}

int rubric_choice_count(const rubric_standard *standard, int fact)
{
    const struct choice *choice = choice_of(standard, fact);
    return choice ? (int)choice->count : 0;
}

const char *rubric_choice_name(const rubric_standard *standard, int fact, int value)
{
    const struct symbol *symbol = symbol_find(choice_of(standard, fact), value);
    return symbol ? symbol->name : NULL;
}

const char *rubric_choice_label(const rubric_standard *standard, int fact, int value)
{
    const struct symbol *symbol = symbol_find(choice_of(standard, fact), value);
    return symbol ? symbol->label : NULL;
}

/* ---------------------------------------------------------------- parts, grades, qualifications */

static const struct part *part_at(const rubric_standard *standard, int part)
{
    return part >= 0 && part < standard->part_count ? standard->parts[part] : NULL;
}

int rubric_part_count(const rubric_standard *standard)
{
    return standard->part_count;
}

int rubric_part_find(const rubric_standard *standard, const char *path)
{
    for (int i = 0; i < standard->part_count; i++)
        if (str_equal(standard->parts[i]->path, path))
            return i;
    return -1;
}

const char *rubric_part_path(const rubric_standard *standard, int part)
{
    const struct part *it = part_at(standard, part);
    return it ? it->path : NULL;
}

const char *rubric_part_label(const rubric_standard *standard, int part)
{
    const struct part *it = part_at(standard, part);
    return it ? it->label : NULL;
}

const char *rubric_part_cap(const rubric_standard *standard, int part)
{
    return part_at(standard, part) ? standard->caps[part] : NULL;
}

int rubric_grade_count(const rubric_standard *standard)
{
    const struct choice *grades = standard->standard->grades;
    return grades ? (int)grades->count : 0;
}

const char *rubric_grade_name(const rubric_standard *standard, int grade)
{
    const struct symbol *symbol = symbol_find(standard->standard->grades, grade);
    return symbol ? symbol->name : NULL;
}

const char *rubric_grade_label(const rubric_standard *standard, int grade)
{
    const struct symbol *symbol = symbol_find(standard->standard->grades, grade);
    return symbol ? symbol->label : NULL;
}

int rubric_qualification_count(const rubric_standard *standard)
{
    return standard->qualification_count;
}

const char *rubric_qualification_name(const rubric_standard *standard, int qualification)
{
    bool there = qualification >= 0 && qualification < standard->qualification_count;
    return there ? standard->qualifications[qualification]->name : NULL;
}
