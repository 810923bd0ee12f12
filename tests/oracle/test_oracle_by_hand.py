"""The oracle against lives worked out by hand. Dates in the comments are why the expectation is what it is."""
from datetime import date

from .stages import Decision, Procedure, Reading, Span, Stage, Title, Truth, Unit, after_span, in_order

YEAR, MONTH = Span(1, "years"), Span(1, "months")
NO_END = None


def day(text):
    return date.fromisoformat(text)


def decide(stage, outcome, on, by="committee"):
    return Decision(stage, outcome, day(on), by)


def truth(value):
    return Truth(((date.min, value),))


def reading(stages, titles, *decisions, given=None, truths=None):
    return Reading(Procedure(tuple(titles), tuple(stages)), Unit(given or {}, truths or {}, decisions))


def row(told, stage, occurrence=None):
    found = [row for row in told["stages"] if (row["stage"], row["occurrence"]) == (stage, occurrence)]
    assert len(found) == 1, told["stages"]
    return found[0]


def state(told, stage, occurrence=None):
    return row(told, stage, occurrence)["state"]


def title(told, name):
    found, = [row for row in told["titles"] if row["title"] == name]
    return found["held"], [(t["from"], t["to"], t["ended"]) for t in found["tenures"]]


def voids(told, stage, occurrence=None):
    return [decision["void"] for decision in row(told, stage, occurrence)["decisions"]]


APPLY = Stage("apply", by="unit", due=day("2017-04-25"))
ACCEPT = Stage("accept", by="committee", after=("apply",), confers=("created",))
CONFIRM = Stage("confirm", by="committee", after=("accept",), plus=YEAR, confers=("model",))
RECHECK = Stage("recheck", by="committee", after=("accept",), yearly=True, holding=("or", "created", "model"), rejection_revokes=("created", "model"))
TITLES = [Title("created"), Title("model")]
SOURCE = [APPLY, ACCEPT, CONFIRM, RECHECK]
APPLIED = decide("apply", "approved", "2017-04-20", "unit")
ACCEPTED = decide("accept", "approved", "2017-12-20")


def test_a_whole_life():
    life = reading(SOURCE, TITLES, APPLIED, ACCEPTED, decide("confirm", "approved", "2018-12-22"), decide("recheck", "approved", "2019-06-01"),
                   decide("recheck", "rejected", "2020-05-04"))
    # In 2018 only `created` is held, without end. `confirm` opens a year after 2017-12-20; so does the first recheck, for a year.
    told = life.on(day("2018-06-01"))
    assert state(told, "accept") == "approved" and title(told, "created") == ("yes", [("2017-12-20", NO_END, None)])
    assert state(told, "confirm") == "waiting" and row(told, "confirm")["opens"] == "2018-12-20" and row(told, "confirm")["waiting_for"] == []
    assert state(told, "recheck", 1) == "waiting" and row(told, "recheck", 1)["closes"] == "2019-12-19"
    # 2019-06-01 lies in the first occurrence, 2020-05-04 in the second; the rejection ends both titles on the eve.
    told = life.on(day("2020-06-01"))
    assert state(told, "recheck", 1) == "approved" and state(told, "recheck", 2) == "rejected"
    assert title(told, "created") == ("no", [("2017-12-20", "2020-05-03", "revoked")])
    assert title(told, "model") == ("no", [("2018-12-22", "2020-05-03", "revoked")])
    # The third occurrence opens on 2020-12-20, with no title to check.
    assert state(life.on(day("2020-12-20")), "recheck", 3) == "n/a"


def test_late_and_closed():
    life = reading(SOURCE, TITLES, decide("apply", "approved", "2017-04-26", "unit"), decide("accept", "approved", "2017-05-01"))
    # The due day itself is in time: the 25th leaves 0 days. On the 26th the stage is late; the approval of that day is void, so `accept` never opens.
    assert state(life.on(day("2017-04-25")), "apply") == "ready" and row(life.on(day("2017-04-25")), "apply")["days_left"] == 0
    told = life.on(day("2017-05-02"))
    assert (row(told, "apply")["state"], row(told, "apply")["without"]) == ("void", "late") and voids(told, "apply") == [["closed"]]
    assert (row(told, "accept")["state"], row(told, "accept")["without"]) == ("void", "waiting") and voids(told, "accept") == [["order"]]
    assert row(told, "accept")["waiting_for"] == ["apply"] and row(told, "apply")["days_left"] == -7


