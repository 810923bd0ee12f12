"""The parser alone: trees and messages of the files in tests/syntax, common slips and what their fixes make of them, names, limits.

Beside tests/syntax/NAME.rubric (.facts, .lines, .values) stand NAME.ast, the tree, and NAME.errors, the messages in both tongues, whichever there
is anything in. RUBRIC_BLESS=1 writes them anew."""
import re
import time

import pytest
from support import BLESS, BUILD, LONG, ROOT, TESTS, run, table_rows

FOLDER = TESTS / "syntax"
DUMPS = [p for p in (BUILD / "tests/ast_dump_calc", BUILD / "nogc/tests/ast_dump_calc") if p.exists()]
FILES = sorted(p for p in FOLDER.iterdir() if p.suffix in (".rubric", ".facts", ".lines", ".values"))


def dump(*args, program=None):
    assert DUMPS, "ast_dump_calc is not built: type make unit"
    return run([str(program or DUMPS[0]), *map(str, args)])


def parsed(tmp_path, text, kind="rubric", flag="-e"):
    file = tmp_path / f"case.{kind}"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return dump(flag, file) if flag else dump(file)


def codes(done):
    """The codes of the English half of the messages."""
    return re.findall(r"^(?:error|warning)\[([EW]\d{4})\]", done.stdout, re.M)


# ---------------------------------------------------------------- goldens


def test_names_of_files_are_unique():
    assert len({p.stem for p in FILES}) == len(FILES)


def compare(golden, said):
    if BLESS and said:
        golden.write_text(said, encoding="utf-8")
    elif BLESS:
        golden.unlink(missing_ok=True)
    assert said == (golden.read_text(encoding="utf-8") if golden.exists() else "")


@pytest.mark.parametrize("program", DUMPS, ids=lambda p: p.parent.parent.name)
@pytest.mark.parametrize("file", FILES, ids=lambda p: p.name)
def test_tree_and_messages(file, program):
    errors = dump("-e", file, program=program)
    tree = dump(file, program=program)
    lines = file.suffix in (".lines", ".values")
    compare(file.with_suffix(".errors"), errors.stdout if "[" in errors.stdout and (errors.returncode or not lines) else "")
    compare(file.with_suffix(".ast"), tree.stdout if not errors.returncode else "")


@pytest.mark.parametrize("file", [f for f in FILES if f.suffix in (".rubric", ".facts") and f.stem.startswith("wrong")], ids=lambda p: p.name)
def test_errors_come_in_order_and_fixes_help(file, tmp_path):
    before = dump("-e", file).stdout
    lines = [int(n) for n in re.findall(r"^(?:error|warning)\[.*\n *--> [^:]*:(\d+):", before.split("错误[")[0], re.M)]
    assert lines == sorted(lines)
    fixed = tmp_path / file.name
    fixed.write_text(dump("-f", file).stdout, encoding="utf-8")
    assert len(re.findall(r"^error", dump("-e", fixed).stdout, re.M)) < len(re.findall(r"^error", before, re.M))


# ---------------------------------------------------------------- slips

