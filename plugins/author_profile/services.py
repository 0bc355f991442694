"""The services where an author may have a profile: one table, and the function that reads a value by it.

A row is all that a service needs; to add a service, add a row. Addresses are matched without their scheme and a leading
``www.``, percent-decoded; a pattern's first group is the id.
"""

import re
from functools import reduce
from typing import NamedTuple
from urllib.parse import quote, unquote, unquote_plus

from ..problems import InvalidValueError
from .values import RejectedValueError, cleaned, quoted, web_address

HANDLE = r"[A-Za-z0-9_][A-Za-z0-9._-]*"  # what most services allow
NAME = r"\w(?:[\w.'’·-]*\w)?"  # the same with letters of any script
NUMBER = r"[0-9]+"


class Service(NamedTuple):
    """One service.

    ``url`` is the canonical address with ``{}`` for the id; ``id`` is the pattern of an id. ``rewrite`` turns what
    people write instead of an id into one (pattern, replacement; the first match wins). ``forms`` are other addresses
    that contain the id. An address on one of ``hosts`` (the host of ``url`` is implied) in no known form is linked
    unchanged. ``icon`` is the icon's name, the key if empty. ``dead`` states when the service closed, after its label.
    """

    key: str
    label: str
    url: str
    id: str = HANDLE
    example: str = "jane-doe"
    forms: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    rewrite: tuple[tuple[str, str], ...] = ()
    icon: str = ""
    dead: str = ""

    @property
    def accepted(self) -> str:
        """The accepted forms, as a hint."""
        return f"write '{self.example}' or '{self.address(self.example)}'"

    @property
    def host(self) -> str:
        """The pattern of the canonical address's host; "" where the id contains the host."""
        host = self.url.split("://", 1)[1].split("/", 1)[0].removeprefix("www.")
        return "" if host == "{}" else re.escape(host).replace(r"\{\}", r"[\w.-]+")

    def address(self, name: str) -> str:
        """Return the canonical address of an id."""
        safe = "~" if "?" in self.url else "/:@~+=,;!$'()*"
        return self.url.format(quote(name, safe=safe))


class Address(NamedTuple):
    """A canonical address, and the id in it where it is known; ``warning`` is a reason to doubt it, or ""."""

    url: str
    id: str = ""
    warning: str = ""


def read_address(service: Service, value: str) -> Address:
    """Return the address that ``value`` means on ``service``: a handle, ``@handle``, an id, or any form of its URL.

    Raises InvalidValueError with the reason and the accepted forms.
    """
    text = cleaned(value)
    if service.dead:
        raise InvalidValueError(f"{service.label} {service.dead}", "delete the key")
    if re.search(r"[\x00-\x1f\x7f]", text):
        raise InvalidValueError("contains a control character", service.accepted)
    text = re.sub(rf"(?i)^{re.escape(service.key)}:(?!//)\s*", "", text)
    url = web_address(text, (*service.hosts, service.host))
    if url:
        return _from_url(service, url)
    name = unquote(text).strip("/ ")
    shorter = re.split(r"[?#]", name)[0].strip("/ ")
    for candidate in (name, shorter, re.sub(r"^(?:in|u|user|users|profile|people|pid|author|id)/", "", shorter)):
        for pattern, replacement in ((r"(.+)", r"\1"), *service.rewrite, (r"@(.+)", r"\1")):
            found = re.sub(f"^(?:{pattern})$", replacement, candidate)
            if re.fullmatch(service.id, found):
                return _canonical(service, found, value)
    raise InvalidValueError(f"{quoted(value)} is not a {service.label} name", service.accepted)


def _from_url(service: Service, url: str) -> Address:
    rest = re.sub(r"^(?:www\.)?", "", url.split("://", 1)[1], flags=re.IGNORECASE)
    host, slash, path = rest.partition("/")
    host = host.lower()
    place, mark, query = path.partition("?")
    decoded = host + slash + unquote(place) + mark + unquote_plus(query)
    prefix, suffix = (re.escape(part) for part in re.sub(r"^https://(?:www\.)?", "", service.url).split("{}"))
    for form in (*service.forms, f"{prefix}({service.id}){suffix.rstrip('/')}"):
        match = re.fullmatch(f"(?:{form})(?:[/?#&].*)?", decoded)
        if match and re.fullmatch(service.id, match[1]):
            return _canonical(service, match[1], url)
    if any(re.fullmatch(pattern, host) for pattern in (*service.hosts, service.host)):
        if not path.strip("/") and host == service.host.replace("\\", ""):
            raise InvalidValueError(f"{quoted(url)} contains no name", service.accepted)
        return Address(re.sub(r"^http:", "https:", url))
    return Address(url, warning=f"{quoted(url)} is not a {service.label} address; it is linked unchanged")