def test_one_day_is_taken_by_level():
    # The file has them backwards; on one day the stage that others follow goes first, so the second is in order.
    life = reading([ACCEPT, APPLY], TITLES, decide("accept", "approved", "2017-04-20"), APPLIED)
    told = life.on(day("2017-04-20"))
    assert state(told, "apply") == state(told, "accept") == "approved" and title(told, "created")[0] == "yes"


def test_authority_and_twice():
    life = reading([APPLY, ACCEPT], TITLES, APPLIED, decide("accept", "approved", "2017-05-01", "bureau"), ACCEPTED,
                   decide("accept", "rejected", "2017-12-21"))
    # The bureau's is void and changes nothing. Without a wait the approval has effect at once, so a later rejection is a second decision.
    told = life.on(day("2018-01-01"))
    assert voids(told, "accept") == [["authority"], [], ["twice"]] and state(told, "accept") == "approved"
    assert row(life.on(day("2017-06-01")), "accept")["state"] == "void" and row(life.on(day("2017-06-01")), "accept")["without"] == "ready"


def test_all_reasons_stand_in_their_order():
    stage = Stage("accept", by="committee", due=day("2017-03-31"), holding="created", requires=("sound",))
    life = reading([stage], TITLES, decide("accept", "returned", "2017-01-01"), decide("accept", "approved", "2017-04-01", "bureau"),
                   truths={"sound": truth("n/a")})
    # `created` is never held, so neither is valid; n/a counts as not met, and a return is not asked for it.
    assert voids(life.on(day("2017-05-01")), "accept") == [["title"], ["authority", "title", "requirement", "closed"]]
    assert row(life.on(day("2017-05-01")), "accept")["without"] == "n/a"


WAITED = Stage("publish", by="committee", wait=Span(5, "days"), due=day("2017-03-03"), confers=("created",), revokes=("model",))


def waited(*decisions):
    return reading([WAITED], TITLES, decide("publish", "approved", "2017-03-01"), *decisions)


def test_effect_after_a_wait():
    # Five days after 1 March is the 6th. Until then it is approved without the title.
    assert title(waited().on(day("2017-03-05")), "created") == ("no", []) and row(waited().on(day("2017-03-05")), "publish")["effect"] == "2017-03-06"
    assert title(waited().on(day("2017-03-06")), "created") == ("yes", [("2017-03-06", NO_END, None)])
    # An objection on the 6th comes after the effect of that day: it is a second decision, and past the due day.
    told = waited(decide("publish", "rejected", "2017-03-06")).on(day("2017-03-06"))
    assert state(told, "publish") == "approved" and voids(told, "publish") == [[], ["closed", "twice"]]


def test_objection_within_the_wait():
    # On the 5th it is within the wait; that the stage closed on the 3rd does not matter to an objection.
    told = waited(decide("publish", "rejected", "2017-03-05")).on(day("2017-04-01"))
    assert state(told, "publish") == "rejected" and voids(told, "publish") == [[], []] and title(told, "created") == ("no", [])


def test_returned_and_again():
    again = decide("publish", "approved", "2017-03-03")
    # Returned on the 2nd within the wait, approved again on the due day: in effect on the 8th.
    told = waited(decide("publish", "returned", "2017-03-02"), again).on(day("2017-03-08"))
    assert voids(told, "publish") == [[], [], []] and title(told, "created") == ("yes", [("2017-03-08", NO_END, None)])
    # Returned on the 4th: the stage is open to nobody, the due day has gone by.
    told = waited(decide("publish", "returned", "2017-03-04"), decide("publish", "approved", "2017-03-05")).on(day("2017-03-08"))
    assert state(told, "publish") == "late" and voids(told, "publish") == [[], [], ["closed"]]
    # A return of the same day, later in the file, undoes the approval as well.
    assert state(waited(decide("publish", "returned", "2017-03-01")).on(day("2017-03-03")), "publish") == "returned"


