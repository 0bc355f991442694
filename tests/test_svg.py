"""A drawing keeps what is drawn, and nothing of what programs wrote; a passive one neither acts nor loads."""

from base64 import b64encode
from xml.etree import ElementTree

import pytest

from plugins import images
from plugins.pictures import Cache, make_picture
from plugins.problems import InvalidValueError
from plugins.svg import LARGEST, clean_svg, is_svg
from tests.conftest import Site
from tests.images.test_metadata import picture

NOTE = "Jane-private"
NAMESPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" xmlns:ns0="http://www.inkscape.org/namespaces/inkscape" '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/"'
)


def drawing(inside: str = "", attributes: str = "", before: str = "", after: str = "") -> str:
    return f'{before}<svg {NAMESPACES} viewBox="0 0 9 9" {attributes}><g id="a">{inside}<path d="M0 0h9v9z"/></g></svg>{after}'


def jpeg(data: bytes) -> str:
    return f"data:image/jpeg;base64,{b64encode(data).decode()}"


WRITTEN = {  # what programs and authors write into a drawing, and nobody sees
    "a comment": drawing(f"<!-- {NOTE} -->"),
    "a comment before": drawing(before=f"<!-- {NOTE} -->\n"),
    "a comment behind": drawing(after=f"\n<!-- {NOTE} -->"),
    "a comment over lines": drawing(f"<!--\n{NOTE}\n-- >\n-->".replace("-- >", "- ->")),
    "a comment beside its like in CDATA": drawing(f"<style><![CDATA[/* <!-- */]]></style><!-- {NOTE} --><style><![CDATA[/* --> */]]></style>"),
    "a comment beside its like in a value": drawing(f'<text class="&lt;!--">x</text><!-- {NOTE} -->'),
    "a comment in the DTD": drawing(before=f"<!DOCTYPE svg [<!-- {NOTE} --><!ENTITY x 'y'>]>"),
    "an instruction": drawing(f"<?xpacket {NOTE}?>"),
    "an entity that is not used": drawing(before=f"<!DOCTYPE svg [<!ENTITY x '{NOTE}'>]>"),
    "metadata": drawing(f"<metadata><rdf:RDF><a>{NOTE}</a></rdf:RDF></metadata>"),
    "metadata without RDF": drawing(f"<metadata>{NOTE}</metadata>"),
    "Inkscape's attributes": drawing(attributes=f'inkscape:export-filename="/home/{NOTE}/x.png" sodipodi:docname="{NOTE}"'),
    "Inkscape's attributes under another prefix": drawing(attributes=f'ns0:export-filename="{NOTE}"'),
    "Inkscape's view": drawing(f'<sodipodi:namedview inkscape:window-x="{NOTE}"><inkscape:grid/>{NOTE}</sodipodi:namedview>'),
    "Illustrator's own file": drawing(f"<i:aipgf><![CDATA[{NOTE}]]></i:aipgf>"),
    "draw.io's source": drawing(attributes=f'content="&lt;mxfile host=&quot;{NOTE}&quot;/&gt;"'),
    "a file on a disk": drawing(f'<image xlink:href="file:///home/{NOTE}/x.png"/>'),
    "a foreign default namespace": drawing(f'<x xmlns="http://example.org/"><y>{NOTE}</y></x>'),
    "a byte-order mark": "\ufeff" + drawing(f"<!-- {NOTE} -->"),
    "a declaration": drawing(f"<!-- {NOTE} -->", before='<?xml version="1.0" encoding="UTF-8"?>\n'),
    "a DTD": drawing(
        f"<!-- {NOTE} -->",
        before='<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n',
    ),
    "a prefix": f'<s:svg xmlns:s="http://www.w3.org/2000/svg"><!-- {NOTE} --><s:path d="M0 0h9v9z"/></s:svg>',
    "blank lines": "\n" * 99 + drawing(f"<!-- {NOTE} -->"),
}  # fmt: skip
ACTS = {  # what acts or loads: an element, or an attribute of one
    "a script": f"<script>{NOTE}()</script>",
    "a script from elsewhere": f'<script href="https://{NOTE}.example/x.js"/>',
    "a script in an entity": f"&act;{NOTE}",
    "a script in HTML": f'<script xmlns="http://www.w3.org/1999/xhtml">{NOTE}</script>',
    "an event": f'<path onload="{NOTE}()" d="M0 0"/>',
    "an event in capitals": f'<path ONCLICK="{NOTE}()" d="M0 0"/>',
    "HTML": f'<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">{NOTE}</p></foreignObject>',
    "a frame": f'<iframe src="https://{NOTE}.example"/>',
    "a film": f'<video src="https://{NOTE}.example"/>',
    "a link that acts": f'<a href="javascript:{NOTE}()"><text>x</text></a>',
    "a link that acts, with a line end": f'<a xlink:href="java\nscript:{NOTE}()"><text>x</text></a>',
    "a link": f'<a href="https://{NOTE}.example"><text>x</text></a>',
    "a picture from elsewhere": f'<image href="https://{NOTE}.example/x.png"/>',
    "a picture from elsewhere by XLink": f'<image xlink:href="//{NOTE}.example/x.png"/>',
    "a drawing inside": f'<image href="data:image/svg+xml,{NOTE}"/>',
    "a page inside": f'<use href="data:text/html,{NOTE}"/>',
    "a shape from elsewhere": f'<use href="{NOTE}.svg#x"/>',
    "a filter's picture": f'<filter><feImage href="/{NOTE}.png"/></filter>',
    "an animation of a link": f'<a><animate attributeName="href" values="javascript:{NOTE}"/></a>',
    "an animation of a link by XLink": f'<a><set attributeName="xlink:href" to="{NOTE}"/></a>',
    "an animation of an event": f'<set attributeName="onmouseover" to="{NOTE}"/>',
    "a style that loads": f"<style>@import 'https://{NOTE}.example';</style>",
    "a style with a picture": f"<style>path {{ fill: url(https://{NOTE}.example/x.svg#y) }}</style>",
    "a style in disguise": f"<style>path {{ fill: u\\72l(https://{NOTE}.example) }}</style>",
    "an attribute that loads": f'<path style="fill: url(//{NOTE}.example)" d="M0 0"/>',
    "a filling from elsewhere": f"<path fill=\"url('https://{NOTE}.example/x.svg#y')\" d=\"M0 0\"/>",
    "another base": f'<g xml:base="https://{NOTE}.example/"><path d="M0 0"/></g>',
    "an instruction": f'<?xml-stylesheet href="https://{NOTE}.example"?>',
}  # fmt: skip
HARMLESS = (
    '<path fill="url(#x)" style="fill: url(&quot;#x&quot;); stroke: red" d="M0 0"/><use href="#x"/><use xlink:href="#x"/>'
    '<style>path { fill: red }</style><animate attributeName="d" values="M0 0"/><title>A title</title><text xml:lang="de">x</text>'
    '<image href="data:image/png;base64,AAAA"/><a><text>y</text></a>'
)
MULTIPLYING = "".join(f'<!ENTITY a{number} "' + f"&a{number - 1};" * 99 + '">' for number in range(1, 9))


