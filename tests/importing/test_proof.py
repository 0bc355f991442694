"""The proof of an import: the built site is asked, words are compared, and a page tells all of it."""

import re
import shutil
import subprocess
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from plugins.importing import Item, Plan, carry_out, import_site
from plugins.importing.jekyll_source import JekyllSource
from plugins.importing.old_addresses import old_addresses
from plugins.importing.report import Proof, in_short, report
from plugins.importing.template import leftovers
from plugins.importing.words import PageWords, Shown, lost_words, words
from plugins.markup import scan
from plugins.old_site import Answer, OldAddress, read
from plugins.problems import Problem, Problems
from plugins.proof import REPORT, prove
from tests.browser.test_checkers import RUN_AXE, RUN_HTMLCS
from tests.browser.test_published import UNKNOWN_TO_VNU
from tests.conftest import Site
from tests.importing.checkouts import page
from tests.killing import tree

# --- Words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param("<p>One <b>t</b>wo</p><p>three</p>", "one two three", id="blocks end words, spans do not"),
        pytest.param("a<br>b<td>c</td><li>d", "a b c d", id="so do breaks, cells and items"),
        pytest.param("it’s it's IT&#8217;S", "it's it's it's", id="apostrophes and case"),
        pytest.param("ﬁne co\u00adoperate well\u2010known", "fine cooperate well-known", id="ligatures and hyphens"),
        pytest.param("<script>x</script><style>y</style><!-- z -->w", "w", id="what nobody sees"),
        pytest.param('<img alt="A cell" src="x.png">', "a cell", id="the text of a picture"),
        pytest.param("a@b.example 3.14 李明", "a@b.example 3.14 李明", id="addresses, numbers, other scripts"),
    ],
)
def test_words_are_what_a_reader_sees(html: str, expected: str) -> None:
    assert " ".join(words(html)) == expected


def test_lost_words_are_counted_and_named_in_their_order() -> None:
    """A word that stood twice and stands once is lost once; new words do not matter."""
    assert lost_words("<p>to be or not to be</p>", "<p>be to new</p>") == (6, ("to", "be", "or", "not"))
    assert lost_words("<p>Same “words”</p>", "<div>«words», same!</div>") == (2, ())


SHOWN = """<html><body><nav>menu</nav><main id="main"><h2 id="talks">Talks</h2>
<ul><li id="one">One <b>talk<i></b></i></li><li id="two"><p>Two<br>talks<img alt="x"></li></ul></main><p id="unclosed">x</body>"""


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        pytest.param("one", "one talk", id="an element, with tags that cross in it"),
        pytest.param("two", "two talks x", id="one with a paragraph that is not closed"),
        pytest.param("talks", "talks one talk two talks x x", id="a heading: all that follows"),
        pytest.param("", "talks one talk two talks x", id="none: the main part"),
        pytest.param("nowhere", "talks one talk two talks x", id="one that is not there"),
    ],
)
def test_what_stands_at_an_anchor(anchor: str, expected: str) -> None:
    assert " ".join(words(Shown(SHOWN).at(anchor))) == expected


def test_the_time_to_find_anchors_grows_with_the_page_alone() -> None:
    """Neither elements that are never closed nor end tags of nothing are looked through again and again."""
    html = "<p id=x>" * 20_000 + "</b>" * 20_000 + "</p>"
    began = time.process_time()
    assert Shown(html).at("x")
    assert time.process_time() - began < 3


def test_a_page_without_a_main_part_is_taken_whole() -> None:
    assert Shown("<p>x").at("") == "<p>x"


def test_a_line_of_the_template_in_an_owners_page_is_a_leftover() -> None:
    sample = "This paper is about the number 1. The number 2 is left for future work."
    assert list(leftovers(f"My own words, which are long enough.\n\n{sample}\nEducation\n")) == [(3, sample)]


# --- The whole proof ----------------------------------------------------------------------------------------------


def shown(html: str) -> str:
    """Return what a page says, one line for each row and item."""
    lines = re.sub(r"</(?:tr|li|h[12]|summary)>", "\n", re.sub(r"\n+", " ", html[html.index("<main") :]))
    cells = re.sub(r"</td><td>", " | ", re.sub(r"<small>", " · ", lines))
    return "\n".join(" ".join(line.split()) for line in unescape(re.sub(r"<[^>]+>", "", cells)).split("\n"))