IN_CRITERION = "section s cap 4 {{ criterion c cap 4 {{ {} }} }}"
IN_STAGE = 'authority town "Town" stage first "First step" {{ by town }} stage s {{ {} }}'
# code, what is written, what the fix makes of it (None: no fix). {…} stands inside a criterion, […] inside a stage.
SLIPS = [
    ("E0202", "define a = 满意率不低于95%", "define a = 满意率 不低于 95%"),
    ("E0202", "{full when 满意率不低于 95%}", "{full when 满意率 不低于 95%}"),
    ("E0202", "{满分 当甲}", "{满分 当 甲}"),
    ("E0202", "{分档 甲 { 不低于95%：4 其余：0 }}", "{分档 甲 { 不低于 95%：4 其余：0 }}"),
    ("E0202", "指标 甲 分值4 { 满分 当 乙 }", "指标 甲 分值 4 { 满分 当 乙 }"),
    ("E0202", "{扣1分 当 甲}", "{扣 1分 当 甲}"),
    ("E0203", "define a = b && c", "define a = b and c"),
    ("E0203", "define a = !b", "define a = not b"),
    ("E0203", "定义 甲 = 乙 & 丙", "定义 甲 = 乙 且 丙"),
    ("E0203", "{满分 当 !甲}", "{满分 当 并非 甲}"),
    ("E0203", "define a = 'b'", 'define a = "b"'),
    ("E0204", "define a = 2017-4-5", "define a = 2017-04-05"),
    ("E0206", "{bands x { at least 90% 4 }}", "{bands x { at least 90% : 4 }}"),
    ("E0206", "facts f { a count }", "facts f { a : count }"),
    ("E0207", "facts: t = table {\n| a | b c |\n}", 'facts: t = table {\n| a | b "c" |\n}'.replace('b "c"', '"b c"')),
    ("E0207", "facts: a = b c\nd = 3", 'facts: a = "b c"\nd = 3'),
    ("E0207", "facts: head = A. Lind", 'facts: head = "A. Lind"'),
    ("E0207", "facts: n = about 300", 'facts: n = "about 300"'),
    ("E0208", "{2 when a >= 1 <= 3}", "{2 when a >= 1 and a <= 3}"),
    ("E0208", "{2 when 1 <= a <= 3}", "{2 when 1 <= a and a <= 3}"),
    ("E0208", "{2 when (a + 1) * 2 > b > c}", "{2 when (a + 1) * 2 > b and b > c}"),
    ("E0208", "{2 when a is at least 3}", "{2 when a at least 3}"),
    ("E0208", "{2 当 甲 为 不低于 3}", "{2 当 甲 不低于 3}"),
    ("E0209", "facts f { a : count 人 }", "facts f { a : count(人) }"),
    ("E0210", "define e = mean of x in y where z > 1 dropping 1 highest 1 lowest", None),
    ("E0211", "define e = mean of x in y dropping 1 highest", "define e = mean of x in y dropping 1 highest 0 lowest"),
    ("E0212", "facts: x = met except partly 5", "facts: x = met except 5 partly"),
    ("E0213", "{full when}", None),
    ("E0213", "facts: a = 86 of\nb = 3", None),
    ("E0214", "{judged 0 to 3}", "{judged from 0 to 3}"),
    ("E0215", 'grades { a when b "c"  d when e }', 'grades { a "c" when b  d when e }'),
    ("E0216", "section s cap 4 like (a)", None),
    ("E0216", "定义 3级 = 4", None),
    ("E0217", "section stage cap 4 { }", "section `stage` cap 4 { }"),
    ("E0217", "facts f { stage : yesno\n when : yesno }", "facts f { `stage` : yesno\n `when` : yesno }"),
    ("E0217", "define a = b and except > 3", "define a = b and `except` > 3"),
    ("E0218", "section s cap 4 { criterion c cap 4 { full when a\n criterion d cap 4 { full when b } }", None),
    ("E0219", "{choose by a { -2 : 3 otherwise : 0 }}", "{choose by a { is -2 : 3 otherwise : 0 }}"),
    ("E0219", "{choose by a { 0 : 3  -2 : 1 }}", "{choose by a { 0 : 3  is -2 : 1 }}"),
    ("E0220", "grades { a when b  lower 1 when c  d when e }", None),
    ("E0221", "define e = a is one of x, y and b", "define e = a is one of [x, y] and b"),
    ("E0221", "define e = all of { a is one of x, y, b }", None),
    ("E0222", "{choose { when a : judged by bureau otherwise : 0 }}", None),
    ("E0223", "define a 3", "define a = 3"),
    ("E0223", "facts: score a.b 2.5", "facts: score a.b = 2.5"),
    ("E0224", "{bands x { 3 : 4 }}", None),
    ("E0224", "{bands x { at least 5 : 4  3 : 2 }}", None),
    ("E0225", "define x = = 3", "define x = 3"),
    ("E0226", "{full when a b}", None),
    ("E0249", "define e = income >= 20 yuan", "define e = income >= 20"),
    ("E0227", "define e = a >= 20 万元", "define e = a >= 20万元"),
    ("E0228", "define x = count of t where a > 1 >= 2", "define x = (count of t where a > 1) >= 2"),
    ("E0229", "define x = 1 + if a then 1 else 2", None),
    ("E0230", "define x = (a and b", "define x = (a and b)"),
    ("E0230", "define x = a is one of [b, c\ndefine d = 3", "define x = a is one of [b, c]\ndefine d = 3"),
    ("E0231", "define x = (a))", "define x = (a)"),
    ("E0231", "section s cap 4 { } }", "section s cap 4 { } "),
    ("E0232", "facts: a = [b c]", "facts: a = [b, c]"),
    ("E0233", 'section s cap 4 "label" { }', 'section s "label" cap 4 { }'),
    ("E0234", "section s 4 { }", "section s cap 4 { }"),
    ("E0235", "section s weight 5 { }", "section s weight 5% { }"),
    ("E0236", "facts: a : 86", "facts: a = 86"),
    ("E0236", "facts f { a = yesno }", "facts f { a : yesno }"),
    ("E0237", "define x = if a then 1", None),
    ("E0237", "define x = if a 1 else 2", None),
    ("E0238", "define x = 3 // three", "define x = 3 # three"),
    ("E0239", "define x = a at\nleast 3", "define x = a at least 3"),
    ("E0240", "facts: t = table { | a |\n| 1 |\n}", None),
    ("E0241", "facts: a = 2017/04/25", "facts: a = 2017-04-25"),
    ("E0241", "facts: a = 2017.04.25", "facts: a = 2017-04-25"),
    ("E0241", "standard s { issued 20170425 }", "standard s { issued 2017-04-25 }"),
    ("E0242", "members = 86", None),
    ("E0242", "facts: section s cap 4 { }", None),
    ("E0243", "{full whn a}", "{full when a}"),
    ("E0243", "{满分 当 甲 大于等于 3}", "{满分 当 甲 不低于 3}"),
    ("E0243", "{满分 当 甲 大于3}", "{满分 当 甲 高于 3}"),
    ("E0243", "{full if a}", "{full when a}"),
    ("E0243", "{满分 当 甲 并 乙}", "{满分 当 甲 且 乙}"),
    ("E0243", "{full when a greater than 3}", "{full when a above 3}"),
    ("E0243", "{full when a is greater than 3}", "{full when a above 3}"),
    ("E0243", "{full when a more then 3}", "{full when a more than 3}"),
    ("E0243", "{full when a > 95 percent}", "{full when a > 95%}"),
    ("E0243", "criterion first aid cap 4 { full when a }", "criterion first_aid cap 4 { full when a }"),
    ("E0243", "define first-aid = 3", "define first_aid = 3"),
    ("E0243", "{full when a over 3}", "{full when a above 3}"),
    ("E0243", "facts: a = 86 out of 88", "facts: a = 86 of 88"),
    ("E0255", "facts: n = 300 (estimated)", 'facts: n = 300 "estimated"'),
    ("E0255", "facts: n = 300人（估计）", 'facts: n = 300人"估计"'),
    ("E0254", "facts: day = 8.3.2024", None),
    ("E0254", "facts: day = 2024-03", None),
    ("E0256", "facts: a = March, April", "facts: a = 3, 4"),
    ("E0256", "facts: a = March to June, 8", "facts: a = 3..6, 8"),
    ("E0256", "facts: a = 3月、5月", "facts: a = 3, 5"),
    ("E0256", "facts: a = 1..3、6月至8月", "facts: a = 1..3, 6..8"),
    ("E0256", "facts: a = 3月份-5月份", "facts: a = 3..5"),
    ("E0241", "facts: day = 25.12.2024", "facts: day = 2024-12-25"),
    ("E0248", "facts: a = b, c = 3", "facts: a = b; c = 3"),
    ("E0243", "define x = a plus 3", "define x = a + 3"),
    ("E0243", "定义 子 = 甲 除以 乙", "定义 子 = 甲 / 乙"),
    ("E0243", "[by town  after first plus 10 days]", "[by town  after first + 10 days]"),
    ("E0243", "{full when a at lest 3}", "{full when a at least 3}"),
    ("E0243", "facts f { a : chioce { x, y } }", "facts f { a : choice { x, y } }"),
    ("E0243", "critrion c cap 4 { }", "criterion c cap 4 { }"),
    ("E0244", "facts: study = 1-6", "facts: study = 1..6"),
    ("E0244", "facts f { a : number within 0 to 12 }", "facts f { a : number within 0..12 }"),
    ("E0245", "section s cap 4\nsection t cap 4 { }", None),
    ("E0245", "criterion c cap 4 full when a }", "criterion c cap 4 { full when a }"),
    ("E0246", "define x = 1,500", "define x = 1_500"),
    ("E0246", "define x = a > 1 500", "define x = a > 1_500"),
    ("E0246", "facts: a = 1 500", "facts: a = 1_500"),
    ("E0246", "facts: a = 12,000.00 yuan", "facts: a = 12_000.00 yuan"),
    ("E0246", "{full when a > 1,500.5}", "{full when a > 1_500.5}"),
    ("E0247", "section s cap 4 {", None),
    ("E0248", "事实 丁 { 甲：是否、乙：是否 }", "事实 丁 { 甲：是否 乙：是否 }"),
    ("E0248", "facts f { a : share,\n b : share }", "facts f { a : share\n b : share }"),
    ("E0250", '[by "Town"]', "[by town]"),
    ("E0250", '[by town  after "First step"]', "[by town  after first]"),
    ("E0250", '[by town  after first, "Second"]', "[by town  after first, Second]"),
    ("E0250", '[by town  confers "Best title"]', None),
    ("E0250", 'facts: decision "Apply" approved on 2025-03-01 by town', "facts: decision Apply approved on 2025-03-01 by town"),
    ("E0250", 'facts: decision apply approved on 2025-03-01 by "The town hall"', None),
    ("E0250", 'facts: 决定 申报 同意 于 2025-03-01 由 "镇"', "facts: 决定 申报 同意 于 2025-03-01 由 镇"),
    ("E0251", "[quota top 5% of units, ranked by total, work, rounded down]", "[quota top 5% of units, rounded down, ranked by total, work]"),
    ("E0251", "[quota top 5% of units, ranked by total rounded half up]", "[quota top 5% of units, rounded half up, ranked by total]"),
    ("E0251", "[quota top 5% of units, rounded up, ranked by total, rounded down]", "[quota top 5% of units, rounded up, ranked by total]"),
    ("E0252", "[quota top 25%, rounded down, ranked by total]", "[quota top 25% of units, rounded down, ranked by total]"),
    ("E0252", "[名额前 25%，取整 向下，依次按 总分]", "[名额前 25% 的单位，取整 向下，依次按 总分]"),
    ("E0243", "[quota 25% of units, rounded down, ranked by total]", "[quota top 25% of units, rounded down, ranked by total]"),
    ("E0243", "[by town\n every year]", "[by town\n each year]"),
    ("E0243", "[confers gold\n before 2025-03-01]", "[confers gold\n due 2025-03-01]"),
    ("E0243", "[by 2025-03-01]", "[due 2025-03-01]"),
    ("E0253", "[wait 1 week]", "[wait 7 days]"),
    ("E0253", "[after first + 2 weeks]", "[after first + 14 days]"),
    ("E0253", "[公示 2周]", "[公示 14天]"),
    ("E0253", "[wait 7 working days]", None),
    ("E0253", 'title gold "Gold" valid one year', None),
    ("E0254", "[due 01/02/2024]", None),
    ("E0254", "[due soon]", None),
    ("E0241", "[due 25/12/2024]", "[due 2024-12-25]"),
    ("E0241", "[due 30 May 2025]", "[due 2025-05-30]"),
    ("E0241", "[due May 30, 2025]", "[due 2025-05-30]"),
    ("E0241", "[due Saturday 2025-02-15]", "[due 2025-02-15 Saturday]"),
    ("E0241", "facts: decision apply approved on 1 March 2025 by town", "facts: decision apply approved on 2025-03-01 by town"),
    ("E0201", "[confers gold\n foo]", None),
    ("E0201", "{full because a}", None),
    ("E0206", "{bands x { at least 3 95% : 4 }}", None),
    ("E0217", "facts f { judged \"J\" : yesno }", "facts f { `judged` \"J\" : yesno }"),
    ("E0243", "facts f { first aid : yesno }", "facts f { first_aid : yesno }"),
    ("E0243", "facts f { first aid \"First aid\" : yesno }", "facts f { first_aid \"First aid\" : yesno }"),
    ("E0206", "facts f { a \"A\" count }", "facts f { a \"A\" : count }"),
    ("E0207", "facts: phone = 0730-8880123", 'facts: phone = "0730-8880123"'),
    ("E0224", "{bands x { 80%-95% : 4  otherwise : 0 }}", "{bands x { from 80% to below 95% : 4  otherwise : 0 }}"),
    ("E0224", "{bands x { at least 95% : 5  80% to 95% : 4 }}", "{bands x { at least 95% : 5  from 80% to below 95% : 4 }}"),
    ("E0226", "{full when a is roughly 3}", None),
    ("E0226", "{full when a 80% to 95%}", None),
    ("E0234", "指标 甲 \"甲\"（4分） { 满分 当 乙 }", "指标 甲 \"甲\" 分值 4分 { 满分 当 乙 }"),
    ("E0236", "facts: a = 86：88", "facts: a = 86/88"),
    ("E0241", "facts: day = 2024-12-25 10:30", "facts: day = 2024-12-25"),
    ("E0241", "facts: day = 2024-12-25T00:00:00", "facts: day = 2024-12-25"),
    ("E0241", "facts: day = 25 December 2024", "facts: day = 2024-12-25"),
    ("E0241", "facts: day = December 25, 2024", "facts: day = 2024-12-25"),
    ("E0243", "define a = day >= 2017-04-26 Wensday", "define a = day >= 2017-04-26 Wednesday"),
    ("E0243", "define a = day >= 2017-04-25 tue", "define a = day >= 2017-04-25 Tuesday"),
    ("E0243", "定义 甲 = 日 不低于 2017年4月25日（星期二）", "定义 甲 = 日 不低于 2017年4月25日 星期二"),
    ("E0243", "定义 甲 = 日 不低于 2017年4月25日礼拜2", "定义 甲 = 日 不低于 2017年4月25日 星期二"),
    ("E0243", "facts: day = 2017-04-25 Teusday\nb = 3", "facts: day = 2017-04-25 Tuesday\nb = 3"),
    ("E0243", "facts: 日 = 2017年4月25日（周二）", "facts: 日 = 2017年4月25日 周二"),
    ("E0243", "{full when a is over 3}", "{full when a above 3}"),
    ("E0243", "{full when a greater than or equal to 3}", "{full when a at least 3}"),
    ("E0243", "{full when a no less than 3}", "{full when a at least 3}"),
    ("E0243", "{full when a between 80% and 95%}", "{full when a at least 80% and a at most 95%}"),
    ("E0243", "定义 乙 = 甲 在 80% 到 95% 之间", "定义 乙 = 甲 不低于 80% 且 甲 不超过 95%"),
    ("E0243", "criterion c points 4 { full when a }", "criterion c cap 4 { full when a }"),
    ("E0243", "指标 甲 分数 4 { 满分 当 乙 }", "指标 甲 分值 4 { 满分 当 乙 }"),
    ("E0243", "标准 甲 { 年度 2024 }", "标准 甲 { 考评期 2024 }"),
    ("E0243", "标准 甲 { 满分 100 }", "标准 甲 { 总分 100 }"),
    ("E0243", "{deduct 1 for each a}", "{deduct 1 per a}"),
    ("E0243", "{5 for a}", "{5 when a}"),
    ("E0243", "{-1 when a}", "{deduct 1 when a}"),
    ("E0243", "{减 1分 当 甲}", "{扣 1分 当 甲}"),
    ("E0243", "{bands x { at least 95% : 4  else : 0 }}", "{bands x { at least 95% : 4  otherwise : 0 }}"),
    ("E0243", "{分档 甲 { 不低于 95%：4  其他：0 }}", "{分档 甲 { 不低于 95%：4  其余：0 }}"),
    ("E0243", "veto_discipline when a", "veto discipline when a"),
    ("E0243", "一级指标 甲 分值 4 { 指标 乙 分值 4 { 满分 当 丙 } }", "部分 甲 分值 4 { 指标 乙 分值 4 { 满分 当 丙 } }"),
    ("E0243", "部分 甲 分值 4 { 二级指标 乙 分值 4 { 满分 当 丙 } }", "部分 甲 分值 4 { 指标 乙 分值 4 { 满分 当 丙 } }"),
    ("E0255", "facts: a = 95% 以上", 'facts: a = 95% "以上"'),
    ("E0255", "facts: a = no violations\nb = 3", 'facts: a = no "violations"\nb = 3'),
    ("E0257", "{give 5 when a}", "{5 when a}"),
    ("E0257", "{得 5分 当 甲}", "{5分 当 甲}"),
    ("E0257", "{full marks when a}", "{full when a}"),
    ("E0257", "{（4分） 当 甲}", "{4分 当 甲}"),
    ("E0257", "{满分 （4分） 当 甲}", "{满分 当 甲}"),
    ("E0257", "facts: as of = 2017-12-20", "facts: as of 2017-12-20"),
    ("E0257", "facts: 单位：甲 \"甲\"", "facts: 单位 甲 \"甲\""),
    ("E0257", "[by town  confers title gold]", "[by town  confers gold]"),
    ("E0257", "[由 town  授予 称号 gold]", "[由 town  授予 gold]"),
    ("E0243", "[by town  after first 1 year later]", "[by town  after first + 1 year]"),
    ("E0243", "[by town  1 year after first]", "[by town  after first + 1 year]"),
    ("E0243", "[by town  after first after 2 months]", "[by town  after first + 2 months]"),
    ("E0243", "[由 town  后于 first 1年后]", "[由 town  后于 first + 1年]"),
    ("E0257", "standard s { total: 100 }", "standard s { total 100 }"),
    ("E0257", "标准 甲 { 考评期：2024年 }", "标准 甲 { 考评期 2024年 }"),
    ("E0257", "criterion c cap = 4 { full when a }", "criterion c cap 4 { full when a }"),
    ("E0258", "{full when no violations}", None),
    ("E0258", "{满分 当 无 违纪}", None),
    ("E0259", "criterion c { cap 4  full when a }", "criterion c cap 4 {  full when a }"),
    ("E0259", "指标 甲 \"甲\" { 分数 4  满分 当 乙 }", "指标 甲 \"甲\" 分值 4 {  满分 当 乙 }"),
    ("E0259", "{分数 4}", None),
    ("E0260", "facts: standard base.rubric", 'facts: standard "base.rubric"'),
    ("E0260", "facts: unit 3", 'facts: unit "3"'),
    ("E0260", "facts: 单位 3 号院", 'facts: 单位 "3 号院"'),
    ("E0257", "facts: unit: 3", 'facts: unit "3"'),
    ("E0257", "facts: standard: base.rubric", 'facts: standard "base.rubric"'),
    ("E0261", "criterion c cap 4 { 90% and above: 4 points\n 80% - 90%: 2 }", None),
    ("E0261", "criterion c cap 4 { at least 90% : 4 }", None),
    ("E0261", "指标 甲 分值 4 {\n 90%以上：4分\n}", None),
    ("E0224", "ladder l { 90% or more : 4 }", "ladder l { at least 90% : 4 }"),
    ("E0224", "分档表 甲 { 95%以上：4分 }", "分档表 甲 { 不低于 95%：4分 }"),
    ("E0224", "分档表 甲 { 不低于 95%：4分  80%以下：0分 }", "分档表 甲 { 不低于 95%：4分  低于 80%：0分 }"),
    ("E0224", "{bands x { at least 90% : 4  80% <= x < 90% : 2 }}", "{bands x { at least 90% : 4  from 80% to below 90% : 2 }}"),
    ("E0224", "{bands x { 80% < x <= 90% : 2 }}", "{bands x { from above 80% to 90% : 2 }}"),
    ("E0203", "指标 甲 《甲》 分值 4 { 满分 当 乙 }", '指标 甲 "甲" 分值 4 { 满分 当 乙 }'),
    ("E0243", "{full when a >= 100 AND b}", "{full when a >= 100 and b}"),
    ("E0243", "{score = a / 100}", "{earn a / 100}"),
    ("E0243", "等级 { 优秀 当 总分 在 90 以上  其余 合格 }", "等级 { 优秀 当 总分 不低于 90  其余 合格 }"),
    ("E0243", "定义 甲 = 总分 80 以上", "定义 甲 = 总分 不低于 80"),
    ("E0243", "define a = total 80 or more", "define a = total at least 80"),
    ("E0243", "facts: open days = 300", "facts: open_days = 300"),
    ("E0248", "facts: a = yes,\nb = 3,", "facts: a = yes\nb = 3"),
    ("E0257", "{full when the visits >= 3}", "{full when visits >= 3}"),
    ("E0257", "[by the town]", "[by town]"),
    ("E0236", "{2 when at least 2 of (a, b, c)}", "{2 when at least 2 of { a, b, c }}"),
    ("E0243", "{if a then 4 else 0}", "{4 when a}"),
    ("E0243", "{if a > 3 then 4 else 1}", "{choose { when a > 3 : 4  otherwise : 1 }}"),
    ("E0243", "criterion c cap 60% { full when a }", "criterion c weight 60% { full when a }"),
    ("E0243", "{1 per 10 visits}", "{1 per visits / 10}"),
    ("E0243", "grades { A: total >= 90  otherwise B }", "grades { A when total >= 90  otherwise B }"),
    ("E0243", "等级 { 优秀：90分以上  其余 合格 }", "等级 { 优秀 当 总分 不低于 90  其余 合格 }"),
    ("E0243", "facts f { open on weekends : yesno }", "facts f { open_on_weekends : yesno }"),
    ("E0243", 'facts f { number of visits "Visits" : count }', 'facts f { number_of_visits "Visits" : count }'),
    ("E0243", "facts: talks = {\n| a |\n| 1 |\n}", "facts: talks = table {\n| a |\n| 1 |\n}"),
    ("E0248", "standard s { period 2024, total 100 }", "standard s { period 2024 total 100 }"),
    ("E0255", "facts: safe = yes, since 2010", 'facts: safe = yes "since 2010"'),
    ("E0260", "standard s { edition 2017 }", 'standard s { edition "2017" }'),
    ("E0260", "标准 甲 { 印发机关 县政府 }", '标准 甲 { 印发机关 "县政府" }'),
    ("E0205", "define x = " + " + ".join(["1"] * 2500), None),
]


