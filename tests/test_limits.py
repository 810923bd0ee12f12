"""Every limit of docs/language.md 2.13: one below it and at it all is well, one past it a message of its own says so."""
import os

import pytest
from support import LONG, RUBRIC, run

HEAD = 'standard s "S" { period 2024 }\n'


def write(folder, **files):
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text, encoding="utf-8")


def said(folder, *words, stdin=""):
    done = run([RUBRIC, *words], folder, stdin=stdin)
    return done.stdout + done.stderr, done.returncode


def check(folder, text, *more):
    write(folder, s_rubric=text)
    return said(folder, "check", "s.rubric", *more)


def score(folder, rules, facts, *more):
    write(folder, s_rubric=rules, u_facts='unit u "U"\nstandard "s.rubric"\n' + facts)
    return said(folder, "eval", "u.facts", *more)


def holds_at(limit, code, ask, past=2):
    """`ask(n)` says (what was said, exit code) of something of size n."""
    for size in (limit - 1, limit):
        text, exit = ask(size)
        assert "error[" not in text and exit == 0, f"at {size}: {text[-1500:]}"
    text, exit = ask(limit + 1)
    assert f"[{code}]" in text and exit == past, f"at {limit + 1}: {text[-1500:]}"
    return text


# ---------------------------------------------------------------- texts

@pytest.mark.parametrize("left, right", ["()", ("（", "）")])
def test_nesting(left, right, tmp_path):
    text = holds_at(200, "E0109", lambda n: check(tmp_path, f"{HEAD}show a = {left * n}1{right * n}\n"))
    assert text.count("error[") == 1


def test_nesting_of_sections(tmp_path):
    """Names of parts make paths; the braces count, the innermost being the criterion's."""
    def standard(n):
        opening = "".join(f'section s{i} "S{i}" cap 1 {{\n' for i in range(n - 1))
        return f'standard s "S" {{ total 1 }}\nfacts "F" {{ f : yesno }}\n{opening}criterion c "C" cap 1 {{ full when f }}\n{"}" * (n - 1)}\n'
    holds_at(200, "E0109", lambda n: check(tmp_path, standard(n)))


def test_nesting_of_lists(tmp_path):
    """In facts too: what a list holds is no list, and that is another message."""
    rules = HEAD + 'facts "F" { l : list of number }\n'
    assert "[E0109]" in score(tmp_path, rules, f"l = {'[' * 201}1{']' * 201}\n")[0]
    assert "[E0109]" not in score(tmp_path, rules, f"l = {'[' * 200}1{']' * 200}\n")[0]


def test_chain(tmp_path):
    holds_at(1000, "E0205", lambda n: check(tmp_path, f"{HEAD}show a = 1{' + 1' * n}\n"))


def test_long_conditions_have_no_limit(tmp_path):
    rules = HEAD + 'facts "F" { f : yesno }\nshow a = ' + " and ".join(["f"] * 20000) + "\n"
    assert "error[" not in check(tmp_path, rules)[0]


def test_digits(tmp_path):
    holds_at(100, "E0107", lambda n: check(tmp_path, f"{HEAD}show a = {'7' * n}\n"))


def test_digits_of_facts(tmp_path):
    rules = HEAD + 'facts "F" { n : number }\nshow a = n\n'
    holds_at(100, "E0107", lambda n: score(tmp_path, rules, f"n = {'7' * n}\n"))


def test_bits(tmp_path):
    """4,096: the largest is 2^4096 − 1, so of the powers of two 2^4095."""
    def powers(n):
        rules = HEAD + 'facts "F" { f : number }\n' + f"define big = {2 ** 300}\nshow a = " + " * ".join(["big"] * 13) + " * f\n"
        return score(tmp_path, rules, f"f = {2 ** (n - 1 - 3900)}\n")
    holds_at(4096, "E0904", powers)


# ---------------------------------------------------------------- files

