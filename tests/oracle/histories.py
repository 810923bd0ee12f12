"""Small standards with stages, and lives that units might lead under them, as texts in either tongue and as what `stages.py` takes.

`make_standard(rng)` and `make_life(rng, standard)` are functions of their generator alone. A life is mostly plausible: the next decision is put where
the stages stand open, near the days on which something changes; now and then it is one that the rules do not allow."""
from dataclasses import dataclass, replace
from datetime import date, timedelta

from . import stages as st
from .stages import APPROVED, BEGINNING, REJECTED, RETURNED, Span, after_span

HORIZON = date(2024, 12, 31)
QUESTIONS_MAX = 5  # of one life: the oracle's time doubles with each

WORDS = {
    "en": {"standard": "standard", "period": "period", "facts": "facts", "threshold": "threshold", "from": "from", "require": "require",
           "when": "when", "authority": "authority", "title": "title", "valid": "valid", "stage": "stage", "by": "by", "after": "after", "due": "due",
           "each year": "each year", "wait": "wait", "needs": "needs", "confers": "confers", "revokes": "revokes", "while": "while",
           "on rejection": "on rejection", "and": "and", "or": "or", "not": "not", "unit": "unit", "decision": "decision", "on": "on",
           APPROVED: "approved", REJECTED: "rejected", RETURNED: "returned", "yes": "yes", "no": "no", "n/a": "n/a", "unknown": "unknown",
           "evidence": "evidence", "today": "today", "eligible": "eligible", "qualifies": "qualifies", "comma": ", ", "characters": "characters",
           "yesno": "yesno or n/a", "date": "date", "number": "number", "paper": "count, evidence required", "assumed": "count otherwise 0",
           "document": "document", "at least": ">=", "at most": "<=", "years": "years from {} to {}", "days": "days from {} to {}"},
    "zh": {"standard": "标准", "period": "考评期", "facts": "事实", "threshold": "达标线", "from": "自", "require": "必须",
           "when": "当", "authority": "机关", "title": "称号", "valid": "有效期", "stage": "阶段", "by": "由", "after": "后于", "due": "截止",
           "each year": "每年", "wait": "公示", "needs": "提交", "confers": "授予", "revokes": "撤销", "while": "持有",
           "on rejection": "不通过则", "and": "且", "or": "或", "not": "并非", "unit": "单位", "decision": "决定", "on": "于",
           APPROVED: "同意", REJECTED: "不同意", RETURNED: "退回", "yes": "是", "no": "否", "n/a": "不适用", "unknown": "未知",
           "evidence": "佐证", "today": "评定日", "eligible": "具备资格", "qualifies": "认定", "comma": "、", "characters": "字",
           "yesno": "是否 或 不适用", "date": "日期", "number": "数值", "paper": "数量，须佐证", "assumed": "数量 缺省 0",
           "document": "材料", "at least": "不低于", "at most": "不超过", "years": "年数 从 {} 到 {}", "days": "天数 自 {} 至 {}"},
}
NAMES = {
    "en": {"stages": ["apply", "screen", "visit", "accept", "confirm", "recheck", "audit", "publish"], "titles": ["created", "model", "star"],
           "authorities": ["bureau", "committee"], "yesno": ["sound", "united", "honest"], "gate": "clean", "date": "founded", "number": "mark",
           "paper": "papers", "assumed": "praises", "document": "intro", "threshold": "floor_mark", "standard": "s"},
    "zh": {"stages": ["申报", "上报", "实地检查", "验收", "再验收", "复查", "审核", "公布"], "titles": ["创建单位", "示范单位", "星级单位"],
           "authorities": ["机关党委", "工委"], "yesno": ["班子健全", "团结", "廉洁"], "gate": "无违纪", "date": "成立", "number": "测评分",
           "paper": "台账", "assumed": "表扬", "document": "简介", "threshold": "测评线", "standard": "细则"},
}


def span_text(span, tongue):
    if tongue == "zh":
        return f"{span.size} " + {"days": "天", "months": "个月", "years": "年"}[span.unit]
    return f"{span.size} " + (span.unit if span.size != 1 else span.unit[:-1])


def day_text(day, tongue):
    return f"{day.year}年{day.month}月{day.day}日" if tongue == "zh" and day.day % 2 else day.isoformat()


def chance(rng, likelihood):
    return rng.random() < likelihood


# ---------------------------------------------------------------- conditions

@dataclass(frozen=True)
class Condition:
    """`truth` makes of a unit's values what the condition comes to on each day."""
    text: str
    facts: tuple
    truth: object


