"""YAML is read as Ruby's Psych reads it, with the line of every key and a problem for every fault."""

import datetime
import gc
import json
import subprocess
import time
from collections.abc import Callable
from functools import reduce
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins import yaml_mapping
from plugins.problems import Problems
from plugins.yaml_mapping import Reading, Value, parse_yaml, read_yaml

UTC = datetime.UTC


def read(text: str, first_line: int = 1) -> tuple[Reading, list[str]]:
    """Return what the file f holds, and its problems as printed."""
    problems = Problems()
    return parse_yaml(text, "f", problems, first_line), list(map(str, problems))


def values(text: str) -> dict[str, Value]:
    return read(text)[0].values


@pytest.fixture(params=["libyaml", "Python's own parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with each of PyYAML's parsers: a source build of PyYAML may lack libyaml."""
    if request.param != "libyaml":
        monkeypatch.setattr(yaml_mapping, "_BASE", yaml_mapping._PythonLoader)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    return str(request.param)


PLAIN: dict[str, Any] = {
    "yes": True, "On": True, "tRue": True, "No": False, "off": False, "y": "y", "N": "N", "~": None, "nULL": None,
    "": None, "017": 15, "08": "08", "0o17": "0o17", "1_000": 1000, "1,000": 1000, "1__0": "1__0", "0x1F": 31,
    "0b11": 3, "+44": 44, "-3": -3, "1:30": 5400, "1:30:07": 5407, ".5": 0.5, "5.": 5.0, "4,5.6": 45.6, "1e3": "1e3",
    "1.5e+3": 1500.0, "1.2.3": "1.2.3", "-.Inf": float("-inf"), "=": "=", "<<": "<<", "!foo bar": "bar", "!!str 5": "5",
    "!x 5": 5, "!x": None, "'5'": "5",
    "2024-1-5": datetime.date(2024, 1, 5), "2024-13-45": "2024-13-45", "2024-02-30": "2024-02-30",
    "2024-01-05 10:00:00": datetime.datetime(2024, 1, 5, 10, tzinfo=UTC),
    "2024-01-05T09:00:00.5 -01:00": datetime.datetime(2024, 1, 5, 10, 0, 0, 500000, tzinfo=UTC),
    "2024-01-05 25:00:00": "2024-01-05 25:00:00", "2024-01-05 10:00": "2024-01-05 10:00",
}  # fmt: skip


@pytest.mark.parametrize("text", PLAIN, ids=lambda text: f"{text!r} is {PLAIN[text]!r}")
def test_a_plain_value_means_what_it_means_to_psych(text: str, parser: str) -> None:
    value = values(f"key: {text}")["key"]
    assert (value, type(value)) == (PLAIN[text], type(PLAIN[text]))


def test_psych_itself_agrees_on_every_plain_value(need: Callable[[str, str], str]) -> None:
    """The table above is held against the real Ruby."""
    ruby = need("ruby", "ruby")
    script = (
        "require 'yaml'; require 'json'; require 'date'; require 'time';"
        "puts JSON.parse(STDIN.read).map { |text|"
        " value = YAML.load(\"key: #{text}\", permitted_classes: [Date, Time, Symbol])['key'];"
        " value = value.utc.iso8601(1) if value.is_a?(Time); value = value.iso8601 if value.is_a?(Date);"
        " value = value.to_s if value.is_a?(Float) && !value.finite?; value }.to_json"
    )
    asked = subprocess.run(
        [ruby, "-e", script], input=json.dumps(list(PLAIN)), capture_output=True, text=True, check=True
    )

    def comparable(value: Any) -> Any:
        if isinstance(value, datetime.datetime):
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-5] + "Z"
        if isinstance(value, datetime.date):
            return value.isoformat()
        return "-Infinity" if value == float("-inf") else value

    assert json.loads(asked.stdout) == [comparable(value) for value in PLAIN.values()]


ACCEPTED: dict[str, tuple[str, Any]] = {
    "nothing": ("", {}),
    "null": ("~", {}),
    "a hundred levels": ("a:\n  " + "- " * 99 + "b", {"a": reduce(lambda inner, _: [inner], range(99), "b")}),
    "only a comment": ("# nothing\n", {}),
    "a document's own fences": ("---\na: b\n...\n", {"a": "b"}),
    "a byte-order mark": ("\ufeffa: b", {"a": "b"}),
    "CRLF": ("a: b\r\nc: d\r\n", {"a": "b", "c": "d"}),
    "a tab before the colon": ("name\t\t: b\n  \nlinks:\n  -  url\t: c", {"name": "b", "links": [{"url": "c"}]}),
    "one anchor twice": ("a: &x one\nb: &x two\nc: *x", {"a": "one", "b": "two", "c": "two"}),
    "a merge key": ("a: &a {k: one, l: two}\nb:\n  <<: *a\n  l: own",
                    {"a": {"k": "one", "l": "two"}, "b": {"k": "one", "l": "own"}}),
    "keys that are no strings to YAML": ("on: x\n2024: y\n~: z", {"on": "x", "2024": "y", "~": "z"}),
    "an unknown tag on a mapping": ("a: !ruby/object:Foo {b: c}", {"a": {"b": "c"}}),
    "an alias as a key": ("a: &x q\n*x : 1\n", {"a": "q", "q": 1}),
    "several merged, the first counts": ("a: &a {k: 1}\nb: &b {k: 2, l: 3}\nc:\n  <<: [*a, *b]",
                                         {"a": {"k": 1}, "b": {"k": 2, "l": 3}, "c": {"k": 1, "l": 3}}),
    "a merge key in quotes": ("a: &a {k: 1}\nb:\n  '<<': *a", {"a": {"k": 1}, "b": {"<<": {"k": 1}}}),
    "a merge of text": ("a:\n  <<: [b, {c: d}]", {"a": {"<<": ["b", {"c": "d"}]}}),
    "block and quoted text": ("a: |\n  b: c\n  d\ne: 'f: g'\nh: >-\n  i\n  j\n",
                              {"a": "b: c\nd\n", "e": "f: g", "h": "i j"}),
}  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_ruby_accepts_is_accepted(case: str, parser: str) -> None:
    text, expected = ACCEPTED[case]
    reading, problems = read(text)
    assert (reading.values, problems) == (expected, [])


WARNED = {
    "a key twice": ("a: 1\nb: 2\na: 3", {"a": 3, "b": 2},
        "f:12: warning: a: is written twice, first on line 10; this one counts; "
        "delete one of them"),
    "an unquoted Liquid value": ("a: {{ site.title }}", {"a": {}},
        "f:10: warning: a: a key that is a mapping is left out; "
        "put a value with braces in quotes"),
    "a second document": ("a: b\n---\nc: d", {"a": "b"},
        "f:11: warning: YAML: a second document is not read; "
        "delete this line"),
}  # fmt: skip
REFUSED = {
    "a list": ("- a", "f:10: YAML: this is a list, not keys with values; write 'key: value'"),
    "one value": ("just text", "f:10: YAML: this is one value, not keys with values; write 'key: value'"),
    "a colon in a value": ("a: b\nc: d: e",
        "f:11: c: has a second ': ', or is indented too far; "
        "put the value in quotes"),
    "a line without a colon": ("a: b\nfoo\nc: d",
        "f:11: YAML: is not 'key: value'; "
        "add the colon, or indent a text that continues"),
    "an open quote": ("a: b\nc: 'd\ne: f", "f:11: c: has a quote that is not closed; close it"),
    "text after a quote": ("a: 'b' c",
        "f:10: a: continues after its closing quote; "
        "put the whole value in the other kind of quotes"),
    "an open bracket": ("a: [b\nc: d", "f:10: a: has a [ that is not closed; close it, or put the value in quotes"),
    "an at sign": ("a: b\nc: @d", "f:11: c: has a value that begins with '@'; put the value in quotes"),
    "a tab as indentation": ("a:\n\tb: c", "f:11: YAML: is indented by a tab; indent with spaces"),
    "a misfit in a list": ("a:\n  - b\n c: d",
        "f:12: c: does not fit the lines before it; "
        "check the indentation and the quotes"),
    "emphasis in a value": ("a: *b*", "f:10: a: has a value that begins with '*'; put the value in quotes"),
    "an unknown alias": ("a: *b",
        "f:10: a: *b names no anchor above it; put a value that begins with * in quotes"),
    "an alias within itself": ("a: &b [*b]",
        "f:10: a[1]: is an alias of a value that contains it; write the value out"),
    "a backslash": ('a: "\\d"', "f:10: a: has an unknown escape after a backslash; use single quotes"),
    "a NUL": ("a: b\nc: d\0", "f:11: YAML: the character U+0000 is not allowed in YAML; delete it"),
    "half a character": ("a: \ud800", "f:10: YAML: the character U+D800 is not allowed in YAML; delete it"),
    "a hundred and one levels": ("a:\n  " + "- " * 100 + "b", "f:11: a[1][1][1]: is nested deeper than 100 levels; write fewer levels"),
    "a bracket at the end": ("a: [", "f:10: a: has a bracket that is not closed; close it, or put the value in quotes"),
    "a bomb of brackets": ("a: " + "[" * 5000, "f:10: a: is nested deeper than 100 levels; write fewer brackets"),
    "a bomb of aliases": ("a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join(['*' + old] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ), "f:14: e[8]: aliases repeat more than 100000 values; write the values out"),
}  # fmt: skip


@pytest.mark.parametrize("case", WARNED)
def test_what_ruby_drops_silently_is_a_warning(case: str) -> None:
    text, expected, warning = WARNED[case]
    reading, problems = read(text, first_line=10)
    assert (reading.values, problems) == (expected, [warning])


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_an_error_with_its_line_and_a_way_out(case: str) -> None:
    text, error = REFUSED[case]
    reading, problems = read(text, first_line=10)
    assert (reading.values, problems) == ({}, [error])


@pytest.mark.parametrize("case", [case for case in REFUSED if case != "a bomb of brackets"])
def test_without_libyaml_the_same_texts_are_refused(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_mapping, "_BASE", yaml_mapping._PythonLoader)
    reading, problems = read(REFUSED[case][0])
    assert reading.values == {}
    assert len(problems) == 1


@pytest.mark.parametrize(
    "text",
    ["9" * 16_000, "0x" + "f" * 4_000, "2024-01-" + "0" * 4_000, "1:" * 4_000 + "00", "1_" * 8_000 + "x", "." * 4_000],
    ids=lambda text: f"{text[:9]}…",
)
def test_what_is_too_long_for_a_number_or_a_date_is_text(text: str, parser: str) -> None:
    """At once: Python refuses to print an integer of 4,300 digits."""
    start = time.process_time()
    assert values(f"a: {text}") == {"a": text}
    assert time.process_time() - start < 1


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")
def test_a_text_with_one_anchor_twice_is_read_by_libyaml_too() -> None:
    """Python's own scanner refuses the tab."""
    assert values("a: &x 1\tb\nc: &x d") == {"a": "1\tb", "c": "d"}


def test_every_key_at_every_depth_has_its_line(parser: str) -> None:
    text = "a: b\n\nlinks:\n  - label: c\n    url: d\n  - url: e\n'quoted': {flow: f}\n"
    assert read(text, first_line=2)[0].lines == {
        ("a",): 2, ("links",): 4, ("links", 0, "label"): 5, ("links", 0, "url"): 6, ("links", 1, "url"): 7,
        ("quoted",): 8, ("quoted", "flow"): 8,
    }  # fmt: skip


def test_a_byte_order_mark_moves_no_line(parser: str) -> None:
    assert read("\ufeffa: 1\nb: 2")[0].lines == {("a",): 1, ("b",): 2}


def test_lines_are_those_an_editor_shows(parser: str) -> None:
    """YAML 1.1 counts U+2028 and U+0085 as line breaks; an editor does not."""
    assert read('a: "x\u2028y\x85z"\nb: c')[0].lines == {("a",): 1, ("b",): 2}


def test_numbers_dates_and_truths_are_kept_as_written(parser: str) -> None:
    text = "title: 1.10\nphone: 0044123\nborn: 2024-1-5\nlist: [yes, text, &x 007]\nagain: *x\nempty:\nquoted: '1'"
    assert read(text)[0].written == {
        ("title",): "1.10", ("phone",): "0044123", ("born",): "2024-1-5", ("list", 0): "yes", ("list", 2): "007",
        ("again",): "007",
    }  # fmt: skip


def test_a_file_is_read_from_its_bytes() -> None:
    problems = Problems()
    assert read_yaml(b"\xef\xbb\xbfa: 1\r\n", "f.yml", problems).values == {"a": 1}
    assert not list(problems)
    assert read_yaml(b"a: 1\nb: \xff\n", "f.yml", problems).values == {}
    assert read_yaml(b"a: [b", "g.yml", problems).values == {}
    assert list(map(str, problems)) == [
        "f.yml:2: encoding: byte 0xFF is not UTF-8; save the file as UTF-8",
        "g.yml:1: a: has a [ that is not closed; close it, or put the value in quotes",
    ]


def test_a_part_of_a_file_has_the_lines_of_the_file() -> None:
    problems = Problems()
    reading = parse_yaml("a: 1\na: 2\n", "page.md", problems, 10)
    assert (reading.values, reading.lines) == ({"a": 2}, {("a",): 11})
    assert [(problem.path, problem.line) for problem in problems] == [("page.md", 11)]


@settings(max_examples=150, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab:-?&*!|>'\"%@`#,[]{}<\\ \t\r\n~0129.+_\0\ufeff\u2028é😀"), max_size=40)
    | st.text()
)
def test_no_text_makes_it_raise(text: str) -> None:
    problems = Problems()
    reading = parse_yaml(text, "f", problems)
    assert all(isinstance(key, str) for key in reading.values)
    assert not (reading.values and problems.failed)


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_left_as_it_was(enabled: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """It pauses while nodes are made, whatever comes of them."""
    during: list[bool] = []
    compose = yaml_mapping._compose
    monkeypatch.setattr(yaml_mapping, "_compose", lambda text: (during.append(gc.isenabled()), compose(text))[1])
    before = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        for text in ("a: b", "a: ["):
            read(text)
            assert gc.isenabled() is enabled
    finally:
        (gc.enable if before else gc.disable)()
    assert during == [False, False]


def test_reading_is_linear(parser: str) -> None:
    """Ten times the addresses take ten times as long; a quadratic step would take a hundred times."""

    def seconds(count: int) -> float:
        text = "redirect_from:\n" + "".join(f"  - /old/page-{number}/\n" for number in range(count))
        text += "".join(f"/old/{number}: {number}\n" for number in range(count))
        start = time.process_time()
        assert len(parse_yaml(text, "f", Problems()).values) == count + 1
        return time.process_time() - start

    small, large = (500, 5_000) if parser == "libyaml" else (100, 1_000)
    assert min(seconds(large) for _ in range(3)) < 40 * min(seconds(small) for _ in range(5))