def large(path, start, size):
    """A comment fills what is missing."""
    with open(path, "wb") as file:
        file.write(start + b"\n# ")
        while size - file.tell() > 1:
            file.write(b"x" * min(1 << 20, size - 1 - file.tell()))
        file.write(b"\n")
    assert os.path.getsize(path) == size


def test_size_of_standard(tmp_path):
    def of_size(n):
        large(tmp_path / "s.rubric", HEAD.encode(), n)
        return said(tmp_path, "check", "s.rubric")
    holds_at(64 << 20, "E1004", of_size, past=3)


@pytest.mark.skipif(not LONG, reason="as for a standard: make test-long tries it")
def test_size_of_facts(tmp_path):
    write(tmp_path, s_rubric=HEAD)
    def of_size(n):
        large(tmp_path / "u.facts", b'unit u "U"\nstandard "s.rubric"\n', n)
        return said(tmp_path, "eval", "u.facts")
    holds_at(64 << 20, "E1004", of_size, past=3)


@pytest.mark.skipif(not LONG, reason="as for a standard: make test-long tries it")
def test_size_of_standard_input(tmp_path):
    write(tmp_path, s_rubric=HEAD)
    def of_size(n):
        large(tmp_path / "u.facts", b'unit u "U"\n', n)
        return said(tmp_path, "eval", "-", "--rules", "s.rubric", stdin=(tmp_path / "u.facts").read_text())
    holds_at(64 << 20, "E1004", of_size, past=3)


@pytest.mark.parametrize("size", [(1 << 30) - 1, 1 << 30, (1 << 30) + 1])
def test_size_of_table(tmp_path, size):
    """The file has holes, which read as NUL: within the limit those are the fault, and they are told."""
    if size <= 1 << 30 and not LONG:
        pytest.skip("a gigabyte is read by make test-long alone")
    write(tmp_path, s_rubric=HEAD)
    (tmp_path / "u.csv").write_text("unit\nu\n")
    os.truncate(tmp_path / "u.csv", size)
    text, exit = said(tmp_path, "eval", "u.csv", "--rules", "s.rubric")
    assert ("[E1004]" if size > 1 << 30 else "[E0102]") in text and exit == (3 if size > 1 << 30 else 2)


def test_files_of_a_standard(tmp_path):
    def many(n):
        for i in range(n - 1):
            (tmp_path / f"f{i}.rubric").write_text(f"show s{i} = {i}\n")
        return check(tmp_path, HEAD + "".join(f'use "f{i}.rubric"\n' for i in range(n - 1)))
    text = holds_at(1000, "E0450", many)
    assert text.count("error[") == 1


def test_depth_of_files(tmp_path):
    def deep(n):
        for i in range(n):
            (tmp_path / f"f{i}.rubric").write_text(f'show s{i} = {i}\n' + (f'use "f{i + 1}.rubric"\n' if i < n - 1 else ""))
        return check(tmp_path, HEAD + 'use "f0.rubric"\n')
    holds_at(16, "E0332", deep)


# ---------------------------------------------------------------- messages

@pytest.mark.parametrize("count, more", [(99, None), (100, None), (101, "1 more"), (250, "150 more")])
def test_errors_shown(count, more, tmp_path):
    text, exit = check(tmp_path, HEAD + "".join(f"show s{i} = nothing{i}\n" for i in range(count)))
    assert text.count("error[E0301]") == min(count, 100) and exit == 2
    assert f"{count} errors" in text
    assert (more in text) if more else ("more" not in text)


def test_errors_of_reading(tmp_path):
    """Reading stops where as many are found as are shown."""
    for count in (99, 100, 101):
        text, _ = check(tmp_path, HEAD + "show = 1\n" * count)
        assert text.count("error[") == min(count, 100)


# ---------------------------------------------------------------- what a standard may hold

def test_rows_inside_rows(tmp_path):
    def nested(n):
        return check(tmp_path, f'{HEAD}facts "F" {{ t : table {{ h : number }} }}\nshow a = {"sum of (" * (n - 1)}sum of h in t{") in t" * (n - 1)}\n')
    holds_at(3, "E0440", nested)