def always(truth, facts, daily=False):
    return st.Truth(((BEGINNING, truth),), facts, daily)


def from_day_on(day, facts):
    return st.Truth(((BEGINNING, "no"), (day, "yes")), facts, True)


def plain_condition(name):
    return Condition(name, (name,), lambda values: always(values[name] or "unknown", (name,)))


def negated_condition(name, words):
    opposite = {"yes": "no", "no": "yes", "n/a": "n/a", "unknown": "unknown", None: "unknown"}
    return Condition(f"{words['not']} {name}", (name,), lambda values: always(opposite[values[name]], (name,)))


def eligible_condition(words, gate):
    return Condition(words["eligible"], (gate,), lambda values: always({"n/a": "no", None: "unknown"}.get(values[gate], values[gate]), (gate,)))


def age_condition(text, name, span):
    def truth(values):
        began = values[name]
        return always("unknown", (name,), True) if began is None else from_day_on(after_span(began, span), (name,))
    return Condition(text, (name,), truth)


def conditions(rng, tongue, floors):
    words, names = WORDS[tongue], NAMES[tongue]
    today, least, founded = words["today"], words["at least"], names["date"]
    span, years, days, first = random_span(rng), rng.randint(1, 2), rng.randint(30, 900), date(2016, 10, 1) + timedelta(rng.randrange(600))

    def marked(values):
        return st.Truth(tuple((start, "yes" if values[names["number"]] >= floor else "no") for start, floor in floors), (names["number"],), True)
    return [
        *[plain_condition(name) for name in names["yesno"]] * 2,
        negated_condition(names["yesno"][0], words),
        eligible_condition(words, names["gate"]),
        age_condition(f"{founded} + {span_text(span, tongue)} {words['at most']} {today}", founded, span),
        age_condition(f"{words['years'].format(founded, today)} {least} {years}", founded, Span(years, "years")),
        age_condition(f"{words['days'].format(founded, today)} {least} {days}", founded, Span(days, "days")),
        Condition(f"{today} {least} {first.isoformat()}", (), lambda values: from_day_on(first, ())),
        Condition(f"{names['number']} {least} {names['threshold']}", (names["number"],), marked),
    ]


# ---------------------------------------------------------------- standards

@dataclass(frozen=True)
class Standard:
    tongue: str
    procedure: st.Procedure
    conditions: dict  # {text: Condition}
    floors: tuple
    order: int        # seeds the order of clauses

    @property
    def names(self):
        return NAMES[self.tongue]

    def kinds(self):
        names = self.names
        return {**{name: "yesno" for name in [*names["yesno"], names["gate"]]},
                **{names[kind]: kind for kind in ("date", "number", "paper", "assumed", "document")}}

    def text(self):
        words, names, comma = WORDS[self.tongue], self.names, WORDS[self.tongue]["comma"]
        lines = [f"{words['standard']} {names['standard']} \"S\" {{ {words['period']} 2017 }}", f"{words['facts']} \"F\" {{"]
        lines += [f"  {name} : {words[kind]}" for name, kind in self.kinds().items()]
        lines += ["}", f"{words['threshold']} {names['threshold']} {{"]
        # A year before any life begins stands for the beginning.
        lines += [f"  {words['from']} {'1990-01-01' if start == BEGINNING else start} : {floor}" for start, floor in self.floors]
        lines += ["}", f"{words['require']} {'g'} {words['when']} {names['gate']}"]
        lines += [f"{words['authority']} {name} \"A\"" for name in names["authorities"]]
        for title in self.procedure.titles:
            lines.append(f"{words['title']} {title.name} \"T\"" + (f" {words['valid']} {span_text(title.valid, self.tongue)}" if title.valid else ""))
        for stage in self.procedure.stages:
            lines += [f"{words['stage']} {stage.name} \"S\" {{", *(f"  {line}" for line in self.clauses(stage, words, comma)), "}"]
        return "\n".join(lines) + "\n"

    def clauses(self, stage, words, comma):
        lines = [f"{words['by']} {words['unit'] if stage.by == st.UNIT else stage.by}"]
        if stage.after:
            lines.append(f"{words['after']} {comma.join(stage.after)}" + (f" + {span_text(stage.plus, self.tongue)}" if stage.plus else ""))
        if stage.yearly:
            lines.append(words["each year"])
        if stage.due:
            lines.append(f"{words['due']} {day_text(stage.due, self.tongue)}")
        if stage.wait:
            lines.append(f"{words['wait']} {span_text(stage.wait, self.tongue)}")
        for word, listed in (("needs", stage.needs), ("confers", stage.confers), ("revokes", stage.revokes)):
            lines += [f"{words[word]} {comma.join(listed)}"] if listed else []
        lines += [f"{words['require']} {condition} \"R{place}\"" for place, condition in enumerate(stage.requires, 1)]
        if stage.holding:
            lines.append(f"{words['while']} {holding_text(stage.holding, words)}")
        if stage.rejection_revokes:
            lines.append(f"{words['on rejection']} {words['revokes']} {comma.join(stage.rejection_revokes)}")
        turn = self.order % len(lines)
        return lines[turn:] + lines[:turn]


