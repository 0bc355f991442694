"""Every service accepts every form in which people write it, and nothing else becomes an address."""

import re
from urllib.parse import quote, urlsplit

import pytest

from plugins.author_profile.services import SERVICES, Service, read_address
from plugins.author_profile.values import RejectedValueError, cleaned, web_address
from plugins.problems import InvalidValueError

ALIVE = [service for service in SERVICES.values() if not service.dead]


def named(service: Service) -> str:
    return service.key


@pytest.mark.parametrize("service", ALIVE, ids=named)
def test_every_form_of_a_name_becomes_the_same_address(service: Service) -> None:
    """The id, with an @, with spaces and invisible marks, and the address however it is spelled."""
    url = service.address(service.example)
    bare = url.removeprefix("https://")
    forms = [
        service.example,
        f"  {service.example} ",
        f"\u200f{service.example}\u200b",
        url,
        f" {url}",
        url.replace("https://", "http://"),
        url.replace("https://", "HTTPS://"),
        url.rstrip("/"),
        url.rstrip("/") + "/" if "?" not in url and "#" not in url else url,
        bare,
        f"//{bare}",
        f"https://www.{bare.removeprefix('www.')}",
        quote(url, safe="/:?=&#%"),
    ]
    for form in forms:
        assert read_address(service, form).url == url, form
        assert read_address(service, form).id == service.example, form
        assert not read_address(service, form).warning


@pytest.mark.parametrize("service", ALIVE, ids=named)
def test_the_address_is_https_on_a_real_host_and_safe_in_html(service: Service) -> None:
    parts = urlsplit(service.address(service.example))
    assert parts.scheme == "https"
    assert re.fullmatch(r"[a-z0-9.-]+\.[a-z]{2,}", parts.netloc)
    assert not re.search(r"[\s<>\"']", service.address(service.example).replace("'", ""))
    assert service.accepted.startswith(f"write '{service.example}' or 'https://")


