"""What the owner of a new site is asked: a name and an address."""

from collections.abc import Callable
from urllib.parse import urlsplit

from ..problems import ContentError, InvalidValueError, Place, Problems
from .files import Owner


def owner_name(text: str) -> str:
    """Return a name without the blanks around it; InvalidValueError for one that is not a single printable line."""
    name = text.strip()
    if not name.isprintable():
        raise InvalidValueError("has a character that cannot be printed", "write the name on one line")
    return name


def site_address(text: str) -> str:
    """Return the address of a site as SITEURL has it: with a scheme, without a slash at the end.

    "" stays so. ``name.github.io`` gets ``https://``. InvalidValueError for what is not the address of a site.
    """
    text = text.strip()
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    hint = 'write one such as "https://name.github.io"'
    try:
        parts = urlsplit(address)
        _ = parts.port  # ValueError for what is not a number
    except ValueError:
        raise InvalidValueError("is not the address of a site", hint) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or not address.isprintable() or " " in address:
        raise InvalidValueError("is not the address of a site", hint)
    if parts.query or parts.fragment or parts.username is not None:
        raise InvalidValueError("has more than a host and a path", hint)
    return address.rstrip("/")


def ask_owner(name: str, site_url: str, ask: Callable[[str], str] | None) -> Owner:
    """Return whose site it is, by the options ``--name`` and ``--site-url``; ``ask`` puts a question for each without.

    Without ``ask`` what is missing stays "". Raises ContentError for options that cannot be used.
    """
    problems = Problems()
    answers = []
    address = "The site's address, such as https://name.github.io (empty if not yet known): "
    for option, given, question, check in (
        ("--name", name, "Your name: ", owner_name),
        (
            "--site-url",
            site_url,
            address,
            site_address,
        ),
    ):
        if given or ask is None:
            with problems.collect(Place(option), given):
                answers.append(check(given))
        else:
            answers.append(_answer(question, check, ask))
    if problems.failed:
        raise ContentError(problems)
    return Owner(*answers)


def _answer(question: str, check: Callable[[str], str], ask: Callable[[str], str]) -> str:
    """Ask until the answer can be used; the end of the input is an empty answer."""
    reason = ""
    while True:
        try:
            return check(ask(reason + question))
        except EOFError:
            return ""
        except InvalidValueError as error:
            reason = f"That {error}.\n"