def holding_text(holding, words, inside=False):
    if isinstance(holding, str):
        return holding
    operator, *parts = holding
    written = [holding_text(part, words, True) for part in parts]
    text = f"{words['not']} {written[0]}" if operator == "not" else f" {words[operator]} ".join(written)
    return f"({text})" if inside else text


def random_span(rng):
    unit = rng.choice(["days", "months", "years"])
    return Span({"days": rng.choice([1, 5, 10, 30, 45]), "months": rng.choice([1, 2, 3, 6, 12]), "years": rng.choice([1, 1, 2])}[unit], unit)


def random_term(rng):
    usual = [None, None, Span(1, "years"), Span(1, "years"), Span(2, "years"), Span(13, "months"), Span(1, "months"), Span(400, "days")]
    return rng.choice([*usual, random_span(rng)])


def random_wait(rng):
    return rng.choice([Span(1, "days"), Span(5, "days"), Span(10, "days"), Span(30, "days"), Span(1, "months"), Span(1, "months"), Span(1, "years")])


def random_predecessors(rng, earlier):
    if len(earlier) > 1 and chance(rng, 0.25):
        return tuple(rng.sample(earlier, 2))
    return (rng.choice([earlier[-1], earlier[-1], rng.choice(earlier)]),)


def random_holding(rng, titles, depth=2):
    if depth == 0 or chance(rng, 0.5):
        return rng.choice(titles)
    operator = rng.choice(["and", "or", "or", "not", "not"])
    return (operator, *(random_holding(rng, titles, depth - 1) for _ in range(1 if operator == "not" else 2)))


def some_of(rng, items, likelihood):
    return tuple(item for item in items if chance(rng, likelihood))


def random_stage(rng, place, name, earlier, titles, tongue, texts):
    names = NAMES[tongue]
    chain = place > 0 and chance(rng, 0.92)
    after = random_predecessors(rng, earlier) if chain else ()
    yearly = chain and chance(rng, 0.35)
    holding = random_holding(rng, titles) if titles and chance(rng, 0.75 if yearly else 0.3 if chain else 0.05) else None
    confers = some_of(rng, titles, 0.12 if yearly else 0.5 if place else 0.15)
    free = [title for title in titles if title not in confers]
    return st.Stage(
        name, by=rng.choice([st.UNIT, *names["authorities"]] if place == 0 else names["authorities"]), after=after,
        plus=random_span(rng) if chain and chance(rng, 0.25) else None,
        due=date(2017, 2, 28) + timedelta(rng.choice([0, 0, 30, 61, 100]) + 75 * place) if not yearly and chance(rng, 0.4) else None,
        yearly=yearly, wait=random_wait(rng) if chance(rng, 0.35) else None,
        needs=some_of(rng, [names["paper"], names["assumed"], names["document"], names["yesno"][1]], 0.12),
        requires=tuple(dict.fromkeys(rng.choice(texts) for _ in range(rng.choice([0, 0, 0, 1, 1, 2])))),
        confers=confers, revokes=some_of(rng, free, 0.08),
        rejection_revokes=some_of(rng, titles, 0.7 if holding else 0.25), holding=holding)


def with_every_title_conferred(rng, stages, titles):
    """A title that nothing confers would be a fault of the standard."""
    for title in titles:
        if not any(title in stage.confers for stage in stages):
            place = rng.randrange(len(stages))
            chosen = stages[place]
            stages[place] = replace(chosen, confers=(*chosen.confers, title), revokes=tuple(t for t in chosen.revokes if t != title))
    return stages