WRITTEN = [
    ("academia", "https://oxford.academia.edu/JaneDoe/", "https://oxford.academia.edu/JaneDoe"),
    ("arxiv", "https://arxiv.org/search/?query=Doe%2C+J&searchtype=author", None),
    ("bluesky", "@jane", "https://bsky.app/profile/jane.bsky.social"),
    ("bluesky", "jane.example.org", "https://bsky.app/profile/jane.example.org"),
    ("bluesky", "https://bsky.app/profile/did:plc:abc", "https://bsky.app/profile/did:plc:abc"),
    ("dblp", "https://dblp.uni-trier.de/pid/55/2280-3.html", "https://dblp.org/pid/55/2280-3"),
    ("dblp", "https://dblp.org/pers/hd/d/Doe:Jane", None),
    ("facebook", "https://www.facebook.com/jane.doe/?ref=x", "https://www.facebook.com/jane.doe"),
    ("facebook", "https://www.facebook.com/profile.php?id=1000123", None),
    ("flickr", "https://www.flickr.com/photos/jane/", "https://www.flickr.com/people/jane/"),
    ("github", "user/repo", "https://github.com/user/repo"),
    ("github", "https://github.com/jane?tab=repositories", "https://github.com/jane"),
    ("github", "https://jane.github.io/", None),
    ("googlescholar", "https://scholar.google.com.hk/citations?hl=zh-CN&user=cyd3EsgAAAAJ&view_op=list_works",
     "https://scholar.google.com/citations?user=cyd3EsgAAAAJ"),
    ("googlescholar", "scholar.google.co.uk/citations?user=cyd3EsgAAAAJ",
     "https://scholar.google.com/citations?user=cyd3EsgAAAAJ"),
    ("googlescholar", "https://scholar.google.com/citations?user=cyd3EsgAAAAJ#x",
     "https://scholar.google.com/citations?user=cyd3EsgAAAAJ"),
    ("googlescholar", "https://scholar.google.com/scholar?q=jane", None),
    ("instagram", "https://instagram.com/jane.doe?igshid=1", "https://www.instagram.com/jane.doe/"),
    ("linkedin", "in/jane-doe/", "https://www.linkedin.com/in/jane-doe/"),
    ("linkedin", "https://uk.linkedin.com/in//jane-doe/en?trk=x", "https://www.linkedin.com/in/jane-doe/"),
    ("linkedin", "jane-doe/?originalSubdomain=fr", "https://www.linkedin.com/in/jane-doe/"),
    ("linkedin", "%E5%BC%A0-%E4%B8%89-1b2", "https://www.linkedin.com/in/%E5%BC%A0-%E4%B8%89-1b2/"),
    ("linkedin", "张-三-1b2", "https://www.linkedin.com/in/%E5%BC%A0-%E4%B8%89-1b2/"),
    ("linkedin", "https://www.linkedin.com/company/acme/", None),
    ("mastodon", "@jane@mastodon.social", "https://mastodon.social/@jane"),
    ("mastodon", "jane@mastodon.social", "https://mastodon.social/@jane"),
    ("mastodon", "https://fediscience.org/@jane", "https://fediscience.org/@jane"),
    ("mastodon", "https://sigmoid.social/web/@jane", None),
    ("medium", "https://jane.medium.com/", None),
    ("medium", "https://medium.com/@jane/a-story-1", "https://medium.com/@jane"),
    ("orcid", "http://orcid.org/0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
    ("orcid", "https://orcid.org/my-orcid?orcid=0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
    ("orcid", "0000000218250097", "https://orcid.org/0000-0002-1825-0097"),
    ("orcid", "ORCID: 0000-0002-1825-0097", "https://orcid.org/0000-0002-1825-0097"),
    ("orcid", "0000-0002-1694-233x", "https://orcid.org/0000-0002-1694-233X"),
    ("pubmed", "https://www.ncbi.nlm.nih.gov/pubmed/?term=Doe+J", "https://pubmed.ncbi.nlm.nih.gov/?term=Doe%20J"),
    ("pubmed", "https://www.ncbi.nlm.nih.gov/myncbi/1abc/bibliography/public/", None),
    ("pubmed", "https://pubmed.ncbi.nlm.nih.gov/?term=Doe+J&sort=date", "https://pubmed.ncbi.nlm.nih.gov/?term=Doe%20J"),
    ("researchgate", "https://www.researchgate.net/profile/Jane-Doe?ev=hdr_xprf",
     "https://www.researchgate.net/profile/Jane-Doe"),
    ("researchgate", "https://www.researchgate.net/profile/Jane_Doe2/research",
     "https://www.researchgate.net/profile/Jane_Doe2"),
    ("scopus", "https://www.scopus.com/authid/detail.uri?origin=x&authorId=7004212771",
     "https://www.scopus.com/authid/detail.uri?authorId=7004212771"),
    ("semantic", "https://www.semanticscholar.org/author/J.-Doe/1741101", "https://www.semanticscholar.org/author/1741101"),
    ("signal", "+447700900123", "https://signal.me/#p/+447700900123"),
    ("stackoverflow", "10225926/name", "https://stackoverflow.com/users/10225926/name"),
    ("stackoverflow", "https://stackoverflow.com/users/1/jane?tab=profile", "https://stackoverflow.com/users/1/jane"),
    ("steam", "76561197960287930", "https://steamcommunity.com/profiles/76561197960287930"),
    ("telegram", "https://telegram.me/jane_doe", "https://t.me/jane_doe"),
    ("threads", "https://www.threads.net/@jane", "https://www.threads.com/@jane"),
    ("tumblr", "https://www.tumblr.com/blog/jane", "https://jane.tumblr.com/"),
    ("twitter", "https://mobile.twitter.com/jane?lang=en", "https://x.com/jane"),
    ("twitter", "https://x.com/@jane", "https://x.com/jane"),
    ("webofscience", "https://publons.com/researcher/A-1009-2008/", "https://www.webofscience.com/wos/author/record/A-1009-2008"),
    ("wikipedia", "https://de.wikipedia.org/wiki/Jane_Doe", None),
    ("youtube", "UCabcdefghijklmnopqrstuv", "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv"),
    ("youtube", "https://www.youtube.com/user/jane", "https://www.youtube.com/user/jane"),
]  # fmt: skip


@pytest.mark.parametrize(("key", "written", "url"), WRITTEN, ids=[f"{key} {written}" for key, written, _ in WRITTEN])
def test_what_people_write_becomes_the_address_they_mean(key: str, written: str, url: str | None) -> None:
    """None: an address of the service in a form without an id is linked unchanged."""
    address = read_address(SERVICES[key], written)
    assert address.url == (url or written)
    assert not address.warning


@pytest.mark.parametrize("service", [row for row in ALIVE if row.key != "mastodon"], ids=named)
def test_an_address_on_another_site_is_linked_with_a_warning(service: Service) -> None:
    address = read_address(service, "https://example.net/me")
    assert (address.url, address.id) == ("https://example.net/me", "")
    assert address.warning == f"'https://example.net/me' is not a {service.label} address; it is linked unchanged"


HOSTILE = {
    "javascript": "javascript:alert(1)",
    "a script in capitals with a space": " JavaScript:alert(1)",
    "data": "data:text/html,<script>alert(1)</script>",
    "a file": "file:///etc/passwd",
    "a quote that ends an attribute": '" onmouseover="alert(1)',
    "a tag": "<script>alert(1)</script>",
    "a script behind a host": "https://javascript:alert(1)@",
    "NUL": "jane\0doe",
    "a line end": "jane\r\nSet-Cookie: x",
    "10 KB": "a b " * 2500,
    "only spaces": " \u200b ",
    "a host without a name": "https://",
    "a path out of the folder": "../../etc/passwd",
}


@pytest.mark.parametrize("service", SERVICES.values(), ids=named)
def test_no_hostile_value_becomes_anything_but_a_harmless_https_address(service: Service) -> None:
    refused = 0
    for value in HOSTILE.values():
        try:
            url = read_address(service, value).url
        except InvalidValueError:
            refused += 1
        else:
            assert re.fullmatch(r"https://[\w.-]+\.[a-z]+(?:[/?#][^\s<>\"]*)?", url), value
    assert refused >= len(HOSTILE) - 4  # PubMed searches for any words, and a handle may look like much


@pytest.mark.parametrize("valid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"])
def test_every_single_digit_change_of_a_valid_orcid_is_refused(valid: str) -> None:
    assert read_address(SERVICES["orcid"], valid).id == valid
    changed = 0
    for place, digit in enumerate(valid):
        for other in "0123456789" + ("X" if place == len(valid) - 1 else ""):
            if digit in ("-", other):
                continue
            wrong = valid[:place] + other + valid[place + 1 :]
            with pytest.raises(RejectedValueError, match="check digit"):
                read_address(SERVICES["orcid"], wrong)
            changed += 1
    assert changed == 15 * 9 + 10  # the last place may be an X too


@pytest.mark.parametrize("key", ["google_plus", "vine", "foursquare"])
def test_a_service_that_closed_is_refused_with_the_year(key: str) -> None:
    with pytest.raises(InvalidValueError, match=r" closed .*in 20[12][0-9]"):
        read_address(SERVICES[key], "jane")


def test_an_address_is_recognised_with_and_without_its_scheme() -> None:
    assert web_address("example.org/me") == "https://example.org/me"
    assert web_address("http://example.org") == "http://example.org"
    assert web_address("//example.org") == "https://example.org"
    assert web_address("https:/example.org/a b") == "https://example.org/a%20b"
    assert web_address("https://bücher.example/ü") == "https://b%C3%BCcher.example/%C3%BC"
    assert web_address("just words") is None
    assert cleaned("\u202ejane\u202c ") == "jane"
