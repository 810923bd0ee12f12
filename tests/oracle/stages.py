"""Stages, decisions and titles, from their definitions.

Nothing here moves through time. A *moment* is (n, day): the first n decisions have been taken, and the day is known. Every question is asked of a
moment and answered from the decisions before it: which approvals have had effect, when a stage opened, which tenures a title has, whether a
decision was one the rules allow. A decision is judged at the moment (its own place, its own day), a state at the moment (all decisions up to T, T);
so the definitions below call one another, always towards earlier decisions.

An approval whose requirement is unknown is judged in several worlds, one for each set of answers; `Reading.on` puts the worlds together again."""
import calendar
import collections
import functools
import itertools
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

APPROVED, REJECTED, RETURNED = "approved", "rejected", "returned"
UNIT = "unit"
REASONS = ["authority", "order", "title", "requirement", "closed", "twice"]
STATES = ["approved", "rejected", "waiting", "n/a", "late", "returned", "blocked", "ready", "open", "void"]
# States that a decision which the rules do not allow turns into `void`.
VOIDABLE = {"waiting", "n/a", "late", "blocked", "ready", "open"}
# States in which days are left, or overdue.
ASKING = {"late", "returned", "blocked", "ready", "open"}
BEGINNING = date.min
ENDLESS = date.max
QUESTIONS_MAX = 12
ONE_DAY = timedelta(days=1)


# ---------------------------------------------------------------- what is given

@dataclass(frozen=True)
class Span:
    size: int
    unit: str  # days, months, years


@dataclass(frozen=True)
class Title:
    name: str
    valid: Span | None = None


@dataclass(frozen=True)
class Stage:
    """`holding` is a title's name, or ("not", H), ("and", H, H …), ("or", H, H …). `needs` names facts, `requires` names conditions."""
    name: str
    by: str = UNIT
    after: tuple = ()
    plus: Span | None = None
    due: date | None = None
    yearly: bool = False
    wait: Span | None = None
    needs: tuple = ()
    requires: tuple = ()
    confers: tuple = ()
    revokes: tuple = ()
    rejection_revokes: tuple = ()
    holding: object = None


@dataclass(frozen=True)
class Procedure:
    titles: tuple
    stages: tuple

    @functools.cached_property
    def level(self):
        """{stage: the length of its longest chain of `after`}"""
        after = {stage.name: stage.after for stage in self.stages}

        def depth(name):
            return max((1 + depth(before) for before in after[name]), default=0)
        return {name: depth(name) for name in after}

    @functools.cached_property
    def rank(self):
        """{stage: its place among what happens on one day}: by level, then as declared."""
        declared = [stage.name for stage in self.stages]
        return {name: place for place, name in enumerate(sorted(declared, key=self.level.get))}


@dataclass(frozen=True)
class Truth:
    """What a condition comes to: `steps` are (from this day on, yes|no|unknown|n/a), the first from the beginning; `daily`: it reads `today`."""
    steps: tuple
    facts: tuple = ()
    daily: bool = False

    def on(self, day):
        return [truth for start, truth in self.steps if start <= day][-1]


@dataclass(frozen=True)
class Decision:
    stage: str
    outcome: str
    day: date
    by: str


@dataclass(frozen=True)
class Unit:
    """`decisions` as the file has them."""
    given: dict       # {fact: is it given}
    truths: dict      # {condition: Truth}
    decisions: tuple


# ---------------------------------------------------------------- days, terms