def make_standard(rng):
    tongue = rng.choice(["en", "zh"])
    names = NAMES[tongue]
    floors = ((BEGINNING, 50), (date(2018, 1, 1) + timedelta(rng.randrange(500)), 70), (date(2020, 2, 29), 60))
    offered = {condition.text: condition for condition in conditions(rng, tongue, floors)}
    titles = rng.sample(names["titles"], rng.randint(1, 3))
    stages = []
    for place, name in enumerate(rng.sample(names["stages"], rng.randint(2, 6))):
        stages.append(random_stage(rng, place, name, [stage.name for stage in stages], titles, tongue, list(offered)))
    stages = with_every_title_conferred(rng, stages, titles)
    if chance(rng, 0.3):
        rng.shuffle(stages)
    procedure = st.Procedure(tuple(st.Title(name, random_term(rng)) for name in titles), tuple(stages))
    return Standard(tongue, procedure, offered, floors, rng.randrange(100))


# ---------------------------------------------------------------- lives

@dataclass(frozen=True)
class Life:
    standard: Standard
    values: dict      # {fact: its value; None where it is not given}
    evidenced: bool
    unit: st.Unit
    remarks: bool

    def text(self, name):
        words, tongue, kinds = WORDS[self.standard.tongue], self.standard.tongue, self.standard.kinds()
        lines = [f"{words['unit']} {name} \"U\"", f"{words['standard']} \"s.rubric\""]
        lines += [f"{fact} = {self.value_text(kinds[fact], value, words)}" for fact, value in self.values.items() if value is not None]
        for place, d in enumerate(self.unit.decisions):
            by = words["unit"] if d.by == st.UNIT else d.by
            remark = ' "R"' if self.remarks and place % 2 else ""
            lines.append(f"{words['decision']} {d.stage} {words[d.outcome]} {words['on']} {day_text(d.day, tongue)} {words['by']} {by}{remark}")
        return "\n".join(lines) + "\n"

    def value_text(self, kind, value, words):
        if value in ("yes", "no", "n/a", "unknown"):
            return words[value]
        if kind == "document":
            return f"{words['document']} \"intro.pdf\" {value} {words['characters']}"
        if kind == "paper" and self.evidenced:
            return f"{value} {words['evidence']} \"a.pdf\""
        return str(value)


def random_values(rng, standard):
    names = standard.names
    founded = rng.choice([date(2016, 2, 29), date(2016, 12, 31), date(2015, 1, 31), date(2014, 6, 15), None])
    values = {name: rng.choice(["yes"] * 15 + ["no", "n/a", "unknown", "unknown", None]) for name in [*names["yesno"], names["gate"]]}
    if chance(rng, 0.2):
        values[rng.choice(names["yesno"])] = None
    values |= {names["date"]: founded, names["number"]: rng.choice([40, 60, 60, 75, 75]), names["paper"]: rng.choice([3, 3, 3, 3, 3, 3, None]),
               names["assumed"]: rng.choice([0, 0, 1, 2, 2, 3, "unknown", None]), names["document"]: rng.choice([900, 900, 1000, 1000, 20, 20, None])}
    return values


def is_given(kind, value, evidenced):
    return value is not None and value != "unknown" and (kind != "paper" or evidenced)


def make_life(rng, standard):
    values, evidenced, kinds = random_values(rng, standard), chance(rng, 0.9), standard.kinds()
    given = {fact: is_given(kinds[fact], value, evidenced) for fact, value in values.items()}
    truths = {text: condition.truth(values) for text, condition in standard.conditions.items()}
    decisions = []
    for _ in range(rng.randint(1, 14)):
        added = next_decisions(rng, standard.procedure, st.Unit(given, truths, tuple(decisions)))
        unit = st.Unit(given, truths, tuple(decisions + added))
        if len(st.questions(standard.procedure, unit)) > QUESTIONS_MAX:
            break
        decisions += added
    if chance(rng, 0.3):
        decisions += stray_decision(rng, standard.procedure, st.Unit(given, truths, tuple(decisions)))
    rng.shuffle(decisions)
    return Life(standard, values, evidenced, st.Unit(given, truths, tuple(decisions)), chance(rng, 0.3))


class Yes(dict):
    """The world in which all that is unknown is met."""
    def __missing__(self, key):
        return True


def kindly_world(procedure, unit, decisions):
    return st.World(procedure, unit, st.in_order(procedure, decisions), Yes())