def test_columns_of_a_mix(tmp_path):
    def mixed(n):
        names = [f"c{i}" for i in range(n)]
        shares = [100 // n] * (n - 1) + [100 - (n - 1) * (100 // n)]
        mix = ", ".join(f"{share}% {name}" for share, name in zip(shares, names))
        return check(tmp_path, f'standard s "S" {{ total 1  columns {", ".join(names)}  final {mix.replace(", ", " + ")} }}\n'
                               'facts "F" { f : yesno }\ncriterion c "C" cap 1 { full when f }\n')
    holds_at(12, "E0518", mixed)


def test_definitions_in_a_row(tmp_path):
    def chain(n, plus=""):
        return check(tmp_path, f'{HEAD}facts "F" {{ f : number }}\ndefine d0 = f\n' +
                     "".join(f"define d{i} = d{i - 1}{plus}\n" for i in range(1, n)) + f"show a = d{n - 1}\n")
    holds_at(1000, "E0325", chain)
    holds_at(750, "E0437", lambda n: chain(n, " + 1"))      # a sum and a name each


def test_steps_of_definitions(tmp_path):
    """Definitions with parameters that repeat one another: 2^n pieces."""
    def doubling(n):
        return check(tmp_path, f'{HEAD}facts "F" {{ f : number }}\ndefine d0(x : number) = x + f\n' +
                     "".join(f"define d{i}(x : number) = d{i - 1}(x) + d{i - 1}(x + 1)\n" for i in range(1, n + 1)) + f"show a = d{n}(f)\n")
    text, exit = doubling(15)
    assert "error[" not in text and exit == 0, text[-1500:]
    text, exit = doubling(22)
    assert "[E0433]" in text and exit == 2


def test_elements_of_a_list(tmp_path):
    rules = HEAD + 'facts "F" { l : list of number }\nshow a = count of x in l where x > 0\n'
    holds_at(100000, "E0820", lambda n: score(tmp_path, rules, f"l = [{', '.join(['1'] * n)}]\n"))


def rows(folder, outer, middle, inner):
    """1 + outer · (1 + middle · (1 + inner)) rows, less what is not there."""
    tables = {"a": outer, "b": middle, "c": inner}
    rules = HEAD + 'facts "F" { a : table { x : number }  b : table { y : number }  c : table { z : number } }\n'
    rules += "show s = sum of (x + (sum of (y + sum of z in c) in b)) in a\n" if inner else "show s = sum of (x + sum of y in b) in a\n"
    given = "".join(f'{name} = table {{\n| {column} |\n' + "| 1 |\n" * tables[name] + "}\n" for name, column in zip("abc", "xyz"))
    return score(folder, rules, given)


def test_rows_of_an_evaluation_past_it(tmp_path):
    text, exit = rows(tmp_path, 1, 4000, 4999)      # 1 + 4000 · 5000
    assert "[E1121]" in text and exit == 2


@pytest.mark.skipif(not LONG, reason="make test-long goes through all of them")
@pytest.mark.parametrize("shape", [(1, 4302, 4648), (4000, 4999, 0)])       # 19,999,999 and 20,000,000
def test_rows_of_an_evaluation(shape, tmp_path):
    text, exit = rows(tmp_path, *shape)
    assert "error[" not in text and exit == 0, text


def test_open_questions_of_stages(tmp_path):
    def open_questions(n):
        rules = HEAD + 'facts "F" { ' + "  ".join(f"f{i} : yesno" for i in range(n)) + " }\n" + "".join(
            f'stage s{i} "S{i}" {{ by unit require f{i} "f{i}" }}\n' for i in range(n))
        write(tmp_path, s_rubric=rules, u_facts='unit u "U"\nstandard "s.rubric"\n' + "".join(f"decision s{i} approved on 2024-05-01 by unit\n" for i in range(n)))
        return said(tmp_path, "stages", "u.facts")
    holds_at(12, "E0931", open_questions)