def test_the_proof_asks_the_built_site_and_tells_all(whole: Path, site: Site) -> None:
    """Every old address, every file, every own page; what is lost; what was wrong before."""
    about = page(
        "/",
        "[Mail](ann@lab.example) [CV](/files/none.pdf) [site](/cv/)\n\nWords of mine.",
        title="Home",
        more="redirect_from: /about/\n",
    )
    (whole / "_pages/about.md").write_text(about)
    (whole / "_pages/lost.md").write_text(page("/lost/", "Alpha beta.", title="Lost"))
    indented = page("/indented/", "<div>\n\n      <p>Kept <i>words</i></p>\n\n</div>", title="HTML")
    (whole / "_pages/indented.html").write_text(indented)
    done = import_site(whole, site.root, overwrite=True)
    lost = site.root / "content/pages/lost.md"
    lost.write_text(lost.read_text().replace("beta", "").replace("/lost/", "/elsewhere/"))
    (site.root / "content/redirects.yml").open("a").write('"/moved-by-hand/": "/cv/#none"\n')
    kept = done.plan.files[".old-addresses"]
    assert isinstance(kept, bytes)
    done.plan.files[".old-addresses"] = kept + b"/moved-by-hand/ page\n"
    terminal = prove(done, site.root)
    text = shown((site.root / REPORT).read_text())
    assert terminal.endswith(f"\nthe whole report: {(site.root / REPORT).as_posix()}")
    assert re.match(r"\d+ of \d+ old addresses answer; words lost: \d+ of \d+\n", terminal)

    for _, each in read(kept.decode()):
        assert f"\n{each.address}" in text
    for item in done.plan.items:
        assert f"\n{item.path} | " in text
    assert "/about/ · _pages/about.md | / · by a page that redirects" in text
    assert "/cv/ · _pages/cv.md | answers as before" in text
    assert "/lost/ · _pages/lost.md | answers 404" in text
    assert "/moved-by-hand/ | leads to '/cv/#none', and the page has no such anchor" in text
    assert "/ · _pages/about.md | 7 words, none lost" in text
    assert "/indented/ · _pages/indented.html | 3 words, none lost" in text
    assert "/lost/ · _pages/lost.md | 3 words, 3 lost · lost alpha beta" in text
    assert "_pages/about.md:7 · href | 'ann@lab.example' does not exist · write 'mailto:ann@lab.example'" in text
    assert "'/files/none.pdf' does not exist" in text.partition("What was wrong on the old site")[2]
    assert text.index("content/pages/about.md") < text.index("Every old address")  # what the check of the new one says


def test_whatever_the_real_jekyll_serves_answers(whole: Path, site: Site, need: Callable[..., str]) -> None:
    """Of every kind of file, as Jekyll itself lists them; and no word is lost."""
    jekyll = need("jekyll", "jekyll ruby-jekyll-redirect-from")
    config = (whole / "_config.yml").read_text()
    (whole / "_config.yml").write_text(re.sub("(?m)^plugins: .*", "plugins: [jekyll-redirect-from]", config))
    for name in ("base_path", "archive-single.html", "archive-single-talk.html", "archive-single-cv.html"):
        (whole / "_includes" / name).touch()
    (whole / "Gemfile").unlink()  # which Jekyll would run
    (whole / "assets/css/main.scss").write_text("---\n---\n")
    subprocess.run([jekyll, "build", "--quiet"], cwd=whole, check=True, timeout=120)
    served = {file.relative_to(whole / "_site").as_posix() for file in (whole / "_site").rglob("*") if file.is_file()}
    shutil.rmtree(whole / "_site")
    done = import_site(whole, site.root, overwrite=True)
    left_out = {item.path for item in done.plan.items if not item.to and item.kind != "list"}
    addresses = old_addresses(JekyllSource(whole, done.plan.config))
    assert {each.file for each in addresses} == {name for name in served if not name.endswith(".map")}
    kept = done.plan.files[".old-addresses"]
    assert isinstance(kept, bytes)
    own = [each for each in addresses if each.source not in left_out]
    assert len(own) > 25
    assert {each.address for each in own} == {each.address for _, each in read(kept.decode())}
    assert re.match(rf"{len(own)} of {len(own)} old addresses answer; words lost: 0 of ", prove(done, site.root))


