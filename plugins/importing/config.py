"""A Jekyll ``_config.yml`` → the equivalent settings, the authors file, and what Liquid may still ask for."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from urllib.parse import urlsplit

from ..problems import InvalidValueError, Place, Problems
from ..settings import time_zone
from ..yaml_mapping import Reading, Value, parse_yaml
from .plan import Setting

FILE = "_config.yml"
_AUTHOR = re.compile(r"^author[ \t]*:[^\n]*\n(?:[ \t]+[^\n]*\n|[ \t]*\n|#[^\n]*\n)*", re.MULTILINE)
_TEMPLATES_HOSTS = re.compile(r"(?:academicpages|mmistakes|getorg-testacct|alshedivat|rayeren)\.github\.io", re.I)
_PLACEHOLDERS = {"", "Your Name", "Your Sidebar Name", "Your Name / Site Title", "blank", "First Last", "Site Title"}
_REMOTE = re.compile(r"github\.com[:/]([\w.-]+)/([\w.-]+?)(?:\.git)?/?$")
_ENGINE = frozenset(  # keys that tell Jekyll and its plugins what to do, or that have become settings
    "author authors baseurl url title locale timezone plugins gems whitelist exclude include keep_files encoding "
    "markdown_ext markdown highlighter lsi excerpt_separator incremental kramdown collections_dir defaults "
    "sass paginate paginate_path compress_html category_archive tag_archive jekyll-archives safe port host "
    "source destination staticman comments future unpublished show_drafts words_per_minute analytics site_theme "
    "remote_theme theme og_image minimal_mistakes_skin jekyll-minifier imagemagick scholar".split()
)
_VERIFICATION = {  # keys of the configuration → the names of the tags by which search engines know an owner
    "google_site_verification": "google-site-verification",
    "bing_site_verification": "msvalidate.01",
    "alexa_site_verification": "alexaVerifyID",
    "yandex_site_verification": "yandex-verification",
    "naver_site_verification": "naver-site-verification",
}
_LANGUAGES = frozenset(  # ISO 639-1
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv "
    "ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne "
    "ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st "
    "su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu".split()
)


@dataclass(slots=True)
class Config:
    """What is imported from a configuration.

    ``authors`` is the text of ``content/authors.yml``: the ``author:`` block as its author wrote it, with its comments.
    ``settings`` go to ``pelicanconf.py``, ``production`` to ``publishconf.py``; each maps a name to its value.
    ``site`` is the text of ``content/site.yml``: what else Liquid may ask for, as it was written; "" for nothing.
    """

    authors: str
    settings: dict[str, Setting]
    production: dict[str, Setting]
    site: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)


def read_config(text: str, problems: Problems, *, domain: str = "", remote: str = "") -> Config:
    """Read a ``_config.yml``; the lines of ``text`` end with LF.

    ``domain`` is what ``CNAME`` holds, ``remote`` the git address of the checkout: where the site's address is looked
    for if the configuration has none of its owner's.
    """
    faults = Problems()
    reading = parse_yaml(text, FILE, faults)
    problems.extend(problem for problem in faults if not reading.values or not problem.warning)
    values = reading.values
    name = _name(reading, remote, problems)
    title = _text(values.get("title"))
    settings: dict[str, Setting] = {"SITENAME": title if title not in _PLACEHOLDERS else name, "AUTHOR": name}
    settings |= _language(reading, problems) | _time_zone(reading, problems) | _counter(reading, problems)
    found = {tag: _text(values.get(key)) for key, tag in _VERIFICATION.items()}
    if verification := {tag: key for tag, key in found.items() if key}:
        settings["VERIFICATION"] = verification
    baseurl = _text(values.get("baseurl")).strip("/ ")
    address = _address(reading, baseurl, domain, remote, problems)
    production: dict[str, Setting] = {"SITEURL": address} if address else {}
    if address and urlsplit(address).path.strip("/") != baseurl:  # Liquid in the pages expects the path in `site.url`
        production["BASEURL"] = f"/{baseurl}" if baseurl else ""
    return Config(_authors(text, values, name, baseurl), settings, production, _rest(text, reading), values)


def _text(value: Value) -> str:
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _name(reading: Reading, remote: str, problems: Problems) -> str:
    """Return the author's name: from the author, the title, the top, or the repository."""
    values = reading.values
    author = values.get("author")
    if isinstance(author, str) and author.strip():
        return author.strip()
    own = _text(author.get("name")) if isinstance(author, dict) else ""
    if own:
        return own
    repository = _REMOTE.search(remote) or re.match(r"([\w.-]+)/", _text(values.get("repository")))
    parts = [_text(values.get(key)) for key in ("first_name", "middle_name", "last_name")]  # al-folio's
    if full := " ".join(filter(None, parts)):
        return full
    places = ("title", _text(values.get("title"))), ("name", _text(values.get("name")))
    candidates = [*places, ("repository", repository[1] if repository else "")]
    key, name = next(((key, name) for key, name in candidates if name not in _PLACEHOLDERS), ("", ""))
    place = Place(FILE, reading.lines.get(("author",), 0), "author")
    if not name:
        problems.error(place, "has no name", "write 'name:' with your name below 'author:'")
    else:
        problems.warn(place, f"has no name, and {name!r} of {key!r} is taken", "write yours in content/authors.yml")
    return name