def lapsing(*decisions):
    return reading([APPLY, ACCEPT, RECHECK], [Title("created", YEAR), Title("model")], APPLIED, ACCEPTED, *decisions)


def test_the_term_and_its_renewal():
    # A term of a year ends on 2018-12-19. The check of 2018-12-20 … 2019-12-19 still finds it in hand on any of its days.
    assert title(lapsing().on(day("2019-03-01")), "created") == ("no", [("2017-12-20", "2018-12-19", "lapsed")])
    assert state(lapsing().on(day("2019-03-01")), "recheck", 1) == "ready"
    # Approved in March, the title is whole again from the day after its end, for a year.
    told = lapsing(decide("recheck", "approved", "2019-03-01")).on(day("2019-03-01"))
    assert title(told, "created") == ("yes", [("2017-12-20", "2019-12-19", None)])
    # Not approved: the first occurrence is late, and on the opening of the second (2019-12-20) nothing is in hand.
    told = lapsing().on(day("2020-01-01"))
    assert state(told, "recheck", 1) == "late" and state(told, "recheck", 2) == "n/a"
    # An approval then is void for want of the title.
    told = lapsing(decide("recheck", "approved", "2020-01-01")).on(day("2020-01-01"))
    assert voids(told, "recheck", 2) == [["title"]] and (row(told, "recheck", 2)["state"], row(told, "recheck", 2)["without"]) == ("void", "n/a")


def test_a_lapsed_tenure_is_not_revoked():
    # Rejected in 2019-03, after the title lapsed of itself: there is nothing to revoke.
    told = lapsing(decide("recheck", "rejected", "2019-03-01")).on(day("2019-03-01"))
    assert title(told, "created") == ("no", [("2017-12-20", "2018-12-19", "lapsed")]) and state(told, "recheck", 1) == "rejected"


def test_conferred_and_revoked_on_one_day():
    # `audit` is of a deeper level than `accept`: the title begins and is taken away altogether.
    audit = Stage("audit", by="committee", after=("accept",), rejection_revokes=("created",))
    told = reading([APPLY, ACCEPT, audit], TITLES, APPLIED, ACCEPTED, decide("audit", "rejected", "2017-12-20")).on(day("2018-01-01"))
    assert title(told, "created") == ("no", [])


def test_conferred_again_while_held():
    again = Stage("again", by="committee", confers=("created",))
    # The term of 2017-12-20 ends on 2018-12-19; conferred again on 2018-06-01 it lasts to 2019-05-31, as one tenure.
    life = reading([APPLY, ACCEPT, again], [Title("created", YEAR)], APPLIED, ACCEPTED, decide("again", "approved", "2018-06-01"))
    told = life.on(day("2018-06-01"))
    assert title(told, "created") == ("yes", [("2017-12-20", "2019-05-31", None)])


def test_join_opens_with_the_last():
    join = Stage("join", by="committee", after=("a", "b"), plus=MONTH)
    stages = [Stage("a", by="committee"), Stage("b", by="committee"), join]
    life = reading(stages, [], decide("a", "approved", "2017-01-31"), decide("b", "approved", "2017-01-05"))
    # The later effect is 31 January; a month on is 28 February, the month's end.
    assert row(life.on(day("2017-02-27")), "join")["opens"] == "2017-02-28" and state(life.on(day("2017-02-27")), "join") == "waiting"
    assert state(life.on(day("2017-02-28")), "join") == "ready"
    assert row(life.on(day("2017-01-30")), "join")["waiting_for"] == ["a"] and row(life.on(day("2017-01-30")), "join")["opens"] is None