def _canonical(service: Service, name: str, value: str) -> Address:
    if service.key == "orcid":
        name = _orcid(name, value, service.accepted)
    return Address(service.address(name), name)


def _orcid(name: str, value: str, hint: str) -> str:
    """Return an ORCID iD in groups of four; its last digit must be right by ISO 7064 MOD 11-2.

    https://support.orcid.org/hc/en-us/articles/360006897674
    """
    digits = name.replace("-", "").upper()
    total = reduce(lambda total, digit: (total + int(digit)) * 2, digits[:-1], 0)
    if digits[-1] != "0123456789X"[(12 - total) % 11]:
        raise RejectedValueError(f"{quoted(value)} has a wrong digit: the check digit does not match", hint)
    return "-".join(digits[place : place + 4] for place in range(0, 16, 4))


_ROWS = (
    # Academic
    Service("academia", "Academia", "https://{}", r"[\w-]+\.academia\.edu/[\w.-]+", "oxford.academia.edu/JaneDoe",
            hosts=(r"(?:[\w-]+\.)?academia\.edu",)),
    Service("aclanthology", "ACL Anthology", "https://aclanthology.org/people/{}/", r"(?:[a-z]/)?[a-z0-9-]+"),
    Service("acm", "ACM Digital Library", "https://dl.acm.org/profile/{}", NUMBER, "81100123456",
            (r"dl\.acm\.org/author_page\.cfm\?id=([0-9]+)",)),
    Service("arxiv", "arXiv", "https://arxiv.org/a/{}",
            r"[a-z'-]+_[a-z]+_[0-9]+|[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", "doe_j_1",
            hosts=(r"(?:[\w-]+\.)?arxiv\.org",)),
    Service("dblp", "DBLP", "https://dblp.org/pid/{}", r"[0-9a-z]{1,3}/[\w-]+", "55/2280",
            (r"dblp[\w.-]*/pid/([0-9a-z]{1,3}/[\w-]+)(?:\.html)?",), (r"dblp\.(?:org|uni-trier\.de|dagstuhl\.de)",)),
    Service("googlescholar", "Google Scholar", "https://scholar.google.com/citations?user={}", r"[\w-]{12}",
            "cyd3EsgAAAAJ", (r"scholar\.google(?:\.[a-z]{2,3}){1,2}/citations/?\?(?:.*&)?user=([\w-]{12})",),
            (r"scholar\.google(?:\.[a-z]{2,3}){1,2}",)),
    Service("hal", "HAL", "https://cv.hal.science/{}", r"[a-z0-9-]+", hosts=(r"(?:[\w-]+\.)?hal\.science",)),
    Service("ieee", "IEEE Xplore", "https://ieeexplore.ieee.org/author/{}", NUMBER, "37085123456"),
    Service("impactstory", "Impactstory", "https://profiles.impactstory.org/u/{}", r"[\w-]+", "0000-0002-1825-0097",
            hosts=(r"(?:profiles\.)?impactstory\.org",)),
    Service("inspire-hep", "INSPIRE", "https://inspirehep.net/authors/{}", NUMBER, "1010907"),
    Service("openreview", "OpenReview", "https://openreview.net/profile?id={}", r"~[\w'’-]+[0-9]+", "~Jane_Doe1"),
    Service("orcid", "ORCID", "https://orcid.org/{}", r"[0-9]{4}-?[0-9]{4}-?[0-9]{4}-?[0-9]{3}[0-9Xx]",
            "0000-0002-1825-0097", (r"orcid\.org/my-orcid\?orcid=([0-9-]{15,18}[0-9Xx]?).*",)),
    Service("osf", "OSF", "https://osf.io/{}/", r"[a-z0-9]{5}", "cdo3k"),
    Service("pubmed", "PubMed", "https://pubmed.ncbi.nlm.nih.gov/?term={}", r"[^\x00-\x1f<>]{3,200}", "Doe J[Author]",
            (r"(?:pubmed\.)?ncbi\.nlm\.nih\.gov/(?:pubmed/?)?\?(?:.*&)?term=([^&]+)",),
            (r"(?:[\w-]+\.)?ncbi\.nlm\.nih\.gov",)),
    Service("researchgate", "ResearchGate", "https://www.researchgate.net/profile/{}", NAME, "Jane-Doe"),
    Service("scopus", "Scopus", "https://www.scopus.com/authid/detail.uri?authorId={}", NUMBER, "7004212771",
            (r"scopus\.com/authid/detail\.uri\?(?:.*&)?authorId=([0-9]+)",)),
    Service("semantic", "Semantic Scholar", "https://www.semanticscholar.org/author/{}", NUMBER, "1741101",
            (r"semanticscholar\.org/author/(?:[^/?#]+/)?([0-9]+)",), icon="semanticscholar"),
    Service("ssrn", "SSRN", "https://papers.ssrn.com/sol3/cf_dev/AbsByAuth.cfm?per_id={}", NUMBER, "16042",
            (r"(?:papers\.)?ssrn\.com/author=([0-9]+)",), (r"(?:[\w-]+\.)?ssrn\.com",)),
    Service("webofscience", "Web of Science", "https://www.webofscience.com/wos/author/record/{}",
            r"[A-Z]{1,3}-[0-9]{4}-[0-9]{4}|[0-9]+", "A-1009-2008",
            (r"(?:researcherid\.com/rid|publons\.com/researcher)/([A-Z]{1,3}-[0-9]{4}-[0-9]{4})",),
            (r"publons\.com", r"researcherid\.com")),
    Service("wikidata", "Wikidata", "https://www.wikidata.org/wiki/{}", r"Q[0-9]+", "Q42"),
    Service("zotero", "Zotero", "https://www.zotero.org/{}", rf"groups/[0-9]+(?:/{HANDLE})?|{HANDLE}"),
    # Code
    Service("bitbucket", "Bitbucket", "https://bitbucket.org/{}/"),
    Service("codeberg", "Codeberg", "https://codeberg.org/{}"),
    Service("codepen", "CodePen", "https://codepen.io/{}"),
    Service("dribbble", "Dribbble", "https://dribbble.com/{}"),
    Service("github", "GitHub", "https://github.com/{}", r"[A-Za-z0-9][A-Za-z0-9-]*(?:/[\w.-]+)?",
            hosts=(r"[\w-]+\.github\.io",)),
    Service("gitlab", "GitLab", "https://gitlab.com/{}", HANDLE + r"(?:/[\w.-]+)*"),
    Service("huggingface", "Hugging Face", "https://huggingface.co/{}"),
    Service("kaggle", "Kaggle", "https://www.kaggle.com/{}"),
    Service("stackoverflow", "Stack Overflow", "https://stackoverflow.com/users/{}", r"[0-9]+(?:/[\w-]+)?",
            "22656/jon-skeet", (r"stackoverflow\.com/users/([0-9]+(?:/[^/?#]+)?)",)),
    # Social
    Service("artstation", "ArtStation", "https://www.artstation.com/{}"),
    Service("bluesky", "Bluesky", "https://bsky.app/profile/{}",
            r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+|did:[a-z]+:[\w.:-]+", "jane.bsky.social",
            rewrite=((r"@?([A-Za-z0-9-]+)", r"\1.bsky.social"),)),
    Service("discord", "Discord", "https://discord.com/users/{}", r"[0-9]{15,21}", "80351110224678912",
            hosts=(r"discord\.(?:com|gg)",)),
    Service("facebook", "Facebook", "https://www.facebook.com/{}",
            r"(?!(?:profile\.php|people|groups|pages)\b)[A-Za-z0-9.]+", "jane.doe",
            (r"(?:[\w-]+\.)?facebook\.com/([A-Za-z0-9.]+)",), hosts=(r"(?:[\w-]+\.)?facebook\.com", r"fb\.me")),
    Service("flickr", "Flickr", "https://www.flickr.com/people/{}/", r"[\w@.-]+",
            forms=(r"flickr\.com/(?:photos/|people/)?([\w@.-]+)",)),
    Service("foursquare", "Foursquare", "https://foursquare.com/{}", dead="closed its public profiles in 2025"),
    Service("goodreads", "Goodreads", "https://www.goodreads.com/{}", r"[\w.-]+(?:/[\w.-]+)*"),
    Service("google_plus", "Google+", "https://plus.google.com/{}", dead="closed in 2019"),
    Service("instagram", "Instagram", "https://www.instagram.com/{}/", r"[A-Za-z0-9._]+", "jane.doe",
            forms=(r"instagram\.com/([A-Za-z0-9._]+)",)),
    Service("keybase", "Keybase", "https://keybase.io/{}"),
    Service("lastfm", "Last.fm", "https://www.last.fm/user/{}", forms=(r"lastfm\.com/user/([^/?#]+)",),
            hosts=(r"lastfm\.com",)),
    Service("linkedin", "LinkedIn", "https://www.linkedin.com/in/{}/", NAME, "jane-doe",
            (r"(?:[a-z]{2}\.)?linkedin\.com/(?:mwlite/)?in/+([^/?#]+)(?:[/?#].*)?",),
            (r"(?:[a-z]{2}\.)?linkedin\.com",)),
    Service("mastodon", "Mastodon", "https://{}", r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}/@[\w.]+(?:@[A-Za-z0-9.-]+)?",
            "mastodon.social/@jane", hosts=(r".+",), rewrite=((r"@?([\w.]+)@([A-Za-z0-9.-]+)", r"\2/@\1"),)),
    Service("matrix", "Matrix", "https://matrix.to/#/{}", r"@[\w.=/+-]+:[\w.:-]+", "@jane:matrix.org"),
    Service("medium", "Medium", "https://medium.com/@{}", forms=(r"medium\.com/@([\w.-]+)",),
            hosts=(r"(?:[\w-]+\.)?medium\.com",)),
    Service("pinterest", "Pinterest", "https://www.pinterest.com/{}/", hosts=(r"[\w-]*\.?pinterest\.[\w.]+",)),
    Service("signal", "Signal", "https://signal.me/#{}", r"(?:eu|p)/[\w+=-]+", "eu/abcdef",
            rewrite=((r"(\+[0-9]{6,15})", r"p/\1"),)),
    Service("soundcloud", "SoundCloud", "https://soundcloud.com/{}"),
    Service("steam", "Steam", "https://steamcommunity.com/{}", r"(?:id|profiles)/[\w-]+", "id/jane",
            rewrite=((r"([0-9]{17})", r"profiles/\1"), (r"([\w-]+)", r"id/\1"))),
    Service("telegram", "Telegram", "https://t.me/{}", r"\w{3,32}|\+[\w-]+", "jane_doe", (r"telegram\.me/(\w+)",),
            (r"telegram\.(?:me|dog)",)),
    Service("threads", "Threads", "https://www.threads.com/@{}", r"[A-Za-z0-9._]+", "jane.doe",
            forms=(r"threads\.(?:net|com)/@?([\w.]+)",)),
    Service("tumblr", "Tumblr", "https://{}.tumblr.com/", r"[A-Za-z0-9-]+", forms=(r"tumblr\.com/(?:blog/)?([\w-]+)",),
            hosts=(r"(?:[\w-]+\.)?tumblr\.com",)),
    Service("twitter", "X (Twitter)", "https://x.com/{}", r"\w{1,15}", "jane_doe",
            (r"(?:mobile\.)?(?:twitter|x)\.com/@?(\w{1,15})",), icon="x"),
    Service("vine", "Vine", "https://vine.co/{}", dead="closed in 2017"),
    Service("weibo", "Weibo", "https://weibo.com/{}", rf"u/[0-9]+|{NAME}", "jane",
            hosts=(r"(?:[\w-]+\.)?weibo\.(?:com|cn)",)),
    Service("wikipedia", "Wikipedia", "https://en.wikipedia.org/wiki/User:{}", r"[^\W_][\w .'()-]*", "JaneDoe",
            hosts=(r"[\w-]+\.(?:m\.)?wikipedia\.org",)),
    Service("xing", "XING", "https://www.xing.com/profile/{}", NAME, "Jane_Doe"),
    Service("youtube", "YouTube", "https://www.youtube.com/{}", rf"@{NAME}|(?:channel|c|user)/{NAME}", "@jane",
            hosts=(r"(?:m\.)?youtube\.com", r"youtu\.be"),
            rewrite=((r"(UC[\w-]{22})", r"channel/\1"), (rf"({NAME})", r"@\1"))),
    Service("zhihu", "Zhihu", "https://www.zhihu.com/people/{}", hosts=(r"zhuanlan\.zhihu\.com",)),
)  # fmt: skip
SERVICES = {row.key: row for row in _ROWS}