def whole(text):
    if text.startswith("facts: "):
        return "facts", text[7:]
    if text.startswith("["):
        return "rubric", IN_STAGE.format(text[1:-1])
    return "rubric", IN_CRITERION.format(text[1:-1]) if text.startswith("{") else text


@pytest.mark.parametrize("code, text, right", SLIPS, ids=lambda v: v[:40] if isinstance(v, str) else None)
def test_slip(code, text, right, tmp_path):
    kind, wrong = whole(text)
    assert set(codes(parsed(tmp_path, wrong, kind))) == {code}
    fixed = parsed(tmp_path, wrong, kind, "-f").stdout
    if right is None:
        assert fixed == wrong
    else:
        assert fixed == whole(right)[1]
        assert parsed(tmp_path, fixed, kind).stdout == ""


def test_every_syntax_message_is_a_slip_here():
    rows = [row[0] for row in table_rows(ROOT / "src/diag/errors.def", "DIAG")]
    assert {c for c in rows if c.startswith("E02")} == {code for code, *_ in SLIPS}


# ---------------------------------------------------------------- words as names

NAMES_RUBRIC = (FOLDER / "names.rubric.in").read_text(encoding="utf-8")
NAMES_FACTS = (FOLDER / "names.facts.in").read_text(encoding="utf-8")


