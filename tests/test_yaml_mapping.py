"""YAML is read as Ruby's Psych reads it, with the line of every key and a word for every fault."""

import datetime
import json
import subprocess
import time
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.problems import Problems
from plugins.yaml_mapping import parse_yaml, read_mapping, read_yaml

UTC = datetime.UTC


@pytest.fixture(params=["libyaml", "Python's own parser"])
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run the test with each of PyYAML's parsers: a source build of PyYAML may lack libyaml."""
    if request.param != "libyaml":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not yaml.__with_libyaml__:
        pytest.skip("PyYAML was built without libyaml")
    return str(request.param)


PLAIN: dict[str, Any] = {
    "yes": True, "On": True, "tRue": True, "No": False, "off": False, "y": "y", "N": "N", "~": None, "nULL": None,
    "": None, "017": 15, "08": "08", "0o17": "0o17", "1_000": 1000, "1,000": 1000, "1__0": "1__0", "0x1F": 31,
    "0b11": 3, "+44": 44, "-3": -3, "1:30": 5400, "1:30:07": 5407, ".5": 0.5, "5.": 5.0, "4,5.6": 45.6, "1e3": "1e3",
    "1.5e+3": 1500.0, "1.2.3": "1.2.3", "-.Inf": float("-inf"), "=": "=", "<<": "<<", "!foo bar": "bar", "!!str 5": "5",
    "!x 5": 5, "'5'": "5",
    "2024-1-5": datetime.date(2024, 1, 5), "2024-13-45": "2024-13-45", "2024-02-30": "2024-02-30",
    "2024-01-05 10:00:00": datetime.datetime(2024, 1, 5, 10, tzinfo=UTC),
    "2024-01-05T09:00:00.5 -01:00": datetime.datetime(2024, 1, 5, 10, 0, 0, 500000, tzinfo=UTC),
    "2024-01-05 25:00:00": "2024-01-05 25:00:00", "2024-01-05 10:00": "2024-01-05 10:00",
}  # fmt: skip


@pytest.mark.parametrize("text", PLAIN, ids=lambda text: f"{text!r} is {PLAIN[text]!r}")
def test_a_plain_value_means_what_it_means_to_psych(text: str, parser: str) -> None:
    value = read_mapping(f"key: {text}").values["key"]
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
    "a number too long to be one": ("a: " + "9" * 5000, {"a": "9" * 5000}),
    "block and quoted text": ("a: |\n  b: c\n  d\ne: 'f: g'\nh: >-\n  i\n  j\n",
                              {"a": "b: c\nd\n", "e": "f: g", "h": "i j"}),
}  # fmt: skip


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_ruby_accepts_is_accepted(case: str, parser: str) -> None:
    text, values = ACCEPTED[case]
    reading = read_mapping(text)
    assert (reading.values, reading.problems) == (values, [])


