"""BibTeX files as people have them: what is read, what is reported, and with which line."""

import subprocess
import sys
import time
from collections.abc import Callable

import pytest

from plugins.collections.bibliography import read_bibliography, read_person
from plugins.collections.bibtex import read_bibtex
from plugins.collections.tex import decode
from plugins.problems import Problems

PATH = "content/publications.bib"
GOOD = "@book{good, title={Good}}"


def read(text: str) -> tuple[dict[str, dict[str, str]], list[str]]:
    """Return the fields of each entry by its key, and what is reported, without the path."""
    problems = Problems()
    records = read_bibtex(text, PATH, problems)
    fields = {record.key: {name: field.tex for name, field in record.fields.items()} for record in records}
    return fields, [str(problem).removeprefix(f"{PATH}:") for problem in problems]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("@article{a, title={T}, year=2020}", {"title": "T", "year": "2020"}),
        ('@article{a, title="T", year="2020",}', {"title": "T", "year": "2020"}),
        ("@ARTICLE{a, TITLE={T}}", {"title": "T"}),
        ("@article(a, title={T (U)})", {"title": "T (U)"}),
        ("@article {a, title={T}}", {"title": "T"}),
        ("@article{a,title={T}}@book{b,title={U}}", {"title": "T"}),
        ("@article{a, title={A {B {C {D}}} E}}", {"title": "A {B {C {D}}} E"}),
        ('@article{a, title="A {"}quoted{"} B"}', {"title": 'A {"}quoted{"} B'}),
        ('@article{a, title={He said "x, y = z"}}', {"title": 'He said "x, y = z"'}),
        (r"@article{a, title={A \{ B}}", {"title": r"A \{ B"}),
        ("@article{a, title={Mail @ home}}", {"title": "Mail @ home"}),
        ("@article{a, title={}, year=2020}", {"year": "2020"}),
        ("@article{a, month = may}", {"month": "May"}),
        ('@article{a, month = "10~" # JAN}', {"month": "10~January"}),
        ('@string{n = "Name"} @article{a, journal = n}', {"journal": "Name"}),
        ('@string{n = "X"} @string{m = n # " Y"} @article{a, journal = {The } # M # " Z"}', {"journal": "The X Y Z"}),
        ("@string(n = {Name})\n@article{a, journal = N}", {"journal": "Name"}),
        ("@preamble{\"\\newcommand{\\x}{y}\"} @article{a, title={T}}", {"title": "T"}),
        ("@comment{jabref-meta: databaseType:bibtex;}\n@article{a, title={T}}", {"title": "T"}),
        ("@comment{@article{hidden, title={No}}}\n@article{a, title={T}}", {"title": "T"}),
        ("% Encoding: UTF-8\n\nText of no entry.\n@article{a, title={T}}", {"title": "T"}),
        ("% @article{hidden,\n%  title={No}}\n@article{a, title={T}}", {"title": "T"}),
        ("@article{a, % a note\n title={T},\n % year={1},\n year={2}}", {"title": "T", "year": "2"}),
        ("@article{a,\r\n title={T},\r\n}\r\n".replace("\r\n", "\n"), {"title": "T"}),
        ("@IEEEtranBSTCTL{x, y={no}} @control{y} @article{a, title={T}}", {"title": "T"}),
        ("@article{a,\n title={A\n  B}}", {"title": "A\n  B"}),
        ("@article{a}", {}),
        ("@article{a, title={T\x0b\x00}}", {"title": "T"}),
    ],
)  # fmt: skip
def test_correct_entries_are_read_without_a_word(text: str, fields: dict[str, str]) -> None:
    found, problems = read(text)
    assert (found["a"], problems) == (fields, [])
    assert "hidden" not in found


