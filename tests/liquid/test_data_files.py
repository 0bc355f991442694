"""content/data and content/site.yml: what cannot be read is a problem with its line and a way out."""

import pytest

from plugins.collections.data_files import read_data
from plugins.problems import Problem, Problems
from tests.conftest import Site


def read(**files: str | bytes) -> tuple[dict[str, object], list[Problem]]:
    """Read files given by their names; ``__`` stands for a slash, ``_`` before an extension for the dot."""
    named = {name.replace("__", "/").replace("_", ".", 1): text for name, text in files.items()}
    problems = Problems()
    given = ((n, f"content/data/{n}", t.encode() if isinstance(t, str) else t) for n, t in named.items())
    return read_data(given, problems), list(problems)


BAD = {
    "YAML that is indented by a tab": ("a_yml", "a:\n\tb: 1\n", 2, "tab"),
    "a bracket in YAML": ("a_yml", "a: 1\nb: [1\n", 2, "["),
    "a comma in JSON": ("a_json", '{\n  "a": 1,\n}\n', 3, "YAML"),
    "no JSON at all": ("a_json", "", 1, "YAML"),
    "JSON that is nested too deeply": ("a_json", "[" * 100_000, 0, "deeply"),
    "a number with thousands of digits": ("a_json", "[" + "9" * 5000 + "]", 0, "long"),
    "a quote in a table": ("a_csv", 'name,note\nOne,"a"b\n', 2, "quotes"),
    "a quote that is not closed": ("a_csv", 'name\n"One\nTwo\n', 3, "quotes"),
    "bytes that are no UTF-8": ("a_csv", b"name\nJos\xe9\n", 2, "UTF-8"),
    "an alias of itself": ("a_yml", "a: &a [*a]\n", 1, "alias"),
    "a comment that is not closed": ("a_json", '{"a": "x <!-- y"}', 0, "comment"),
}


@pytest.mark.parametrize(("name", "text", "line", "word"), BAD.values(), ids=BAD.keys())
def test_a_file_that_cannot_be_read_is_an_error(name: str, text: str | bytes, line: int, word: str) -> None:
    values, (problem,) = read(**{name: text}, other_yml="b: 1")
    assert not problem.warning
    assert problem.path == f"content/data/{name.replace('_', '.')}"
    assert problem.line == line
    assert word in f"{problem.message} {problem.hint}" or problem.key == word
    assert values["other"] == {"b": 1}


UNREAD = {
    "a file of another kind": (["notes_txt"], "is no data file"),
    "two files of one name": (["a_yml", "a_json"], "has the same name as content/data/a.yml"),
    "a file and a folder of one name": (["a_yml", "a__b_yml"], "has the same name as content/data/a.yml"),
    "a row with too many values": (["a_csv"], "has 3 values, but the first line has 1 names"),
}


@pytest.mark.parametrize(("names", "message"), UNREAD.values(), ids=UNREAD.keys())
def test_what_is_left_out_is_a_warning(names: list[str], message: str) -> None:
    _, problems = read(**dict.fromkeys(names, "[1]\n1,2,3\n" if names == ["a_csv"] else "[1]"))
    (problem,) = problems
    assert problem.warning
    assert message in problem.message
    assert problem.hint


def test_files_of_every_kind_are_read() -> None:
    """Tables have texts in their cells, and nothing where a cell is empty or missing."""
    values, problems = read(
        list_yml="- a\n- 2\n", empty_yml="", dates_yaml="d: 2020-01-02", one_json='"text"', a_csv="x,y\n1,\n2\n",
        b_tsv="x\ty\n1\t2, 3\n", top__inner__deep_yml="k: v",
    )  # fmt: skip
    assert not problems
    assert values["list"] == ["a", 2]
    assert values["empty"] is None
    assert values["one"] == "text"
    assert values["a"] == [{"x": "1", "y": None}, {"x": "2", "y": None}]
    assert values["b"] == [{"x": "1", "y": "2, 3"}]
    assert values["top"] == {"inner": {"deep": {"k": "v"}}}


@pytest.mark.parametrize("name", ["a_json", "a_csv", "a_yml"])
def test_no_comment_in_data_is_public(name: str) -> None:
    """Its author keeps it from readers, in whatever file it is."""
    texts = {"a_json": '["x <!-- hush --> y"]', "a_csv": "n\nx <!-- hush --> y\n", "a_yml": "- x <!-- hush --> y\n"}
    assert "hush" not in str(read(**{name: texts[name]}))


@pytest.mark.parametrize(
    ("text", "line"), [("- a\n", 1), ("just text\n", 1), ("a: b\n c: d\n", 2), ("\n\na: [b\n", 3)]
)  # fmt: skip
@pytest.mark.usefixtures("home")
def test_a_site_yml_of_another_shape_is_an_error(site: Site, text: str, line: int) -> None:
    site.write("content/site.yml", text)
    site.write("content/pages/x.md", "---\npermalink: /x/\n---\n{{ site.a }}\n")
    built = site.build()
    assert built.failed
    assert [(each.path, each.line) for each in built.problems if not each.warning] == [("content/site.yml", line)]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("asks", [True, False], ids=["a page that asks for data", "a page that does not"])
def test_data_is_read_for_a_page_that_asks_for_it(asks: bool, site: Site) -> None:
    """Then what is wrong with a file ends the build; the folder itself is never published."""
    site.write("content/data/lab/bad.yml", "a: 1\nb: [1\n")
    site.write("content/data/good.json", '{"b": "yes"}')
    site.write("content/pages/x.md", f"---\npermalink: /x/\n---\n{'{{ site.data.good.b }}' if asks else 'No.'}\n")
    built = site.build()
    errors = [(each.path, each.line) for each in built.problems if not each.warning]
    assert errors == ([("content/data/lab/bad.yml", 2)] if asks else [])
    assert not any("good" in name for name in ([] if asks else built.files()))