def words_that_are_names():
    """{word: its classes}: keywords of one word that are not reserved, and words that only look like keywords."""
    words = {word: {"NAME"} for word in ("人", "在职党员", "当前", "为民", "不低于号", "分数", "项目", "When", "_")}
    for token, kind, english, chinese in table_rows(ROOT / "grammar/keywords.def", "KEYWORD"):
        for word in re.split(", *", f"{english}, {chinese}"):
            if " " not in word and kind in ("CONTEXT", "PLACED", "UNITWORD", "PREDEFINED") and token not in ("TABLE", "DOCUMENT"):
                words.setdefault(word, set()).add(kind)
    return words


@pytest.mark.parametrize("word, kinds", words_that_are_names().items(), ids=lambda v: v if isinstance(v, str) else "")
def test_a_word_that_is_not_reserved_is_a_name(word, kinds, tmp_path):
    quoted = f"`{word}`"
    after_number = quoted if "UNITWORD" in kinds else word
    as_test = quoted if kinds & {"UNITWORD", "PLACED"} else word
    for text, form in ((NAMES_RUBRIC, "rubric"), (NAMES_FACTS, "facts")):
        text = text.replace("@unit", after_number).replace("@test", as_test).replace("@", word)
        assert parsed(tmp_path, text, form).stdout == ""


