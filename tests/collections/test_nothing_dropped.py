"""Nothing that an author wrote is dropped in silence: each value of each key is in the entry, or its key in a message."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.collections import keys, links
from plugins.site import Document
from plugins.yaml_mapping import Value
from tests.collections.documents import read
from tests.conftest import Site

KEYS = sorted(
    {*keys.FACTS, *keys.DETAILS, *keys.IGNORED, *links.KEYS, *links.LABELS, "header", "Venue", "short-venue", "foo"}
)
SILENT = {*keys.IGNORED, "order", "displayorder", "weight", "published"}  # known, and not for readers
TOKENS = st.integers(0, 10**6).map("Wq{}z".format)


def shapes(token: str) -> st.SearchStrategy[Value]:
    """Return the forms in which people write one value."""
    texts = (
        f"{token}",
        f"Some {token} words",
        f"<b>{token}</b> & <i>more</i>",
        f"**{token}**, *more*",
        f'"{token}" -- it\'s $x_1$',
        f"https://example.org/{token}",
        f"/files/{token}.pdf",
        f"[{token}](https://example.org/x)",
        f'<a href="https://example.org/{token}">x</a>',
        f"{token}, Ann and Bob Ray et al.",
        f"{token}\n\nmore of it",
        f"In {token} 2020",
    )
    text, plain = st.sampled_from(texts), st.sampled_from(texts[:3])
    nested: st.SearchStrategy[Value] = st.one_of(
        text,
        text.map(lambda one: [one, "more"]),
        text.map(lambda one: ["more", one]),
        plain.map(lambda one: {"name": one, "url": "https://example.org/y"}),
        st.sampled_from((*texts[:3], *texts[5:7])).map(lambda one: [{"label": "more", "url": one}]),
        plain.map(lambda one: {"first": one, "other": {"deep": [one]}}),
    )
    return nested


FRONT_MATTER = st.lists(
    st.tuples(st.sampled_from(KEYS), TOKENS.flatmap(lambda t: st.tuples(st.just(t), shapes(t)))), max_size=8
)


@given(FRONT_MATTER, st.booleans())
@settings(max_examples=180, deadline=None, derandomize=True)
def test_every_value_is_in_the_entry_or_its_key_in_a_message(
    pairs: list[tuple[str, tuple[str, Value]]], dated: bool
) -> None:
    given_ = dict(pairs)
    front_matter: dict[str, Value] = {key: value for key, (_, value) in given_.items()}
    if dated:
        front_matter["date"] = date(2020, 5, 17)
    document = Document("talks", "content/talks/x.md", "x.md", front_matter, dict.fromkeys(front_matter, 2))
    entries, problems = read(document)
    shown = repr(entries)
    for key, (token, _) in given_.items():
        if keys.name(key) not in SILENT and key in front_matter and front_matter[key] != date(2020, 5, 17):
            assert token in shown or any(f" {key}: " in line or f" {key}." in line for line in problems), (
                key,
                front_matter[key],
                problems,
            )


BESIDE = {
    "alone": "",
    "beside an author": "author: Ann Lee",
    "beside a citation": "citation: 'Lee, A. (2020). On things. Journal.'",
    "beside everything": "authors: Ann Lee\ncitation: Lee, A. (2020).\nvenue: Journal\ndate: 2020-05-17\ntype: Talk\n"
    "category: books\nexcerpt: Short.\nlink: https://example.org/x\nlocation: Rome\npermalink: /p/{}",
}


def test_every_value_is_on_the_page_or_its_key_in_a_message(site: Site) -> None:
    """In the list, in a link, in an old address; whatever else the entry says, and of every collection."""
    site.write("content/pages/home.md", "---\npermalink: /\n---\nHome.\n")
    cases: dict[str, tuple[str, str]] = {}
    for collection in ("publications", "portfolio"):
        for beside, others in list(BESIDE.items())[:: 1 if collection == "publications" else 3]:
            for key in sorted({*KEYS} - SILENT - {"header"}):
                token = f"Wq{len(cases)}z"
                value = f"https://example.org/{token}" if key in links.KEYS else token
                if key in ("permalink", "redirectfrom"):
                    value = f"/old/{token}"
                rest = "".join(
                    f"{line}\n"
                    for line in others.format(token).split("\n")
                    if keys.FACTS.get(line.partition(":")[0]) != keys.FACTS.get(keys.name(key), "")
                )
                title = "" if keys.name(key) in ("title", "listtitle") else "title: A study of things\n"
                site.write(f"content/{collection}/{len(cases)}.md", f"---\n{title}{rest}{key}: {value}\n---\n")
                cases[token] = key, f"{key}, {beside}, in {collection}"
    built = site.build()
    assert not built.failed, built.lines[:5]
    shown = " ".join([built.text("index.html"), *built.files(), *built.lines])
    assert [
        what
        for token, (key, what) in cases.items()
        if token not in shown and not any(f" {key}: " in line for line in built.lines)
    ] == []