def next_decisions(rng, procedure, unit):
    """One decision more, in most cases one that the rules allow; sometimes others of the same day."""
    world = kindly_world(procedure, unit, unit.decisions)
    moment, wary = (len(unit.decisions), HORIZON), chance(rng, 0.7)
    for _ in range(5 if wary else 1):
        stage = rng.choices(procedure.stages, [interest(world, stage, moment) for stage in procedure.stages])[0]
        day = min(max(rng.choice(tempting_days(rng, world, stage, moment)), date(2016, 6, 1)), date(2023, 12, 31))
        decision = random_decision(rng, stage, day)
        if not wary or is_allowed(procedure, unit, decision):
            break
    if chance(rng, 0.1):
        decision = replace(decision, by=rng.choice(authorities_beside(stage)))
    decisions = [decision]
    while chance(rng, 0.12):
        decisions.append(random_decision(rng, rng.choice(procedure.stages), day))
    return decisions


def stray_decision(rng, procedure, unit):
    """By another authority, where nobody has decided yet."""
    world, moment = kindly_world(procedure, unit, unit.decisions), (len(unit.decisions), HORIZON)
    decided = {d.stage for d in unit.decisions}
    waiting = [stage for stage in procedure.stages if stage.name not in decided and world.opened(stage.name, moment)]
    if not waiting:
        return []
    stage = rng.choice(waiting)
    day = max(world.opens(stage.name, 1 if stage.yearly else None, moment), date(2017, 1, 10))
    return [st.Decision(stage.name, rng.choice([APPROVED, RETURNED, REJECTED]), day, rng.choice(authorities_beside(stage)))]


def is_allowed(procedure, unit, decision):
    world = kindly_world(procedure, unit, (*unit.decisions, decision))
    return world.is_valid(max(i for i, d in enumerate(world.decisions) if d is decision))


def authorities_beside(stage):
    """Those of the standard that do not decide upon the stage."""
    tongue = next(tongue for tongue, names in NAMES.items() if stage.name in names["stages"])
    return [name for name in (st.UNIT, *NAMES[tongue]["authorities"]) if name != stage.by]


def random_decision(rng, stage, day):
    weights = [65, 25, 10] if stage.yearly else [80, 10, 10] if stage.rejection_revokes else [86, 4, 10]
    outcome = rng.choices([APPROVED, REJECTED, RETURNED], weights)[0]
    return st.Decision(stage.name, outcome, day, rng.choice(authorities_beside(stage)) if chance(rng, 0.08) else stage.by)


def interest(world, stage, moment):
    """Plausible lives go on where a decision is due."""
    opened = world.opened(stage.name, moment)
    if not opened:
        return 1
    settled = world.standing(stage.name, opened[0], moment) in ("approved", "rejected")
    return 10 if stage.yearly and settled else 2 if settled else 30


def tempting_days(rng, world, stage, moment):
    """The days on which something changes for the stage, and those beside them."""
    opened = world.opened(stage.name, moment)
    occurrence = rng.choice(opened[:4]) if opened else 1 if stage.yearly else None
    opening, closing = world.opens(stage.name, occurrence, moment), world.closes(stage.name, occurrence, moment)
    edges = [day for day in (opening, closing) if day is not None and day != BEGINNING]
    edges += [stage.due] if stage.due else []
    if opening == BEGINNING or not edges:
        edges.append(date(2017, 1, 1) + timedelta(rng.randrange(60)))
    # After the opening, as most decisions are; a third near an edge.
    days = [edges[0] + timedelta(rng.choice([0, 0, 1, 3, 10, 25])) for _ in range(6)]
    days += [day + timedelta(rng.choice([-1, 0, 1])) for day in edges]
    for a, d in enumerate(world.decisions):
        if world.stages[d.stage].wait and d.outcome == APPROVED:
            effect = world.effect(a)
            days += [d.day, d.day + timedelta(1), effect - timedelta(1), effect, effect + timedelta(1)] if d.stage == stage.name else [effect]
    for title in world.procedure.titles:
        days += [min(t.end, HORIZON) + timedelta(rng.choice([-1, 0, 1])) for t in world.tenures(title.name, moment)][:3]
    return days


# ---------------------------------------------------------------- the days to ask about

def days_of_change(reading):
    """Every day on which an answer about the unit may become another."""
    end = reading.on(HORIZON)
    written = [entry[key] for entry in end["stages"] for key in ("opens", "closes", "effect")]
    written += [tenure[key] for title in end["titles"] for tenure in title["tenures"] or () for key in ("from", "to")]
    days = {date.fromisoformat(day) for day in written if day not in (None, "unknown")} | {d.day for d in reading.decisions}
    days |= {day for stage in reading.procedure.stages for c in stage.requires for day, _ in reading.unit.truths[c].steps if day != BEGINNING}
    return sorted(day + timedelta(beside) for day in days for beside in (-1, 0, 1))