def after_span(day, span):
    """The same day of the month, months on; the month's last day where there is none."""
    if span is None:
        return day
    if span.unit == "days":
        return day + timedelta(days=span.size)
    months = day.year * 12 + day.month - 1 + span.size * (12 if span.unit == "years" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def years_after(day, years):
    return after_span(day, Span(years, "years"))


def end_of_term(day, span, terms=1):
    """The last day of so many terms that begin on `day`."""
    return ENDLESS if span is None else after_span(day, Span(span.size * terms, span.unit)) - ONE_DAY


# ---------------------------------------------------------------- tenures of one title

@dataclass(frozen=True)
class Tenure:
    start: date
    end: date
    revoked: bool = False
    anchor: date = field(default=None, compare=False)         # its terms count from this day, so many
    terms: int = field(default=1, compare=False)
    barred: date = field(default=date.max, compare=False)     # lapsed, and revoked on that later day: not renewed any more

    def holds(self, day):
        return self.start <= day <= self.end

    def in_hand(self, day, opening):
        """Held on the day, or lapsed no sooner than the eve of the opening."""
        lapsed_lately = not self.revoked and day < self.barred and opening != BEGINNING and self.end >= opening - ONE_DAY
        return self.start <= day and (self.holds(day) or lapsed_lately)


def latest(tenures):
    return max(tenures, key=lambda tenure: tenure.start, default=None)


def prolonged(tenures, chosen, anchor, terms, valid):
    end = end_of_term(anchor, valid, terms)
    return [replace(t, end=end, anchor=anchor, terms=terms) if t is chosen else t for t in tenures]


def conferred(tenures, valid, day, _opening):
    held = latest([t for t in tenures if t.holds(day)])
    term = end_of_term(day, valid)
    if held is None:
        return tenures + [Tenure(day, term, anchor=day)]
    return prolonged(tenures, held, day, 1, valid) if term > held.end else tenures


def revoked(tenures, _valid, day, _opening):
    def after(t):
        if t.start < day <= t.end:
            return Tenure(t.start, day - ONE_DAY, True)
        return replace(t, barred=min(t.barred, day)) if t.end < day else t
    return [after(t) for t in tenures if t.start != day]


def renewed(tenures, valid, day, opening):
    chosen = latest([t for t in tenures if t.in_hand(day, opening) and t.end != ENDLESS])
    return prolonged(tenures, chosen, chosen.anchor, chosen.terms + 1, valid) if chosen else tenures


def holds(holding, is_in_hand):
    """The truth of `while`, where `is_in_hand` tells it of a title."""
    if isinstance(holding, str):
        return is_in_hand(holding)
    operator, *parts = holding
    truths = [holds(part, is_in_hand) for part in parts]
    return {"not": lambda: not truths[0], "and": lambda: all(truths), "or": lambda: any(truths)}[operator]()


def titles_affirmed(holding):
    """The titles that stand in a `while` and not under a `not`."""
    if isinstance(holding, str):
        return {holding}
    if holding is None or holding[0] == "not":
        return set()
    return set().union(*map(titles_affirmed, holding[1:]))


# ---------------------------------------------------------------- one world

def remembered(method):
    @functools.wraps(method)
    def ask(self, *args):
        answers = self.memory[method.__name__]
        if args not in answers:
            answers[args] = method(self, *args)
        return answers[args]
    return ask


class World:
    """One unit's decisions under one set of answers. `i`, `j`, `a` are places of decisions in the order in which they are taken."""

    def __init__(self, procedure, unit, decisions, answers):
        self.procedure, self.unit, self.decisions, self.answers = procedure, unit, decisions, answers
        self.stages = {stage.name: stage for stage in procedure.stages}
        self.valid_for = {title.name: title.valid for title in procedure.titles}
        self.memory = collections.defaultdict(dict)

    # Openings and closings of a stage's occurrence: None where there is none (yet). The occurrence is None unless the stage is yearly.

    @remembered
    def took_effect(self, name, moment):
        """The day on which a stage took effect: that of the first of its approvals to do so."""
        return min((self.effect(a) for a in self.happened(moment) if self.decisions[a].stage == name), default=None)

    @remembered
    def opens(self, name, occurrence, moment):
        stage = self.stages[name]
        if not stage.after:
            return BEGINNING
        effects = [self.took_effect(before, moment) for before in stage.after]
        if None in effects:
            return None
        first = after_span(max(effects), stage.plus)
        if occurrence is None:
            return first
        return years_after(first, occurrence if stage.plus is None else occurrence - 1)

    def closes(self, name, occurrence, moment):
        if occurrence is None:
            return self.stages[name].due
        following = self.opens(name, occurrence + 1, moment)
        return following and following - ONE_DAY

    def has_opened(self, name, occurrence, moment):
        opening = self.opens(name, occurrence, moment)
        return opening is not None and opening <= moment[1]

    @remembered
    def opened(self, name, moment):
        """The occurrences that have opened."""
        occurrences = itertools.count(1) if self.stages[name].yearly else [None]
        return list(itertools.takewhile(lambda k: self.has_opened(name, k, moment), occurrences))

    # Decisions.

    @remembered
    def place(self, i):
        """The stage and the occurrence that a decision belongs to; an objection to that of the approval that waits for its effect."""
        name, day = self.decisions[i].stage, self.decisions[i].day
        waiting = [a for a in range(i) if self.decisions[a].stage == name and self.decisions[a].outcome == APPROVED
                   and day < self.effect(a) and self.is_valid(a) and not self.is_undone(a, i)]
        if waiting and self.decisions[i].outcome != APPROVED:
            return self.place(waiting[0])
        first = 1 if self.stages[name].yearly else None
        return name, (self.opened(name, self.moment_of(i)) or [first])[-1]

    def moment_of(self, i):
        return i, self.decisions[i].day

    @remembered
    def effect(self, a):
        return after_span(self.decisions[a].day, self.stages[self.decisions[a].stage].wait)

    @remembered
    def is_valid(self, i):
        return not self.reasons(i)

    def valid_decisions(self, place, n, *outcomes):
        return [j for j in range(n) if self.decisions[j].outcome in outcomes and self.place(j) == place and self.is_valid(j)]

    @remembered
    def is_undone(self, a, n):
        """A rejection or a return came before the effect."""
        return any(j > a and self.decisions[j].day < self.effect(a)
                   for j in self.valid_decisions(self.place(a), n, REJECTED, RETURNED))

    def standing_approval(self, place, n):
        """The approval that was not undone, if there is one; there is never a second."""
        standing = [a for a in self.valid_decisions(place, n, APPROVED) if not self.is_undone(a, n)]
        assert len(standing) <= 1
        return standing[0] if standing else None

    @remembered
    def happened(self, moment):
        """The approvals that have had effect."""
        n, day = moment
        return [a for a in range(n) if self.decisions[a].outcome == APPROVED and self.effect(a) <= day
                and self.is_valid(a) and not self.is_undone(a, n)]

    @remembered
    def reasons(self, i):
        """Why a decision is void: all that apply."""
        decision, moment, place = self.decisions[i], self.moment_of(i), self.place(i)
        stage = self.stages[decision.stage]
        closing, approval = self.closes(*place, moment), self.standing_approval(place, i)
        opened = self.has_opened(*place, moment)
        undoes = decision.outcome != APPROVED and approval is not None and decision.day < self.effect(approval)
        applies = {
            "authority": decision.by != stage.by,
            "order": not opened,
            "title": opened and not self.exists(*place, decision.day, moment),
            "requirement": decision.outcome == APPROVED and not self.may_approve(stage, decision.day, decision.by == stage.by),
            "closed": opened and closing is not None and decision.day > closing and not undoes,
            "twice": bool(self.valid_decisions(place, i, REJECTED)) or approval is not None and not undoes,
        }
        return [reason for reason in REASONS if applies[reason]]

    def may_approve(self, stage, day, asked):
        """`asked`: by the right authority; of another's approval, which is void in any case, what is not known is not asked."""
        return all(self.unit.given[fact] for fact in stage.needs) and all(self.is_met(c, day, asked) for c in stage.requires)

    def is_met(self, condition, day, asked):
        truth = self.unit.truths[condition].on(day)
        if truth == "unknown":
            return not asked or self.answers[question(self.unit, condition, day)]
        return truth == "yes"

    # Titles.

    def exists(self, name, occurrence, day, moment):
        """Does the `while` hold on the day, as far as is known at the moment?"""
        holding, opening = self.stages[name].holding, self.opens(name, occurrence, moment)
        return holding is None or holds(holding, lambda title: any(t.in_hand(day, opening) for t in self.tenures(title, moment)))

    @remembered
    def tenures(self, title, moment):
        tenures = []
        for _, act, day, opening in sorted(self.acts(title, moment), key=lambda row: row[0]):
            tenures = act(tenures, self.valid_for[title], day, opening)
        return tenures

    def acts(self, title, moment):
        """What was done to a title, each act with its place in time: effects that were waited for go before the decisions of their day."""
        n, now = moment
        for a in self.happened(moment):
            stage, day, opening = self.stages[self.decisions[a].stage], self.effect(a), self.opens(*self.place(a), self.moment_of(a))
            waited = day > self.decisions[a].day
            order = (day, 0, self.procedure.rank[stage.name], a) if waited else (day, 1, 0, a)
            if title in stage.confers:
                yield (*order, 0), conferred, day, opening
            if title in stage.revokes:
                yield (*order, 1), revoked, day, opening
            if stage.yearly and title in titles_affirmed(stage.holding):
                yield (*order, 2), renewed, day, opening
        for j in range(n):
            decision = self.decisions[j]
            if decision.outcome == REJECTED and title in self.stages[decision.stage].rejection_revokes and self.is_valid(j):
                yield (decision.day, 1, 0, j, 0), revoked, decision.day, None

    # States.

    def shown(self, name, moment):
        """The occurrences that are listed."""
        if not self.stages[name].yearly:
            return [None]
        opened = self.opened(name, moment)
        decided = {self.place(i) for i in range(moment[0])}
        return [k for k in opened if k == opened[-1] or (name, k) in decided
                or self.exists(name, k, self.opens(name, k, moment), moment)] or [1]

    def standing(self, name, occurrence, moment):
        """What the stage is, voids aside."""
        n, today = moment
        place, closing = (name, occurrence), self.closes(name, occurrence, moment)
        valid = self.valid_decisions(place, n, APPROVED, REJECTED, RETURNED)
        last = self.decisions[valid[-1]].outcome if valid else None
        if self.standing_approval(place, n) is not None:
            return "approved"
        if last == REJECTED:
            return "rejected"
        if not self.has_opened(name, occurrence, moment):
            return "waiting"
        if not self.exists(name, occurrence, min(today, closing or today), moment):
            return "n/a"
        if closing is not None and today > closing:
            return "late"
        return "returned" if last == RETURNED else self.readiness(self.stages[name], today)

    def readiness(self, stage, day):
        """From the facts as they stand: what is unknown stays so in every world."""
        needs, truths = {self.unit.given[fact] for fact in stage.needs}, {self.unit.truths[c].on(day) for c in stage.requires}
        if False in needs or truths & {"no", "n/a"}:
            return "blocked"
        return "open" if "unknown" in truths else "ready"

    def state(self, name, occurrence, moment):
        """(state, what it would be without void decisions)"""
        standing, decided = self.standing(name, occurrence, moment), [i for i in range(moment[0]) if self.place(i) == (name, occurrence)]
        if standing in VOIDABLE and decided and not any(self.is_valid(i) for i in decided):
            return "void", standing
        return standing, None

    def renewable(self, title, moment):
        """Until when a title that is no longer held can be renewed: while a year of a stage that renews it asks for a decision."""
        tenures, today = self.tenures(title, moment), moment[1]
        years = [] if any(t.holds(today) for t in tenures) else \
            [(name, self.opened(name, moment)[-1]) for name, stage in self.stages.items()
             if stage.yearly and title in titles_affirmed(stage.holding) and self.opened(name, moment)]
        return max((self.closes(*year, moment) for year in years if self.standing(*year, moment) in ASKING
                    and any(t.in_hand(today, self.opens(*year, moment)) for t in tenures)), default=None)

    def effect_of(self, name, occurrence, moment):
        approval = self.standing_approval((name, occurrence), moment[0])
        return None if approval is None else self.effect(approval)

    def waits_for(self, name, moment):
        return [before for before in self.stages[name].after if self.took_effect(before, moment) is None]


# ---------------------------------------------------------------- the worlds together

def question(unit, condition, day):
    return condition, day if unit.truths[condition].daily else None


def questions(procedure, unit):
    """What the approvals leave open."""
    stages = {stage.name: stage for stage in procedure.stages}
    return list(dict.fromkeys(question(unit, condition, d.day) for d in unit.decisions
                              if d.outcome == APPROVED and d.by == stages[d.stage].by
                              for condition in stages[d.stage].requires if unit.truths[condition].on(d.day) == "unknown"))


def in_order(procedure, decisions):
    """As they are taken. Sorting keeps the order of the file among equals."""
    return sorted(decisions, key=lambda d: (d.day, procedure.rank[d.stage]))


def merged(values):
    """What all worlds say, or `unknown`."""
    values = list(values)
    return values[0] if all(value == values[0] for value in values) else "unknown"


def written(day):
    return day.isoformat() if isinstance(day, date) and day not in (BEGINNING, ENDLESS) else day if day == "unknown" else None


def some(truths):
    return {frozenset([True]): "yes", frozenset([False]): "no"}.get(frozenset(truths), "unknown")


class Reading:
    """A unit's decisions read against a procedure: `on(T)` tells the stages and titles."""

    def __init__(self, procedure, unit):
        self.procedure, self.unit = procedure, unit
        self.decisions, asked = in_order(procedure, unit.decisions), questions(procedure, unit)
        assert len(asked) <= QUESTIONS_MAX
        self.worlds = [World(procedure, unit, self.decisions, dict(zip(asked, answers)))
                       for answers in itertools.product([True, False], repeat=len(asked))]

    def on(self, today):
        moment = sum(d.day <= today for d in self.decisions), today
        return {"stages": [self.entry(stage, occurrence, moment) for stage in self.procedure.stages
                           for occurrence in self.occurrences(stage, moment)],
                "titles": [self.title(title, moment) for title in self.procedure.titles]}

    def occurrences(self, stage, moment):
        """Listed in one world or another."""
        shown = {k for world in self.worlds for k in world.shown(stage.name, moment)}
        return [None] if not stage.yearly else sorted(shown)

    def entry(self, stage, occurrence, moment):
        def ask(method):
            return merged(method(world) for world in self.worlds)
        name, today = stage.name, moment[1]
        states = [world.state(name, occurrence, moment) for world in self.worlds]
        possible = {state for state, _ in states}
        closes = ask(lambda w: w.closes(name, occurrence, moment))
        truths = [(list(self.unit.truths[c].facts), self.unit.truths[c].on(today)) for c in stage.requires]
        return {
            "stage": name, "by": stage.by, "occurrence": occurrence,
            "state": merged(state for state, _ in states),
            "possible": [state for state in STATES if state in possible],
            "without": merged(without for _, without in states if without) if any(without for _, without in states) else None,
            "opens": written(ask(lambda w: w.opens(name, occurrence, moment))),
            "closes": written(closes),
            "days_left": (closes - today).days if isinstance(closes, date) and {*possible, *(w for _, w in states)} & ASKING else None,
            "effect": written(ask(lambda w: w.effect_of(name, occurrence, moment))),
            "waiting_for": [before for before in stage.after if any(before in w.waits_for(name, moment) for w in self.worlds)],
            "missing": [fact for fact in stage.needs if not self.unit.given[fact]],
            "failing": [facts for facts, truth in truths if truth in ("no", "n/a")],
            "undecided": [facts for facts, truth in truths if truth == "unknown"],
            "decisions": [self.verdict(i) for i in range(moment[0]) if any(w.place(i) == (name, occurrence) for w in self.worlds)],
        }

    def verdict(self, i):
        decision, reasons = self.decisions[i], [world.reasons(i) for world in self.worlds]
        return {"outcome": decision.outcome, "on": written(decision.day), "by": decision.by,
                "valid": some(not r for r in reasons), "void": [reason for reason in REASONS if any(reason in r for r in reasons)]}

    def title(self, title, moment):
        today, tenures = moment[1], [world.tenures(title.name, moment) for world in self.worlds]
        agreed = all(each == tenures[0] for each in tenures)
        renewable = [day for day in (world.renewable(title.name, moment) for world in self.worlds) if day]
        return {"title": title.name, "held": some(any(t.holds(today) for t in each) for each in tenures),
                "tenures": [self.tenure(t, today) for t in tenures[0]] if agreed else None,
                "renewable": written(max(renewable, default=None)) if agreed else None}

    @staticmethod
    def tenure(tenure, today):
        ended = "revoked" if tenure.revoked else "lapsed" if tenure.end < today else None
        return {"from": written(tenure.start), "to": written(tenure.end), "ended": ended}