# ---------------------------------------------------------------- the text as a whole


@pytest.mark.parametrize("text, expected", [
    (b"\xef\xbb\xbfdefine a = 3\r\ndefine b = \"x\r\n", ["E0105"]),
    (b"\xef\xbb\xbfdefine a = 3\r\ndefine b = \"\"\"\r\n  x\r\n  y\"\"\"\r\n", []),
    (b"define a = \xff", ["E0101"]),
    (b"define a = 3\0", ["E0102"]),
    (b"", []),
    (b"# only a remark", []),
    (b"\t \r\n\xe3\x80\x80\xc2\xa0", []),
])
def test_bytes(text, expected, tmp_path):
    assert codes(parsed(tmp_path, text)) == expected


def test_line_ends_make_no_difference(tmp_path):
    text = (FOLDER / "text.rubric").read_text(encoding="utf-8")
    unix, dos = (parsed(tmp_path, t, flag=None).stdout for t in (text, text.replace("\n", "\r\n")))
    without_places = [re.sub(r"\d+:\d+-\d+:\d+", "", out) for out in (unix, dos)]
    assert without_places[0] == without_places[1]


# ---------------------------------------------------------------- limits

DEEP = 100_000
NESTED = {
    "round": lambda n: "define a = " + "(" * n + "1" + ")" * n,
    "lists": lambda n: "facts: a = " + "[" * n + "1" + "]" * n,
    "not": lambda n: "define a = " + "not " * n + "b",
    "minus": lambda n: "define a = " + "- " * n + "1",
    "calls": lambda n: "define a = " + "f(" * n + "1" + ")" * n,
    "conditions": lambda n: "define a = " + "all of { " * n + "b" + " }" * n,
    "if": lambda n: "define a = " + "if b then 1 else " * n + "2",
    "every": lambda n: "define a = " + "every x has " * n + "b",
    "where": lambda n: "define a = " + "count of t where " * n + "b",
    "types": lambda n: "facts f { a : " + "list of " * n + "text }",
    "sections": lambda n: "section a cap 1 { " * n + "}" * n,
    "bands": lambda n: "ladder l { otherwise : " + "bands x { otherwise : " * (n - 1) + "0" + "}" * n,
    "best": lambda n: "criterion c cap 1 { " + "best of { " * (n - 1) + "1 when a " + "}" * n,
}
ENDLESS = {
    "unclosed": "define a = " + "(" * DEEP,
    "choose": "criterion c cap 1 { choose { otherwise : " + "bands x { is 1 : " * DEEP,
    "if in if": "define a = " + "if " * DEEP + "b",
    "spans": "define a = " + "days from " * DEEP + "b",
    "several": "define a = " + "f(all of {(" * DEEP,
    "chain in brackets": "define a = " + "(" * 150 + "1" + (" + 1" * 1900 + ")") * 150,
}