def test_an_address_that_only_the_built_site_shows_to_be_dead_gets_a_redirect(whole: Path, site: Site) -> None:
    """Below a mark in the table of redirects; importing and proving again changes nothing."""
    (whole / "_pages/dotted.md").write_text(page("/kept/", "Gamma.", title="Kept", more="redirect_from: /by-hand/\n"))
    config = (whole / "_config.yml").read_text().replace("permalink: /:categories/:title/", "permalink: /p/:title/x/")
    more = 'defaults:\n  - {scope: {path: "", type: talks}, values: {redirect_from: [/by-default/, //x]}}\n'
    more += "jekyll-archives: {enabled: [year]}\nfeed: {categories: [news]}\n"
    (whole / "_config.yml").write_text(config.replace("plugins: [", "plugins: [jekyll-archives, ") + more)
    done = import_site(whole, site.root, overwrite=True)
    known = done.plan.files[".old-addresses"]
    assert isinstance(known, bytes)
    (site.root / "content/root/unused.txt").write_text("x")
    terminal = prove(done, site.root)
    assert re.search(r"\n\d+ of them by redirects that are added to content/redirects\.yml\n", terminal)
    table = (site.root / "content/redirects.yml").read_text()
    assert '"/by-default/": "/#2020-talk"\n' in table.partition("# Found by asking the built site")[2]
    assert '"/2022/": "/year-archive/"\n' in table
    assert '"/feed/news.xml": "/feed.xml"\n' in table
    assert "/by-default/ · _talks/2020-03-04-talk.md | /#2020-talk · by a page that redirects" in shown(
        (site.root / REPORT).read_text()
    )
    before = tree(site.root / "content")
    again = import_site(whole, site.root)
    assert again.written == []
    assert prove(again, site.root).count("\n") == 1
    assert tree(site.root / "content") == before


def test_a_redirect_that_refuses_the_build_or_helps_nothing_is_taken_back(
    whole: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = import_site(whole, site.root, overwrite=True)
    known = done.plan.files[".old-addresses"]
    assert isinstance(known, bytes)
    done.plan.files[".old-addresses"] = known + b"/dead/ page\n"
    before = tree(site.root / "content")
    for leads in ({"/dead/": "/nowhere/"}, {"/dead/": "/dead/"}):
        monkeypatch.setattr("plugins.proof._leads", lambda *given, leads=leads: leads)
        prove(done, site.root)
        assert tree(site.root / "content") == before


def test_what_keeps_the_site_from_being_built_is_put_aside(whole: Path, site: Site) -> None:
    """Pages as drafts, a line as a comment; each is named, and importing again changes nothing."""
    (whole / "_pages/broken.md").write_text("---\npermalink: /broken/\ntitle: [x\n---\nDelta.\n")
    (whole / "_publications/2020-01-02-neurons.md").write_text("---\ntitle: x\n---\n{% if %}\n")
    done = import_site(whole, site.root, overwrite=True)
    table = done.plan.files["content/redirects.yml"]
    assert isinstance(table, bytes)
    done.plan.files["content/redirects.yml"] = b'"/self/": "/self/"\n' + table
    carry_out(done.plan, site.root)
    terminal = prove(done, site.root)
    start = "since the site cannot be built with it: "
    for line in (
        f"content/_drafts/pages/broken.md:3: warning: title: is kept as a draft, {start}has a [ that is not closed; ",
        f"content/_drafts/publications/2020-01-02-neurons.md:4: warning: liquid: is kept as a draft, {start}",
        f"content/redirects.yml:1: warning: /self/: is a comment now, {start}'/self/' leads to itself; ",
    ):
        assert line in terminal
    assert " old addresses answer; " in terminal
    assert (site.root / "content/_drafts/pages/broken.md").read_bytes() == (whole / "_pages/broken.md").read_bytes()
    assert not (site.root / "content/pages/broken.md").exists()
    assert (site.root / "content/redirects.yml").read_text().startswith('# "/self/": "/self/"\n')
    built = site.build(production=True)
    assert not built.failed
    assert "Delta" not in "".join(built.text(name) for name in built.files() if name.endswith((".html", ".xml", ".md")))
    done.plan.files["content/redirects.yml"] = table
    before = tree(site.root / "content")
    prove(import_site(whole, site.root), site.root)
    after = tree(site.root / "content")
    assert {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)} == {"redirects.yml"}


def test_without_its_home_page_a_site_is_not_built(whole: Path, site: Site) -> None:
    (whole / "_pages/about.md").write_text("---\npermalink: /\n---\n{% if %}\n")
    done = import_site(whole, site.root, overwrite=True)
    terminal = prove(done, site.root)
    assert terminal.startswith("the new site cannot be built yet:\n  content/pages/about.md:4: liquid: ")