def test_each_year_from_a_span():
    yearly = Stage("check", by="committee", after=("a",), plus=Span(6, "months"), yearly=True)
    life = reading([Stage("a", by="committee"), yearly], [], decide("a", "approved", "2016-08-29"), decide("check", "returned", "2018-02-27"))
    # Half a year after 2016-08-29 is 2017-02-28 (no 29th); then each 28 February. 27 February 2018 is the last day of the first.
    told = life.on(day("2018-02-28"))
    assert [(r["occurrence"], r["opens"], r["closes"], r["state"]) for r in told["stages"][1:]] == [
        (1, "2017-02-28", "2018-02-27", "late"), (2, "2018-02-28", "2019-02-27", "ready")]


def test_unknown_requirement():
    gated = Stage("accept", by="committee", requires=("sound",), confers=("created",))
    life = reading([gated, Stage("confirm", by="committee", after=("accept",))], TITLES, decide("accept", "approved", "2017-05-01"),
                   truths={"sound": truth("unknown")})
    # If it was met the stage is approved; if not, the decision is void and the stage, whose fact is as unknown as ever, would be open.
    told = life.on(day("2017-06-01"))
    assert row(told, "accept")["state"] == "unknown" and row(told, "accept")["possible"] == ["approved", "void"]
    assert row(told, "accept")["effect"] == "unknown" and row(told, "accept")["decisions"][0]["valid"] == "unknown"
    assert row(told, "accept")["decisions"][0]["void"] == ["requirement"]
    assert told["titles"][0] == {"title": "created", "held": "unknown", "tenures": None, "renewable": None}
    assert row(told, "confirm")["possible"] == ["waiting", "ready"] and row(told, "confirm")["opens"] == "unknown"


def test_one_condition_is_one_question():
    stages = [Stage("a", by="committee", requires=("sound",)), Stage("b", by="committee", after=("a",), requires=("sound",))]
    decisions = decide("a", "approved", "2017-05-01"), decide("b", "approved", "2017-05-02")
    # Both hang on the same answer: there is no world in which `a` is approved and `b` is refused for it.
    told = reading(stages, [], *decisions, truths={"sound": truth("unknown")}).on(day("2017-06-01"))
    assert row(told, "b")["possible"] == ["approved", "void"] and row(told, "b")["decisions"][0]["void"] == ["order", "requirement"]
    # Where it is void it would be waiting, for `a`.
    assert row(told, "b")["without"] == "waiting"


def test_readiness():
    stage = Stage("apply", needs=("intro",), requires=("old",))
    old = Truth(((date.min, "no"), (day("2017-06-01"), "yes")), ("founded",), True)
    given = reading([stage], [], given={"intro": True}, truths={"old": old})
    assert state(given.on(day("2017-05-31")), "apply") == "blocked" and row(given.on(day("2017-05-31")), "apply")["failing"] == [["founded"]]
    assert state(given.on(day("2017-06-01")), "apply") == "ready"
    missing = reading([stage], [], given={"intro": False}, truths={"old": truth("unknown")})
    assert state(missing.on(day("2017-06-01")), "apply") == "blocked" and row(missing.on(day("2017-06-01")), "apply")["missing"] == ["intro"]
    unknown = reading([stage], [], given={"intro": True}, truths={"old": truth("unknown")})
    assert state(unknown.on(day("2017-06-01")), "apply") == "open"


def test_days():
    assert after_span(day("2016-02-29"), YEAR) == day("2017-02-28") and after_span(day("2016-02-29"), Span(4, "years")) == day("2020-02-29")
    assert after_span(day("2017-12-31"), Span(2, "months")) == day("2018-02-28")
    assert after_span(day("2017-12-31"), Span(1, "days")) == day("2018-01-01")


def test_order_of_the_file_is_the_last_resort():
    first, second = decide("apply", "returned", "2017-04-20", "unit"), decide("apply", "approved", "2017-04-20", "unit")
    # Returned, then approved on one day: approved. The other way about, the return is a second decision.
    assert in_order(Procedure((), (APPLY,)), [first, second]) == [first, second]
    assert voids(reading([APPLY], [], first, second).on(day("2017-04-20")), "apply") == [[], []]
    assert voids(reading([APPLY], [], second, first).on(day("2017-04-20")), "apply") == [[], ["twice"]]
