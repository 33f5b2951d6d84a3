"""Every hostile or careless YAML file ends in a named finding, never in a traceback."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from vlm_survey.load import guarded_yaml
from vlm_survey.load.catalog import read_record
from vlm_survey.load.folder import Entry

GOOD = b"title: A title\nyear: 2023\nauthors: [Ada Lovelace]\nstatus: imported\nadded: 2026-11-24\n"


def read(data: bytes):
    return read_record(Entry("a-model.yaml", data))


def with_title(value: str | bytes) -> bytes:
    value = value.encode() if isinstance(value, str) else value
    return GOOD.replace(b"title: A title", b"title: " + value)


def with_year(value: str) -> bytes:
    return GOOD.replace(b"year: 2023", b"year: " + value.encode())


def alias_bomb() -> bytes:
    lines = ["a0: &a0 [x, x]"] + [
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)
    ]
    return "\n".join(lines).encode()


REFUSED = {
    "Y01 alias bomb": (alias_bomb(), "yaml-feature"),
    "Y02 self-reference": (with_title("&a [*a]"), "yaml-feature"),
    "Y03 deep flow lists": (b"[" * 1_000, "yaml-feature"),
    "Y04 very deep flow lists": (b"[" * 50_000, "yaml-feature"),
    "Y04 very deep block lists": (b"- " * 30_000, "yaml-feature"),
    "Y04 very deep keys": (b"? " * 30_000, "yaml-feature"),
    "Y04 very deep mappings": (b"{" * 50_000, "yaml-feature"),
    "Y05 duplicate key": (GOOD + b"year: 2024\n", "duplicate-key"),
    "Y05 duplicate nested key": (
        GOOD + b"tags:\n  task: {vqa: null, vqa: null}\n",
        "duplicate-key",
    ),
    "Y06 merge key": (GOOD + b"<<: {year: 2024}\n", "yaml-feature"),
    "Y07 python tag": (with_title("!!python/object/apply:os.system [id]"), "yaml-feature"),
    "Y07 tag directive": (
        b"%TAG !y! tag:yaml.org,2002:\n---\ntitle: !y!python/none x\n",
        "yaml-feature",
    ),
    "Y08 unknown tag": (with_title("!foo bar"), "yaml-feature"),
    "Y09 binary tag": (with_title("!!binary aGVsbG8="), "yaml-feature"),
    "Y10 set tag": (GOOD.replace(b"[Ada Lovelace]", b"!!set {a, b}"), "yaml-feature"),
    "Y11 Latin-1": (with_title("café".encode("latin-1")), "encoding"),
    "Y12 BOM": (b"\xef\xbb\xbf" + GOOD, "encoding"),
    "Y12 UTF-16": (GOOD.decode().encode("utf-16"), "encoding"),
    "Y13 CRLF": (GOOD.replace(b"\n", b"\r\n"), "encoding"),
    "Y13 CR": (GOOD.replace(b"\n", b"\r"), "encoding"),
    "Y14 tab indentation": (GOOD + b"links:\n\tpaper: https://arxiv.org/abs/1\n", "yaml-syntax"),
    "Y14 tab in a value": (with_title('"a\tb"'), "control-character"),
    "Y15 NUL": (with_title("A\0B"), "control-character"),
    "Y16 escaped NUL": (with_title('"A\\0B"'), "control-character"),
    "Y16 escaped ESC": (with_title('"A\\e[31mB"'), "control-character"),
    "Y17 surrogate": (with_title('"A\\uD800B"'), "control-character"),
    "Y18 line separator": (with_title("A\u2028year: 1999"), "control-character"),
    "Y19 next line": (with_title("A\u0085B"), "control-character"),
    "Y20 backslash letter": (with_title('"\\alpha-CLIP"'), "control-character"),
    "Y20 backslash n": (with_title('"\\nu and \\tau"'), "control-character"),
    "Y21 unknown escape": (with_title('"\\gamma"'), "yaml-syntax"),
    "Y22 colon": (with_title("CLIP: A model"), "yaml-syntax"),
    "Y23 hash": (with_title("Foo # bar"), "unquoted-hash"),
    "Y23 hash after two blanks": (with_title("Foo bar  # baz"), "unquoted-hash"),
    "Y24 anchor": (with_title("&foo bar"), "yaml-feature"),
    "Y25 at": (with_title("@foo"), "yaml-syntax"),
    "Y25 backtick": (with_title("`foo`"), "yaml-syntax"),
    "Y25 percent": (with_title("%foo"), "yaml-syntax"),
    "Y25 star": (with_title("*foo"), "yaml-feature"),
    "Y25 bracket": (with_title("[foo"), "yaml-syntax"),
    "Y25 list": (with_title("[foo]"), "schema"),
    "Y25 text after list": (with_title("[foo] bar"), "yaml-syntax"),
    "Y25 brace": (with_title("{foo"), "yaml-syntax"),
    "Y25 question": (with_title("? foo"), "yaml-syntax"),
    "Y25 bar": (with_title("| foo"), "yaml-syntax"),
    "Y25 dash": (with_title("- foo"), "yaml-syntax"),
    "Y25 comment": (with_title("# foo"), "unquoted-hash"),
    "Y26 braces": (with_title("{{ 7*7 }}"), "yaml-feature"),
    "Y28 null": (with_title("Null"), "schema"),
    "Y28 tilde": (with_title("~"), "schema"),
    "Y28 empty": (with_title(""), "schema"),
    "Y28 empty quotes": (with_title("''"), "schema"),
    "Y31 decimal year": (with_year("2023.0"), "schema"),
    "Y31 exponent year": (with_year("2.023e+3"), "schema"),
    "Y32 no": (with_year("no"), "schema"),
    "Y33 octal": (with_year("02023"), "schema"),
    "Y34 hex": (with_year("0x7E7"), "schema"),
    "Y34 underscore": (with_year("2_023"), "schema"),
    "Y35 sexagesimal": (with_year("20:23"), "schema"),
    "Y36 blanks": (with_year('" 2023 "'), "schema"),
    "Y37 negative": (with_year("-2023"), "schema"),
    "Y37 five digits": (with_year("99999"), "schema"),
    "Y37 other digits": (with_year("２０２３"), "schema"),
    "Y38 impossible date": (with_year("2023-13-45"), "schema"),
    "Y38 impossible added": (GOOD.replace(b"2026-11-24", b"2026-13-45"), "schema"),
    "Y39 many digits": (with_year("9" * 5_000), "schema"),
    "Y40 nan": (with_year(".nan"), "schema"),
    "Y42 authors text": (GOOD.replace(b"[Ada Lovelace]", b"Alice"), "schema"),
    "Y42 authors mapping": (GOOD.replace(b"[Ada Lovelace]", b"{a: b}"), "schema"),
    "Y42 authors null": (GOOD.replace(b"[Ada Lovelace]", b"[null]"), "schema"),
    "Y43 several in one": (GOOD.replace(b"[Ada Lovelace]", b"[A B and C D]"), "schema"),
    "Y43 et al.": (GOOD.replace(b"[Ada Lovelace]", b"[A B, et al.]"), "schema"),
    "Y44 two documents": (GOOD + b"---\n" + GOOD, "yaml-feature"),
    "Y44 text after the end": (GOOD + b"...\nmore: x\n", "yaml-syntax"),
    "Y45 empty": (b"", "schema"),
    "Y45 comments only": (b"# nothing\n", "schema"),
    "Y45 list": (b"- title\n", "schema"),
    "Y45 scalar": (b"title\n", "schema"),
    "Y46 number as key": (GOOD + b"1: x\n", "schema"),
    "Y46 null as key": (GOOD + b"~: x\n", "schema"),
    "Y46 list as key": (GOOD + b"[a]: x\n", "yaml-feature"),
    "Y46 mapping as key": (GOOD + b"? {a: b}\n: x\n", "yaml-feature"),
    "Y47 misspelt": (GOOD.replace(b"title:", b"tilte:"), "schema"),
    "Y47 Cyrillic": (GOOD.replace(b"title:", "tіtle:".encode()), "schema"),
    "Y48 conflict": (b"<<<<<<< HEAD\n" + GOOD + b"=======\n>>>>>>> x\n", "yaml-syntax"),
    "Y49 huge": (with_title("x" * 20_000_000), "unreadable-file"),
    "Y49 many items": (b"- a\n" * 6_000, "yaml-feature"),
    "Y50 version 9.9": (b"%YAML 9.9\n---\n" + GOOD, "yaml-syntax"),
    "Y50 version 1.2": (b"%YAML 1.2\n---\n" + GOOD, "yaml-feature"),
    "T26 long title": (with_title("x" * 501), "schema"),
    "id in the file": (GOOD + b"id: a-model\n", "schema"),
    "line break": (with_title("|\n  one\n  two"), "control-character"),
    "tag characters": (with_title("A\U000e0041B"), "control-character"),
    "non-character": (with_title("A\uffffB"), "control-character"),
    "quotes never closed": (with_title('"A'), "yaml-syntax"),
    "unknown status": (GOOD.replace(b"imported", b"done"), "schema"),
    "unknown link": (GOOD + b"links: {papper: https://arxiv.org/abs/1}\n", "schema"),
    "unsafe link": (GOOD + b"links: {paper: 'javascript:alert(1)'}\n", "unsafe-url"),
    "evidence is a list": (GOOD + b"tags: {task: {vqa: [a]}}\n", "schema"),
    "terms are a list": (GOOD + b"tags: {task: [vqa]}\n", "schema"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_is_refused_with_line_reason_and_fix(data: bytes, code: str) -> None:
    file = read(data)

    assert file.record is None
    assert code in {problem.code for problem in file.problems}
    for problem in file.problems:
        assert 1 <= problem.line <= data.count(b"\n") + data.count(b"\r") + 1
        assert problem.message
        assert problem.fix


ACCEPTED = {
    "Y27 equals sign": (with_title("="), "title", "="),
    "Y27 merge sign as a value": (with_title("<<"), "title", "<<"),
    "Y29 Norway": (with_title("No"), "title", "No"),
    "Y29 names": (
        GOOD.replace(b"[Ada Lovelace]", b"[Yes, No, On]"),
        "authors",
        ("Yes", "No", "On"),
    ),
    "Y30 number": (with_title("1984"), "title", "1984"),
    "Y30 date": (with_title("2024-01-02"), "title", "2024-01-02"),
    "Y36 quoted year": (with_year('"2023"'), "year", 2023),
    "Y43 family name first": (
        GOOD.replace(b"[Ada Lovelace]", b"\n  - Lovelace, Ada"),
        "authors",
        ("Lovelace, Ada",),
    ),
    "a hash inside a word": (with_title("C# and F#"), "title", "C# and F#"),
    "a hash in quotes": (with_title("'Foo # bar'"), "title", "Foo # bar"),
    "a comment after quotes": (with_title("'Foo'  # bar"), "title", "Foo"),
    "a folded text": (with_title(">\n  one\n  two"), "title", "one two"),
    "quoted null": (with_title("'null'"), "title", "null"),
    "Jinja in quotes": (with_title("'{{ 7*7 }}'"), "title", "{{ 7*7 }}"),
    "other scripts": (with_title("深度学习 in العربية 😀"), "title", "深度学习 in العربية 😀"),
}


@pytest.mark.parametrize(("data", "field", "value"), ACCEPTED.values(), ids=ACCEPTED)
def test_is_read_as_text(data: bytes, field: str, value: object) -> None:
    file = read(data)

    assert file.problems == ()
    assert getattr(file.record, field) == value


def test_an_unquoted_arxiv_id_keeps_its_zeros() -> None:
    file = read(GOOD + b"identifiers: {arxiv: 2303.00910}\n")

    assert file.record.identifiers.arxiv == "2303.00910"


def test_all_errors_of_a_file_are_reported_at_their_lines() -> None:
    file = read(b"tilte: x\nyear: 02023\nstatus: imported\nadded: soon\nyear: 2024\n")

    found = [(problem.line, problem.code) for problem in file.problems]
    assert found == [
        (1, "schema"),
        (1, "schema"),
        (2, "schema"),
        (4, "schema"),
        (5, "duplicate-key"),
    ]


@pytest.mark.parametrize("word", ["tilte", "tіtle", "Title"])
def test_a_misspelt_field_is_recognised(word: str) -> None:
    file = read(GOOD.replace(b"title:", f"{word}:".encode()))

    assert "did you mean 'title'?" in {problem.fix for problem in file.problems}


def test_an_unquoted_colon_gets_the_whole_line_to_paste() -> None:
    (problem,) = read(with_title("CLIP: A model")).problems

    assert problem.line == 1
    assert "title: 'CLIP: A model'" in problem.fix


PIECES = st.sampled_from(
    ["title: ", "year: ", "tags:\n  task: ", "authors: ", "- ", "? ", ": ", "{", "}", "[", "]", ",", "&a ", "*a", "!t ", "|\n", ">\n", "'", '"', "#", " #", "\n", "\n  ", "\t", "---\n", "...\n", "%YAML 1.1\n", "<<", "~", "null", "\\", "\\x00", "é", "\u2028", "\x00", "\x1b", "\ufeff", "\ud7ff", "no", "1e9", "0x1", "links: {paper: ", "https://", "@", "`", "added: 2026-11-24\n", "status: imported\n", "survey: [{section: a, number: 1}]\n", "identifiers: {doi: "]
)  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(PIECES | st.text(max_size=8), max_size=40).map("".join))
def test_any_text_ends_in_a_record_or_in_problems(text: str) -> None:
    """Never in a traceback, and every problem has its place, reason and remedy."""
    file = read(text.encode("utf-8", "surrogatepass"))

    assert (file.record is None) == bool(file.problems)
    for problem in file.problems:
        assert 1 <= problem.line <= text.count("\n") + text.count("\r") + 2
        assert problem.message
        assert problem.fix


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_end_in_a_record_or_in_problems(data: bytes) -> None:
    file = read(data)

    assert (file.record is None) == bool(file.problems)


@pytest.mark.parametrize("loader", ["CBaseLoader", "BaseLoader"])
@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_both_parsers_refuse_the_same(
    data: bytes, code: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where PyYAML comes without libyaml, nothing more gets through."""
    monkeypatch.setattr(guarded_yaml, "_LOADER", getattr(yaml, loader))

    file = read(data)

    assert file.record is None
    assert code in {problem.code for problem in file.problems}
