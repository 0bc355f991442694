"""TeX as bibliographies have it: what it says, as text and as HTML, and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from plugins.collections.tex import decode, to_tex

ACCENTS = {
    r"{\"o}": "ö", r"\"{o}": "ö", r"\"o": "ö", r'{\" o}': "ö", r"{\"{o}}": "ö",
    r"{\'e}": "é", r"\'{\i}": "í", r"{\'\i}": "í", r"\'i": "í", r"\'{\j}": "j́", r"\`a": "à", r"\^{\i}": "î",
    r"\~n": "ñ", r"{\~{n}}": "ñ", r"\=a": "ā", r"\.z": "ż", r"\.{I}": "İ",
    r"\c c": "ç", r"\c{c}": "ç", r"{\c{S}}": "Ş", r"\v{s}": "š", r"{\v r}": "ř", r"\v{C}": "Č", r"\u g": "ğ",
    r"\u{\i}": "ĭ", r"\H o": "ő", r"\H{u}": "ű", r"\k a": "ą", r"\k{e}": "ę", r"\r a": "å", r"\r{u}": "ů",
    r"\d{s}": "ṣ", r"\b{d}": "ḏ", r"\t{oo}": "o͡o", r"\h{a}": "ả", r"\G{a}": "ȁ", r"\U{a}": "a̎", r"\f{a}": "ȃ",
    r"\textcommabelow{s}": "ș", r"\'{\c c}": "ḉ", r"\'{ea}": "éa", r"\'{}": "", r"\"\i": "ï",
    r"\ss": "ß", r"{\ss}": "ß", r"\ss{}en": "ßen", r"Stra\ss e": "Straße", r"\SS": "ẞ",
    r"\o": "ø", r"{\O}": "Ø", r"\aa": "å", r"\AA": "Å", r"\ae": "æ", r"{\AE}": "Æ", r"\oe": "œ", r"\OE": "Œ",
    r"\l": "ł", r"{\L}": "Ł", r"\i": "ı", r"\j": "ȷ", r"\dh": "ð", r"\DH": "Ð", r"\dj": "đ", r"\DJ": "Đ",
    r"\th": "þ", r"\TH": "Þ", r"\ng": "ŋ", r"\NG": "Ŋ", "e\u0301": "é", "ü": "ü", "王小明": "王小明",
    r"J{\o}rgensen": "Jørgensen", r"Erd{\H o}s": "Erdős", r"{Ga\v{s}per}": "Gašper", r"\v{Z}i\v{z}ek": "Žižek",
    r"Dvo\v{r}{\'a}k": "Dvořák", r"S{\"o}ren": "Sören", r"Gar\c{c}on": "Garçon", r"Na{\"\i}ve": "Naïve",
}  # fmt: skip
SYMBOLS = {
    r"\&": "&", r"\%": "%", r"\$": "$", r"\#": "#", r"\_": "_", r"\{\}": "{}", "a~b": "a\u00a0b", r"a\ b": "a b",
    "1--2": "1–2", "a---b": "a—b", "``q''": "“q”", "?`": "¿", "!`": "¡", "it's": "it's", r"\dots": "…", r"\ldots{}": "…",
    r"\textendash": "–", r"\textemdash{} x": "— x", r"\textquotesingle": "'", r"\textregistered": "®",
    r"\texttrademark": "™", r"\copyright": "©", r"\textcopyright": "©", r"\pounds": "£", r"\euro": "€",
    r"\texteuro": "€", r"\textdegree C": "°C", r"\S 3": "§3", r"\P": "¶", r"\dag": "†", r"\ddag": "‡",
    r"\textless": "<", r"\textgreater": ">", r"\textbar": "|", r"\textbackslash": "\\", r"\textunderscore": "_",
    r"\textasciitilde": "~", r"\~{}": "~", r"\textasciicircum": "^", r"\LaTeX": "LaTeX", r"\TeX{} x": "TeX x",
    r"\guillemotleft": "«", r"\alpha": "α", r"a\\b": "a b", r"hy\-phen": "hyphen", r"a\/b": "ab", r"\,": "",
    r"\textbullet": "•", r"{\textbraceleft}": "{", r"\cyrchar\CYRA": "А",
}  # fmt: skip
BRACES = {
    "{B}ayesian": "Bayesian", "{{Whole title}}": "Whole title", "a {b {c}} d": "a b c d", "{unclosed": "unclosed",
    "closed}": "closed", "a\n  b": "a b", "{}": "",
}  # fmt: skip


@pytest.mark.parametrize("table", [ACCENTS, SYMBOLS, BRACES], ids=["accents", "symbols", "braces"])
def test_text_is_what_tex_would_print(table: dict[str, str]) -> None:
    said = {tex: decode(tex) for tex in table}
    assert {tex: text.text for tex, text in said.items()} == table
    assert {tex: text.html for tex, text in said.items()} == {tex: escape(text) for tex, text in table.items()}
    assert not any(text.faults for text in said.values())
    assert len(ACCENTS) > 60


@pytest.mark.parametrize(
    ("tex", "html", "text"),
    [
        (r"\emph{E. coli}", "<em>E. coli</em>", "E. coli"),
        (r"{\em E. coli} x", "<em>E. coli</em> x", "E. coli x"),
        (r"{\it a \textbf{b} c}", "<em>a <b>b</b> c</em>", "a b c"),
        (r"\textit{\'e}", "<em>é</em>", "é"),
        (r"{\bf a}{\tt b}", "<b>a</b><code>b</code>", "ab"),
        (r"{\sc Foo}", "Foo", "Foo"),
        (r"\textsc{Foo} \textrm{x} \mbox{y}", "Foo x y", "Foo x y"),
        (r"CO\textsubscript{2} \textsuperscript{th}", "CO<sub>2</sub> <sup>th</sup>", "CO2 th"),
        (r"H$_2$O and 4$^{th}$", "H<sub>2</sub>O and 4<sup>th</sup>", "H2O and 4th"),
        (r"30$^\circ$C", "30°C", "30°C"),
        (r"\enquote{x}", "“x”", "“x”"),
        (r"\emph{unclosed", "<em>unclosed</em>", "unclosed"),
        (r"\url{https://a.org/~b_c%20d}", '<a href="https://a.org/~b_c%20d">https://a.org/~b_c%20d</a>', "https://a.org/~b_c%20d"),
        (r"\href{https://a.org/b\_c}{\emph{x}}", '<a href="https://a.org/b_c"><em>x</em></a>', "x"),
        (r"\noopsort{b}a", "a", "a"),
        (r"\texorpdfstring{$\alpha$}{alpha}", "alpha", "alpha"),
        ("<b>no tag</b> & 1 < 2", "&lt;b&gt;no tag&lt;/b&gt; &amp; 1 &lt; 2", "<b>no tag</b> & 1 < 2"),
        (r"{\LaTeX} \NoCaseChange{x}", "LaTeX x", "LaTeX x"),
    ],
)  # fmt: skip
def test_markup_is_html(tex: str, html: str, text: str) -> None:
    said = decode(tex)
    assert (said.html, said.text, said.faults) == (html, text, ())


@pytest.mark.parametrize(
    ("tex", "text", "inside"),
    [
        (r"$\alpha$", "α", "<mi>α</mi>"),
        (r"On $O(n \log n)$ time", "On O(n log n) time", "<mi>log</mi>"),
        (r"$\mathbb{R}^n$", "ℝ^n", "<msup>"),
        (r"\(x^2\)", "x^2", "<msup>"),
        (r"\ensuremath{\frac{1}{2}}", "1/2", "<mfrac>"),
        (r"$$\sqrt{s}=13$$ TeV", "√(s)=13 TeV", "<msqrt>"),
        (r"$\mathcal{N}=4$", "𝒩=4", "<mi>𝒩</mi>"),
        (r"$a < b$ \& $c$", "a < b & c", "<mo>&lt;</mo>"),
    ],
)
def test_math_becomes_mathml(tex: str, text: str, inside: str) -> None:
    said = decode(tex)
    assert (said.text, said.faults) == (text, ())
    assert "<math" in said.html
    assert inside in said.html


@pytest.mark.parametrize(
    ("tex", "html", "fault"),
    [
        (r"\mymacro{x}", "x", "'\\mymacro' is not known, and left out"),
        (r"$\undefined$", '<code class="math">\\undefined</code>', "\\undefined is not known"),
        (r"\href{javascript:alert(1)}{x}", "x", "must not link"),
        (r"\href{ JaVaScRiPt:alert(1)}{x}", "x", "must not link"),
        (r"\href{data:text/html,x}{x}", "x", "must not link"),
        (r"\url{vbscript:x}", "vbscript:x", "must not link"),
    ],
)
def test_what_cannot_be_shown_is_reported(tex: str, html: str, fault: str) -> None:
    said = decode(tex)
    assert said.html == html
    assert fault in said.faults[0]


WORDS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=8)
PIECES = st.one_of(
    WORDS.map(escape),
    st.sampled_from(["–", "“", "&amp;", "{", "}", "--", "''", "\\", "~", "^", "%", "$", "DNA", "é", "ß", "王", "#x", "?`", "`"]).map(str),
    st.tuples(st.sampled_from(["em", "b", "sup", "sub", "code"]), WORDS).map(lambda pair: f"<{pair[0]}>{escape(pair[1])}</{pair[0]}>"),
    st.sampled_from([r"\alpha", r"x^2", r"O(n\log n)"]).map(lambda tex: str(decode(f"${tex}$").html)),
)  # fmt: skip


@given(st.lists(PIECES, min_size=1, max_size=6).map(" ".join), st.booleans())
def test_html_survives_tex_and_back(html: str, keep_case: bool) -> None:
    once = decode(to_tex(html)).html  # normalized
    assert decode(to_tex(once, keep_case=keep_case)).html == once
    assert decode(to_tex(once)).text == decode(to_tex(html)).text


@given(st.text(st.sampled_from(r"\{}$~`'-ab\emph{\"o}^_&<>" + "\n"), max_size=60))
def test_any_tex_gives_balanced_html(tex: str) -> None:
    from xml.etree import ElementTree

    ElementTree.fromstring(f"<p>{decode(tex).html}</p>")