def _language(reading: Reading, problems: Problems) -> dict[str, Setting]:
    locale = _text(reading.values.get("locale")) or _text(reading.values.get("lang"))
    language = language_of(locale)
    if locale and not language:
        place = Place(FILE, reading.lines.get(("locale",), 0), "locale")
        problems.warn(place, f"{locale!r} is no language, and English is taken", "write DEFAULT_LANG in pelicanconf.py")
        return {}
    return {"DEFAULT_LANG": language} if language else {}


def language_of(locale: str) -> str:
    """Return the language of a locale such as ``de_DE.UTF-8``, "" if there is none of that name."""
    language = re.split("[.@]", locale)[0].replace("_", "-").split("-")[0].lower()
    return language if language in _LANGUAGES or re.fullmatch("[a-z]{3}", language) else ""


def _time_zone(reading: Reading, problems: Problems) -> dict[str, Setting]:
    zone = _text(reading.values.get("timezone"))
    if not zone or zone in ("Etc/UTC", "UTC"):
        return {}
    with problems.collect(Place(FILE, reading.lines.get(("timezone",), 0), "timezone"), zone):
        try:
            return {"TIMEZONE": time_zone(zone)}
        except InvalidValueError as error:
            place = Place(FILE, reading.lines.get(("timezone",), 0), "timezone")
            problems.warn(place, f"{zone!r} {error.message}, and UTC is taken", "write TIMEZONE in pelicanconf.py")
    return {}


def _counter(reading: Reading, problems: Problems) -> dict[str, Setting]:
    """Return the counter of visits, which one of ours can go on with."""
    analytics = reading.values.get("analytics")
    google = analytics.get("google") if isinstance(analytics, dict) else None
    number = _text(google.get("tracking_id")) if isinstance(google, dict) else ""
    number = number or _text(reading.values.get("google_analytics"))
    provider = _text(analytics.get("provider")) if isinstance(analytics, dict) else "google"
    if not number or provider in ("", "false"):
        return {}
    if re.fullmatch("G-[A-Z0-9]+", number):
        return {"ANALYTICS": f"google-analytics:{number}"}
    place = Place(FILE, reading.lines.get(("analytics",), 0), "analytics")
    problems.warn(
        place, f"{number!r} is not counted by Google any more", "write ANALYTICS in pelicanconf.py, or nothing"
    )
    return {}