def drawn(data: bytes) -> str:
    """Return what is drawn, in one spelling."""
    return ElementTree.canonicalize(data.decode("utf-8-sig").strip(), with_comments=False, strip_text=True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("case", WRITTEN)
def test_what_programs_wrote_goes(case: str, encoding: str) -> None:
    original = WRITTEN[case].encode(encoding)
    if encoding == "utf-16":
        original = WRITTEN[case].removeprefix("\ufeff").replace("UTF-8", "UTF-16").encode(encoding)
    assert images.is_image(original[: images.START])
    assert images.has_metadata(original)
    made, warning = images.strip_metadata(original)
    assert warning == ""
    assert NOTE.encode() not in made
    assert b'd="M0 0h9v9z"' in made
    assert images.strip_metadata(made) == (made, "")


def test_everything_else_stays() -> None:
    original = drawing(f"<!-- {NOTE} --><text>a <!-- x -->b<tspan> c</tspan> d</text>{HARMLESS}")
    made = clean_svg(original.encode())
    expected = drawing(f"<text>a b<tspan> c</tspan> d</text>{HARMLESS}")
    for prefix in ("inkscape", "sodipodi", "ns0", "rdf", "i"):  # declared, and then not used
        assert f"xmlns:{prefix}" not in made.decode()
    assert drawn(made) == drawn(expected.encode())


@pytest.mark.parametrize("removed", ["<!-- x -->", "<metadata>x</metadata>", "<sodipodi:namedview/>"])
def test_text_beside_what_goes_stays_in_its_place(removed: str) -> None:
    made = clean_svg(drawing(f"<text>a{removed}b<tspan>c{removed}</tspan>{removed}d{removed}</text>").encode())
    assert "<text>ab<tspan>c</tspan>d</text>" in made.decode()


def test_html_and_mathematics_in_a_drawing_stay() -> None:
    inside = (
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x <b>y</b><!-- z --></p></foreignObject>'
        '<foreignObject><math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi></math></foreignObject><g/>'
    )
    made = clean_svg(drawing(inside).encode())
    assert drawn(made) == drawn(drawing(inside.replace("<!-- z -->", "")).encode())


def test_a_photograph_in_a_drawing_loses_its_metadata() -> None:
    made, warning = images.strip_metadata(drawing(f'<image href="{jpeg(picture("JPEG"))}"/>').encode())
    assert warning == ""
    cleaned, _ = images.strip_metadata(picture("JPEG"))
    assert jpeg(cleaned).encode() in made


def test_a_plain_drawing_stays_byte_for_byte() -> None:
    plain = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'
    assert images.strip_metadata(plain) == (plain, "")
    assert not images.has_metadata(plain)
    assert clean_svg(plain, passive=True) == plain


def test_a_style_sheet_of_the_authors_stays() -> None:
    made = clean_svg(drawing(f"<!-- {NOTE} -->", before='<?xml-stylesheet href="a.css"?>').encode())
    assert made.startswith(b'<?xml-stylesheet href="a.css"?>\n<svg')


def test_a_script_is_named() -> None:
    made, warning = images.strip_metadata(drawing("<!-- x --><script>act() // private</script>").encode())
    assert b"act()" in made
    assert "holds a script" in warning


@pytest.mark.parametrize("wrapped", [False, True], ids=["alone", "in a group"])
@pytest.mark.parametrize("case", ACTS)
def test_a_portrait_neither_acts_nor_loads(case: str, wrapped: bool) -> None:
    inside = f"<g><switch>{ACTS[case]}</switch></g>" if wrapped else ACTS[case]
    before = f'<!DOCTYPE svg [<!ENTITY act "<script>{NOTE}</script>">]>' if "&act;" in inside else ""
    portrait = make_picture(
        drawing(inside, before=before).encode(), 40, "square", Cache(lambda _: None, lambda *_: None)
    )
    data = portrait.files[0].data
    assert portrait.files[0].type == "image/svg+xml"
    if case != "a script in an entity":  # its text is drawn
        assert NOTE.encode() not in data
    assert b"<script" not in data
    assert b'd="M0 0h9v9z"' in data


def test_what_is_harmless_stays_in_a_portrait() -> None:
    made = clean_svg(drawing(HARMLESS).encode(), passive=True)
    assert drawn(made) == drawn(drawing(HARMLESS).encode())


@pytest.mark.parametrize(
    "broken",
    [
        "<svg><!-- x --><g></svg>",
        "<svg><!-- x -->&unknown;</svg>",
        "<svg><!-- x -->" + "<g>" * 5000 + "</g>" * 5000 + "</svg>",
        f'<!DOCTYPE svg [<!ENTITY a0 "xxxxxxxxxxxxxxxx">{MULTIPLYING}]><svg>&a8;</svg>',
        f"<svg><!-- x -->{' ' * LARGEST}</svg>",
    ],
    ids=["not closed", "an unknown entity", "nested deeply", "entities that multiply", "too large"],
)  # fmt: skip
def test_a_drawing_that_cannot_be_parsed_is_named(broken: str) -> None:
    assert is_svg(broken.encode())
    made, warning = images.strip_metadata(broken.encode())
    assert made == broken.encode()
    assert warning
    with pytest.raises(InvalidValueError):
        clean_svg(broken.encode(), passive=True)


def test_drawings_of_a_site_hold_no_notes(site: Site, home: None) -> None:
    for number, text in enumerate(WRITTEN.values()):
        site.write(f"content/images/{number}.svg", text)
        site.write(f"content/files/{number}", text)
    site.write("content/root/favicon.svg", WRITTEN["a comment"])
    site.write("content/pages/me.md", "---\nauthor_profile: true\nauthor: {name: Jane, avatar: me.svg}\n---\nMe.\n")
    photograph = f'<image href="{jpeg(picture("JPEG"))}"/>'
    site.write("content/images/me.svg", drawing(f"<!-- {NOTE} --><script>{NOTE}()</script>{photograph}"))
    built = site.build()
    assert not built.failed, built.lines
    published = {name: (built.output / name).read_bytes() for name in built.files()}
    holding = {name for name, data in published.items() if NOTE.encode() in data}
    assert holding == {"images/me.svg"}  # its script, which a warning names; the portrait has none
    assert [line for line in built.lines if "holds a script" in line and "content/images/me.svg" in line]
    assert any("portrait-" in name for name in published)
    assert not [name for name, data in published.items() if jpeg(picture("JPEG")).encode() in data]