@pytest.mark.parametrize(
    ("text", "fields", "problem"),
    [
        ("@article{a, title={T} year=2020}", {"title": "T", "year": "2020"}, "1: warning: year: the comma before it is missing, after 'title'; write it"),
        ("@article{a,\n title={T}\n year={2020}\n journal={J}}", {"title": "T", "year": "2020", "journal": "J"}, "3: warning: year: the comma before it is missing"),
        ("@article{a, year=2020 title={T}}", {"title": "T", "year": "2020"}, "1: warning: title: the comma before it"),
        ("@article{a,\n journal = jacm}", {"journal": "jacm"}, "2: warning: journal: no @string defines 'jacm'; define it, or write {jacm}"),
        ("@article{a, journal = jacm # { X}}", {"journal": "jacm X"}, "1: warning: journal: no @string defines 'jacm'"),
        ("@article{a, title=A B C, year=2020}", {"title": "A", "year": "2020"}, "1: warning: title: 'B C' in the value is not read; put braces around all of it"),
        ("@article{a, title={T},\n title={U}}", {"title": "T"}, "2: warning: title: is there twice in 'a'; the first one counts; delete one"),
        ("@article{a, title={T},\n Title={U}}", {"title": "T"}, "2: warning: title: is there twice"),
        ("@article{a, title={T}}\n@book{a, title={U}}", {"title": "T"}, "2: warning: a: is the key of the entry on line 1 too; give each entry a key of its own"),
        ("@article{a, title={T}}\n@article{A, title={T}}", {"title": "T"}, "2: warning: A: is a copy of the entry on line 1; delete one"),
        ("@artcle{a, title={T}}", {"title": "T"}, "1: warning: a: '@artcle' is no type of BibTeX; write '@article'"),
        ("@foo{a, title={T}}", {"title": "T"}, "1: warning: a: '@foo' is no type of BibTeX; write '@misc'"),
        ("@article{a, title={T}}, year=2020}", {"title": "T"}, "1: warning: ', year=2020}' is outside of any entry, and is not read; compare the braces before it"),
        ("@article{a, title={T}}\n@ article{b, title={U}}", {"title": "T"}, "2: warning: '@ article{b, title={U}}' is outside of any entry"),
        ("@article{a, title={T}}\n@article b, title={U}\n\n", {"title": "T"}, "2: warning: '@article b, title={U}' is outside of any entry"),
        ("@article{a, title={T}, crossref={none}}", {"title": "T", "crossref": "none"}, "1: warning: crossref: 'none' is the key of no entry; write that of one"),
    ],
)  # fmt: skip
def test_damaged_entries_are_shown_and_reported(text: str, fields: dict[str, str], problem: str) -> None:
    found, problems = read(f"{text}\n\n{GOOD}")
    assert found["a"] == fields
    assert found["good"] == {"title": "Good"}
    assert problems[0].startswith(problem)
    assert all(": warning: " in each for each in problems)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("@article{a, title={A {B}, year=2020}", "a: the entry that begins with '@article{a, title={A {B}, year=2020}' never ends, and is left out; compare its braces and quotes"),
        ('@article{a, title="A, year=2020}', "a: the entry that begins with '@article{a, title=\"A, year=2020}' never ends"),
        ("@article{a, title={A}, year=2020", "a: the entry that begins with '@article{a, title={A}, year=2020' never ends"),
        ("@article{title={A}, year=2020}", "the entry that begins with '@article{title=' cannot be read, and is left out: Expected comma after entry key, but found ="),
        ("@article{a, title}", "a: the entry that begins with '@article{a, title}' cannot be read"),
        ("@article{a, title={A}, foo, year=2020}", "a: the entry that begins with '@article{a, title={A}, foo' cannot be read"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("behind", [True, False], ids=["others follow", "at the end"])
def test_an_entry_that_cannot_be_read_hides_no_other(text: str, problem: str, behind: bool) -> None:
    found, problems = read(f"{GOOD}\n\n{text}\n\n@book{{next, title={{Next}}}}" if behind else f"{GOOD}\n\n{text}")
    assert list(found) == (["good", "next"] if behind else ["good"])
    assert problems[0].startswith(f"3: warning: {problem}")


def test_an_entry_inherits_from_its_parent() -> None:
    text = """
@inproceedings{child, title={Child}, author={A}, crossref={Proc}}
@inproceedings{other, title={Other}, booktitle={Own}, crossref={proc}}
@proceedings{proc, title={The Proceedings}, year=2020, editor={E}, publisher={P}}
@xdata{common, publisher={X}, year=2021}
@book{book, title={Book}, author={B}, xdata={common}}
@incollection{chapter, title={Chapter}, author={A}, crossref={book}}
"""
    found, problems = read(text)
    assert problems == []
    assert found == {
        "child": {"booktitle": "The Proceedings", "year": "2020", "editor": "E", "publisher": "P", "title": "Child", "author": "A"},
        "other": {"booktitle": "Own", "year": "2020", "editor": "E", "publisher": "P", "title": "Other"},
        "book": {"publisher": "X", "year": "2021", "title": "Book", "author": "B"},
        "chapter": {"booktitle": "Book", "author": "A", "title": "Chapter"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("data", "title", "line"),
    [
        ("@book{a,\n title={Müller}}".encode("latin-1"), "Müller", 2),
        ("@book{a, title={“x”}}".encode("cp1252"), "“x”", 1),
        ("\ufeff@book{a, title={Müller}}".encode(), "Müller", 0),
        ("@book{a,\r\n title={Müller}\r\n}".encode(), "Müller", 0),
        ("@book{a,\r title={Müller}\r}".encode(), "Müller", 0),
    ],
    ids=["Latin-1", "Windows' quotes", "byte-order mark", "CRLF", "CR"],
)
def test_files_of_any_encoding_are_read(data: bytes, title: str, line: int) -> None:
    problems = Problems()
    assert [entry.title for entry, _ in read_bibliography(data, PATH, problems)] == [title]
    found = list(problems)
    assert [problem.line for problem in found] == ([line] if line else [])
    assert all("is not UTF-8, so that it is read as Latin-1; save the file as UTF-8" in str(each) for each in found)


@pytest.mark.parametrize(
    "unit",
    [
        "@article{a, title={A",
        "@article{a, title={{{{{{{{",
        '"',
        "@article{%d, title={T} year=2020}\n",
        "@string{a = a # a}",
    ],
)
def test_reading_damaged_files_is_linear(unit: str) -> None:
    assert_linear(lambda many: "".join(unit.replace("%d", str(number)) for number in range(many)), 300)


@pytest.mark.parametrize(
    "unit",
    r"$ \ { {\em  \emph{ \( $a \ensuremath{ \href{ \url{ \texorpdfstring{ \textbf{ \'{ -- ` ^ \foo and, abs/".split(
        " "
    ),
)
def test_reading_hostile_values_is_linear(unit: str) -> None:
    r"""Also where each of many ``\(`` looks for its end."""
    closing = "}" * unit.count("{")
    fields = ("title", "author", "journal")
    assert_linear(
        lambda many: "\n".join(f"@misc{{{name}, {name}={{{unit * many}{closing * many}}}}}" for name in fields), 1500
    )


def assert_linear(text: Callable[[int], str], many: int) -> None:
    """Assert that four times as much takes about four times as long: the quicker of two, of processor time."""

    def seconds(many: int) -> float:
        data, times = text(many).encode(), []
        for _ in range(2):
            decode.cache_clear()
            read_person.cache_clear()
            start = time.process_time()
            read_bibliography(data, PATH, Problems())
            times.append(time.process_time() - start)
        return min(times)

    assert seconds(4 * many) < 8 * seconds(many) + 0.05


def test_libraries_are_loaded_for_a_bibliography_alone() -> None:
    script = "import sys, plugins.pipeline; print({'bibtexparser', 'pylatexenc'} & set(sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "set()\n"
    )
