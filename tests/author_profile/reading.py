"""The text of an authors.yml → its authors, or the facts about its only one."""

from plugins.author_profile.authors import AUTHORS_FILE, Authors, Facts, read_authors
from plugins.problems import Problems
from plugins.yaml_mapping import read_yaml


def authors_in(content: bytes | None, problems: Problems) -> Authors:
    """Return the authors in the bytes of an authors.yml; None for a missing file."""
    reading = None if content is None else read_yaml(content, AUTHORS_FILE, problems)
    return read_authors(reading, AUTHORS_FILE, problems)


def facts_in(content: bytes) -> Facts:
    """Return the facts of the only author in an authors.yml."""
    (facts,) = authors_in(content, Problems()).facts.values()
    return facts