WARNED = {
    "a key twice": ("a: 1\nb: 2\na: 3", {"a": 3, "b": 2},
        "f:12: warning: a: is written twice, first on line 10; this one counts; "
        "delete one of them"),
    "an unquoted Liquid value": ("a: {{ site.title }}", {"a": {}},
        "f:10: warning: a: a key that is a mapping is left out; "
        "put a value with braces in quotes"),
    "a second document": ("a: b\n---\nc: d", {"a": "b"},
        "f:11: warning: YAML: a second document begins here and is not read; "
        "delete this line"),
}  # fmt: skip
REFUSED = {
    "a list": ("- a", "f:10: YAML: this is a list, not keys with values; write 'key: value'"),
    "one value": ("just text", "f:10: YAML: this is one value, not keys with values; write 'key: value'"),
    "a colon in a value": ("a: b\nc: d: e",
        "f:11: c: has a second ': ' in its value, or too deep an indent; "
        "put the value in quotes"),
    "a line without a colon": ("a: b\nfoo\nc: d",
        "f:11: YAML: is no 'key: value'; "
        "write the colon, or indent a text that goes on"),
    "an open quote": ("a: b\nc: 'd\ne: f", "f:11: c: has a quote that is not closed; close it"),
    "text after a quote": ("a: 'b' c",
        "f:10: a: goes on after its closing quote; "
        "put the whole value in the other kind of quotes"),
    "an open bracket": ("a: [b\nc: d", "f:10: a: has a [ that is not closed; close it, or put the value in quotes"),
    "an at sign": ("a: b\nc: @d", "f:11: c: has a value that begins with '@'; put the value in quotes"),
    "a tab as indentation": ("a:\n\tb: c", "f:11: YAML: is indented by a tab; indent with blanks"),
    "a misfit in a list": ("a:\n  - b\n c: d",
        "f:12: c: does not fit the lines before it; "
        "check the indentation and the quotes"),
    "emphasis in a value": ("a: *b*", "f:10: a: has a value that begins with '*'; put the value in quotes"),
    "an unknown alias": ("a: *b",
        "f:10: a: *b names nothing that is finished before it; "
        "put a value that begins with * in quotes"),
    "an alias within itself": ("a: &b [*b]",
        "f:10: a[1]: *b names nothing that is finished before it; "
        "put a value that begins with * in quotes"),
    "a backslash": ('a: "\\d"', "f:10: a: has a backslash in double quotes that escapes nothing; use single quotes"),
    "a NUL": ("a: b\nc: d\0", "f:11: YAML: the character U+0000 cannot stand in YAML; delete it"),
    "half a character": ("a: \ud800", "f:10: YAML: the character U+D800 cannot stand in YAML; delete it"),
    "a deep nest": ("a:\n  " + "- " * 101 + "b", "f:11: a[1][1][1]: is nested deeper than 100 levels"),
    "a bomb of brackets": ("a: " + "[" * 5000, "f:10: a: is nested deeper than 100 levels; write fewer brackets"),
    "a bomb of aliases": ("a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{new}: &{new} [{', '.join(['*' + old] * 10)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    ), "f:14: e[8]: *d repeats too much; write the values out"),
}  # fmt: skip


def lines(text: str) -> list[str]:
    """Return the problems as printed, for a text that begins on line 10 of the file f."""
    return [str(problem).replace(":", "f:", 1) for problem in read_mapping(text, first_line=10).problems]


@pytest.mark.parametrize("case", WARNED)
def test_what_ruby_swallows_is_told(case: str) -> None:
    text, values, said = WARNED[case]
    assert read_mapping(text).values == values
    assert lines(text) == [said]


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_says_where_why_and_the_way_out(case: str) -> None:
    text, said = REFUSED[case]
    assert read_mapping(text).values == {}
    assert lines(text) == [said]


@pytest.mark.parametrize("case", [case for case in REFUSED if case != "a bomb of brackets"])
def test_without_libyaml_the_same_texts_are_refused(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    reading = read_mapping(REFUSED[case][0])
    assert reading.values == {}
    assert len(reading.problems) == 1


def test_every_key_at_every_depth_has_its_line(parser: str) -> None:
    text = "a: b\n\nlinks:\n  - label: c\n    url: d\n  - url: e\n'quoted': {flow: f}\n"
    assert read_mapping(text, first_line=2).lines == {
        ("a",): 2, ("links",): 4, ("links", 0, "label"): 5, ("links", 0, "url"): 6, ("links", 1, "url"): 7,
        ("quoted",): 8, ("quoted", "flow"): 8,
    }  # fmt: skip


def test_lines_are_those_an_editor_shows(parser: str) -> None:
    """YAML 1.1 counts U+2028 and U+0085 as line breaks; an editor does not."""
    assert read_mapping('a: "x\u2028y\x85z"\nb: c').lines == {("a",): 1, ("b",): 2}


def test_numbers_dates_and_truths_are_kept_as_written(parser: str) -> None:
    text = "title: 1.10\nphone: 0044123\nborn: 2024-1-5\nlist: [yes, text, &x 007]\nagain: *x\nempty:\nquoted: '1'"
    assert read_mapping(text).written == {
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


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("ab:-?&*!|>'\"%@`#,[]{}<\\ \t\r\n~0129.+_\0\ufeff\u2028é😀"), max_size=40)
    | st.text()
)
def test_no_text_makes_it_raise(text: str) -> None:
    reading = read_mapping(text)
    assert all(isinstance(key, str) for key in reading.values)
    assert not (reading.values and any(not problem.warning for problem in reading.problems))


@pytest.mark.skipif(not yaml.__with_libyaml__, reason="PyYAML was built without libyaml")
def test_a_list_of_100_000_addresses_is_read_faster_than_pyyaml_composes_it() -> None:
    text = "redirect_from:\n" + "".join(f"  - /old/page-{number}/\n" for number in range(100_000))

    def seconds(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    ours = min(seconds(lambda: read_mapping(text)) for _ in range(3))
    theirs = min(seconds(lambda: yaml.compose(text, Loader=yaml.CSafeLoader)) for _ in range(3))
    assert ours < theirs