@pytest.mark.parametrize("name", NESTED)
def test_the_limit_of_nesting_is_200(name, tmp_path):
    for depth, expected in ((198, []), (203, ["E0109"]), (DEEP, ["E0109"])):
        kind, text = whole(NESTED[name](depth))
        done = parsed(tmp_path, text, kind)
        assert codes(done) == expected
        assert bool(expected) == bool(re.search(r"--> case\.\w+:1:\d+", done.stdout))


@pytest.mark.parametrize("name", ENDLESS)
def test_nesting_without_end(name, tmp_path):
    assert set(codes(parsed(tmp_path, ENDLESS[name]))) <= {"E0109", "E0205"}


def test_long_lists_have_no_limit(tmp_path):
    for text in ("define a = " + " and ".join(["b"] * DEEP), "define a = " + " or ".join(["b and c"] * DEEP),
                 "define a = f(" + ", ".join(["1"] * DEEP) + ")", "criterion c cap 1 {" + " 1 when a" * DEEP + " }", ";" * DEEP):
        assert parsed(tmp_path, text).stdout == ""


def test_a_long_chain_of_sums(tmp_path):
    assert parsed(tmp_path, "define a = " + " + ".join(["1"] * 1000)).stdout == ""
    assert codes(parsed(tmp_path, "define a = " + " * ".join(["1"] * 1002))) == ["E0205"]


@pytest.mark.parametrize("text", ["}" * DEEP, ")" * DEEP, "a " * DEEP, "define " * DEEP, "“" * DEEP, '"""' * 9999, "`" * DEEP, "a\n" * DEEP,
                                  "section s cap 4 {\n" * 150 + "full\n" * DEEP, "%" * DEEP, "1" * DEEP, "| " * DEEP, "\\" * DEEP])
def test_nonsense_ends_soon(text, tmp_path):
    start = time.monotonic()
    assert parsed(tmp_path, text).returncode == 2
    assert time.monotonic() - start < 20


# ---------------------------------------------------------------- at random


@pytest.mark.parametrize("program", [p for p in (d.parent / "parse_fuzz_calc" for d in DUMPS) if p.exists()], ids=lambda p: p.parent.parent.name)
def test_changed_at_random(program):
    files = [*map(str, FILES), str(FOLDER / "names.rubric.in"), str(FOLDER / "names.facts.in")]
    for seed in range(1, 2000 if LONG else 20, 10):
        assert run([str(program), str(seed), "10", *files]).returncode == 0
