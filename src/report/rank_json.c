/* Beside a unit's results, its rank and its place:
 *   "rank":{"value":"2"} or {"lo":"2","hi":"4"}, "exact":false and "na":true where so;
 *   "quota":{"stage","status","places"}, where it is tied also "tied":{"units","places"}. */
#include "report/rank.h"
#include "report/values.h"

const char *rank_seat_name(enum seat seat)
{
    static const char *const names[] = {[SEAT_IN] = "in",
                                        [SEAT_TIED] = "tied",
                                        [SEAT_UNDECIDED] = "undecided",
                                        [SEAT_OUT] = "out",
                                        [SEAT_NO_CANDIDATE] = "not a candidate"};
    return names[seat];
}

struct place {
    const struct ranking *ranking;
    size_t entry;
};

static void flag(struct json *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

static void rank_object(struct json *json, const struct ranked *rank)
{
    json_key(json, "rank");
    json_open(json, '{');
    if (rank->best == rank->worst) {
        json_pair(json, "value", rank->best ? values_count(rank->best) : "n/a");
    } else {
        json_pair(json, "lo", values_count(rank->best));
        json_pair(json, "hi", values_count(rank->worst));
    }
    if (!rank->exact)
        flag(json, "exact", false);
    if (rank->perhaps_none)
        flag(json, "na", true);
    json_close(json, '}');
}

/* Of how many equals it is one, and how many places there are for them; who they are, their status says. */
static void tie_object(struct json *json, const struct rank_tie *tie)
{
    json_key(json, "tied");
    json_open(json, '{');
    json_pair(json, "units", values_count(tie->members));
    json_key(json, "places");
    if (tie->least == tie->most) {
        json_text(json, values_count(tie->least));
    } else {
        json_open(json, '{');
        json_pair(json, "lo", values_count(tie->least));
        json_pair(json, "hi", values_count(tie->most));
        json_close(json, '}');
    }
    json_close(json, '}');
}

static void quota_object(struct json *json, const struct place *place)
{
    const struct ranking *ranking = place->ranking;
    enum seat seat = ranking->seats[place->entry];
    json_key(json, "quota");
    json_open(json, '{');
    json_pair(json, "stage", ranking->contest->stage->name);
    json_pair(json, "status", rank_seat_name(seat));
    json_pair(json, "places",
              ranking->places.kind == SEATS_KNOWN ? values_count(ranking->places.count) : NULL);
    if (seat == SEAT_TIED)
        tie_object(json, &ranking->tie);
    json_close(json, '}');
}

static void members(struct json *json, const void *data)
{
    const struct place *place = data;
    rank_object(json, &place->ranking->ranks[place->entry]);
    if (place->ranking->seats)
        quota_object(json, place);
}

void rank_json(struct str *out, const struct ranking *ranking, size_t entry, const struct view *view,
               const struct diags *messages)
{
    json_unit_with(out, view, messages, members, &(struct place){ranking, entry});
}
