"""What the owner of a new site is asked: a name and an address."""

from collections.abc import Callable

from ..problems import ContentError, InvalidValueError, Place, Problems
from ..settings import site_url
from .files import Owner


def owner_name(text: str) -> str:
    """Return a name without the blanks around it; InvalidValueError for one that is not a single printable line."""
    name = text.strip()
    if not name.isprintable():
        raise InvalidValueError("has a character that cannot be printed", "write the name on one line")
    return name


def site_address(text: str) -> str:
    """Return the address of a site as SITEURL has it: ``name.github.io`` gets ``https://``; "" stays so.

    InvalidValueError for what is not the address of a site.
    """
    text = text.strip()
    return site_url((text if "://" in text or not text else f"https://{text}").rstrip("/"))


def ask_owner(name: str, site_url: str, ask: Callable[[str], str] | None) -> Owner:
    """Return whose site it is, by the options ``--name`` and ``--site-url``; ``ask`` puts a question for each without.

    Without ``ask`` what is missing stays "". Raises ContentError for options that cannot be used.
    """
    problems = Problems()
    answers = []
    address = "The site's address, such as https://name.github.io (empty if not yet known): "
    options = ("--name", name, "Your name: ", owner_name), ("--site-url", site_url, address, site_address)
    for option, given, question, check in options:
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