def test_a_site_that_cannot_be_built_yet_is_reported_too(checkout: Path, site: Site) -> None:
    """With the theme's look, and the reason."""
    done = import_site(checkout, site.root, overwrite=True)
    site.write("content/pages/broken.md", "---\npermalink: /x/\ntitle: [\n---\n")
    terminal = prove(done, site.root)
    assert terminal.startswith("the new site cannot be built yet:\n  content/pages/broken.md:4: ")
    html = (site.root / REPORT).read_text()
    assert "The new site cannot be built yet" in html
    assert "content/pages/broken.md:" in shown(html)
    assert "--paper" in html


# --- The report's page --------------------------------------------------------------------------------------------

NASTY = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;\x00\x07\u2028\udcff"


def nasty_proof() -> Proof:
    """Return a proof in which every text that comes from a checkout is hostile."""
    problem = Problem(NASTY, 3, NASTY, NASTY, NASTY, warning=True)
    kinds = ("page", "entry", "article", "file", "code", "refused")
    plan = Plan(NASTY, Path(NASTY), {}, [Item(NASTY, kind, NASTY, NASTY, False, NASTY) for kind in kinds])
    plan.items += [Item(f"{NASTY}{number}", "file", "", NASTY, bool(number)) for number in range(2)]
    plan.problems = Problems([problem])
    old = [OldAddress(NASTY, NASTY, kind, NASTY, NASTY) for kind in ("page", "redirect", "file")]
    answers = [
        Answer(NASTY, (), 200, NASTY),
        Answer(NASTY, ("301", "refresh"), 200, NASTY),
        Answer(NASTY, (), 404, "", NASTY),
    ]
    pages = [PageWords(NASTY, NASTY, 2, ("x", NASTY)), PageWords(NASTY, NASTY, 2)]
    return Proof(NASTY, plan, list(zip(old, answers, strict=True)), pages, [problem], [problem])


def test_nothing_of_a_checkout_becomes_markup() -> None:
    """No element, attribute or control character of the report comes from a file's name or text."""
    html = report(nasty_proof(), "p{}")
    tags = {token.name for token in scan(html) if token.kind == "start"}
    assert not tags & {"script", "img"}
    assert sum(token.kind == "start" and token.name == "style" for token in scan(html)) == 1
    assert not re.search(r"[^\n\x20-\ud7ff\ue000-\ufffd]|\u2028", html)
    assert "&lt;script&gt;" in html
    html.encode()


def test_the_line_for_the_terminal() -> None:
    assert in_short(nasty_proof()) == "2 of 3 old addresses answer; words lost: 2 of 4"


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a report on the disk, with the theme's look."""
    from plugins.proof import _style

    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report(nasty_proof(), _style("")), "utf-8")
    return file


@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_is_accessible_and_fits(browser: Any, written: Path, npm: Callable[[str], Path], width: int) -> None:
    """axe and HTML_CodeSniffer find nothing, everything unfolded, in both schemes; nothing scrolls sideways."""
    found: list[str] = []
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
        view = context.new_page()
        view.goto(written.as_uri())
        for checker in ("axe-core/axe.min.js", "html_codesniffer/build/HTMLCS.js"):
            view.evaluate(npm(checker).read_text())
        view.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        found += [f"{scheme}: {line}" for run in (RUN_AXE, RUN_HTMLCS) for line in view.evaluate(run)]
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        context.close()
    assert not found, "\n".join(found)


def test_the_report_is_valid(written: Path, need: Callable[..., str], npm: Callable[[str], Path]) -> None:
    java, jar = need("java", "default-jre-headless"), npm("vnu-jar/build/dist/vnu.jar")
    command = [java, "-jar", str(jar), "--filterpattern", UNKNOWN_TO_VNU, str(written)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_title_that_its_citation_repeats_is_not_lost(whole: Path, site: Site) -> None:
    """It is printed once, and of more than thirty publications no BibTeX repeats it either."""
    for number in range(40):
        title = f"Counting spikes of kind {number}"
        citation = f"Lee, A. (2020). &quot;{title}.&quot; <i>Journal</i>."
        head = f"title: \"{title}\"\ncollection: publications\ndate: 2020-01-01\ncitation: '{citation}'"
        (whole / f"_publications/2020-01-01-spikes-{number}.md").write_text(f"---\n{head}\n---\n")
    terminal = prove(import_site(whole, site.root, overwrite=True), site.root)
    assert re.match(r"\d+ of \d+ old addresses answer; words lost: 0 of \d{3,}\n", terminal), terminal