def _address(reading: Reading, baseurl: str, domain: str, remote: str, problems: Problems) -> str:
    """Return the site's address: of the configuration, else of ``CNAME``, else of the repository; "" without any."""
    written = _text(reading.values.get("url"))
    is_templates = bool(_TEMPLATES_HOSTS.search(written)) and not _TEMPLATES_HOSTS.search(remote)
    url = written if "://" in written or "." not in written else f"https://{written}"
    if not is_templates and (own := _joined(url, baseurl)):
        return own
    repository = remote or _text(reading.values.get("repository"))
    found = address_of(_joined(f"https://{domain}", baseurl) if domain else "", repository)
    place = Place(FILE, reading.lines.get(("url",), 0), "url")
    what = f"{written!r} is the template's address" if is_templates else "has no address of the site"
    if found:
        source = "CNAME" if domain else "the repository"
        problems.warn(place, f"{what}, and '{found}' of {source} is taken", "see SITEURL in publishconf.py")
    else:
        problems.warn(place, what, "write SITEURL in publishconf.py")
    return found


def address_of(domain: str, repository: str) -> str:
    """Return the address ``domain``, else that which GitHub gives the site of a repository; "" without any."""
    found = _REMOTE.search(repository) or re.fullmatch(r"([\w.-]+)/([\w.-]+)", repository)
    if domain or not found or found[1].lower() in ("academicpages", "mmistakes", "alshedivat", "rayeren"):
        return domain
    user, name = found[1].lower(), found[2]
    return f"https://{user}.github.io" + ("" if name.lower() == f"{user}.github.io" else f"/{name}")


def _joined(url: str, baseurl: str) -> str:
    """Join Jekyll's ``url`` and ``baseurl`` to one address without a slash at the end; "" if that is not an address."""
    address = f"{url.strip().rstrip('/')}/{baseurl.strip('/ ')}".rstrip("/")
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in ("http", "https") and parts.hostname else ""


def _authors(text: str, values: Mapping[str, Value], name: str, baseurl: str) -> str:
    """Return the author's block as it was written, with the name where it has none, and no ``baseurl`` in addresses."""
    author = values.get("author")
    block = _AUTHOR.search(text + "\n")
    named = f"  name: {json.dumps(name, ensure_ascii=False)}\n"
    if not isinstance(author, dict) or not block:
        return f"author:\n{named}"
    lines = block[0].rstrip() + "\n"
    if not _text(author.get("name")):
        indentation = re.search(r"^([ \t]+)[^\s#]", lines, re.MULTILINE)
        named = (indentation[1] if indentation else "  ") + named.lstrip()
        lines = re.sub(r"^[ \t]+name[ \t]*:[^\n]*\n", "", lines, flags=re.MULTILINE)
        first, _, rest = lines.partition("\n")
        lines = f"{first}\n{named}{rest}"
    return re.sub(rf"(:[ \t]*[\"']?)/{re.escape(baseurl)}/", r"\1/", lines) if baseurl else lines


def _rest(text: str, reading: Reading) -> str:
    """Return the keys that are no settings and hold something, as they were written."""
    lines = text.split("\n")
    starts = sorted((line, str(path[0])) for path, line in reading.lines.items() if len(path) == 1)
    kept = []
    for (start, key), (end, _) in pairwise([*starts, (len(lines) + 1, "")]):
        if key not in _ENGINE and key not in _VERIFICATION and _is_filled(reading.values.get(key)):
            block = lines[start - 1 : end - 1]
            while block and re.match(r"\s*(?:#|$)", block[-1]):
                block.pop()
            kept += block
    if not kept:
        return ""
    result = "".join(f"{line}\n" for line in ["# What pages may ask for as `site.…`.", *kept])
    faults = Problems()
    parse_yaml(result, "content/site.yml", faults)
    if faults.failed:  # an alias whose anchor stays behind
        left = {key: reading.values[key] for _, key in starts if key not in _ENGINE and key not in _VERIFICATION}
        result = json.dumps(left, ensure_ascii=False, indent=2, default=str) + "\n"
    return result


def _is_filled(value: Value) -> bool:
    if isinstance(value, dict):
        return any(map(_is_filled, value.values()))
    return value not in (None, "", [])
