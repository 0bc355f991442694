"""Jekyll's filters for addresses, compared with Jekyll's own."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from plugins.kramdown import KramdownMarkdown
from plugins.kramdown.liquid.running import run_liquid
from plugins.problems import Problems

SITES = [
    ("https://a.example", "/lab"),
    ("https://a.example", ""),
    ("https://a.example", "/"),
    ("https://a.example", "lab"),
    ("https://a.example/lab", ""),
    ("https://a.example/lab/", ""),
    ("https://a.example/", "/lab/"),
    ("HTTPS://Ü.Example:443", "/ä b"),
    ("http://u@a.example:8000", "/lab"),
    ("", ""),
    ("", "/lab"),
]
VALUES = (
    "'' '/' 'x.png' '/x.png' '//x/y.png' 'a//b' 'https://o.example/A B' 'mailto:a@b' '/a b/ü.png' '/a%20b/%7ex%2f' '/%3a'"
    " '?q=a b#f g' '?q=1%262%2b3+4&r=/?' '#f' '/a/../b/./c' '../x' '/a/..' '/a/.' '/lab/x' 'a:b' '/a:b' 12 nothing"
    " '/x?u=ü&v=[1]' '/100%' '/a|b^c`d\"e<f>' '/x/index.html' '/x/index.htm' 'index.html' '/e\u0301'"
)


def test_addresses_are_jekylls(need: Callable[..., str]) -> None:
    """Every filter prints for every kind of address what Jekyll prints, and so do the two halves of the address."""
    ruby = need("ruby", "jekyll")
    values = [
        value.replace("\0", " ")
        for value in VALUES.replace("A B", "A\0B").replace("a b", "a\0b").replace("f g", "f\0g").split(" ")
    ]
    templates = [f"{{{{ {value} | {name} }}}}" for value in values for name in ("relative_url", "absolute_url")]
    templates += [f"{{{{ {value} | strip_index }}}}" for value in values if value != "12"]
    templates += ["{{ site.url }}/x", "{{ site.baseurl }}/x", "{{ site.url }}{{ site.baseurl }}/x"]
    cases = [(url, baseurl, template) for url, baseurl in SITES for template in templates]
    oracle = Path(__file__).with_name("jekyll_addresses.rb")
    ran = subprocess.run([ruby, oracle], input=json.dumps(cases), capture_output=True, text=True, timeout=60)
    assert ran.returncode == 0, ran.stderr
    printed = json.loads(ran.stdout)
    assert len(printed) == len(cases) > 900
    for (url, baseurl, template), expected in zip(cases, printed, strict=True):
        variables = {"site": {"url": url, "baseurl": baseurl}}
        assert run_liquid(template, variables, lambda _: 1, Problems(), lambda text: (text, ())) == expected, (
            url,
            baseurl,
            template,
        )


def test_what_is_undefined_is_reported(md: KramdownMarkdown) -> None:
    """It prints nothing, as on Jekyll, which does not say so."""
    assert md.convert("a{{ page.none | relative_url }}b") == "<p>ab</p>"
    assert [problem.message for problem in md.problems] == ["page.none is undefined, so that nothing is printed"]
