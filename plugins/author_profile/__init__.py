"""Author profiles: the facts in content/authors.yml → the sidebar, and what machines read about the author.

Pure functions from typed values to typed values; pictures, icons and the cache come in as the functions of ``Assets``.
The names of the files are known as soon as the plan is made, before anything is written. A missing or empty authors.yml
is reported only if a page shows an author; ``shows_author`` answers that before the file is read.

The modules, in the order in which they work:

============================  ========================================================================================
``keys``, ``services``        what an author may write: keys, their other names, services and their addresses
``authors``                   records of authors.yml → facts with canonical keys; a page → its author
``reading``, ``links``        facts → a ``Profile``
``icons``                     a name → an icon
``vocabularies``, ``head``    a profile → JSON-LD, OpenGraph, vCard and JSON Resume; a page → its head
``plan``                      a site → all of these
============================  ========================================================================================

Alone, in any Pelican site: ``PLUGINS = ["frontispiece.author_profile"]``, and the facts in ``content/authors.yml``::

    Jane Doe:
      bio: Reads old books
      avatar: jane.jpg          # content/images/jane.jpg
      github: jane

A page with ``Author_profile: true`` in its metadata shows its ``Author``, else the one of the setting ``AUTHOR``. The
theme includes two templates, for example in a ``page.html`` below ``THEME_TEMPLATES_OVERRIDES`` (in ``article.html``,
``{% set page = article %}`` comes first)::

    {% extends "!theme/page.html" %}
    {% block head %}{{ super() }}{% include "author_head.html" %}{% endblock %}
    {% block content %}{% include "author_profile.html" %}{{ super() }}{% endblock %}

The first holds description, OpenGraph and JSON-LD, the second the profile as an h-card: portrait, facts, links with
icons, without styles. A theme may print ``page.profile`` and ``page.head`` in its own way (`profile.Profile`,
`head.Head`). The site also gets the portrait in small sizes, ``author.vcf`` and ``resume.json``.
"""


def register() -> None:
    """Let Pelican run this part in any site; `plugins.standalone` is imported only then."""
    from ..standalone import register

    register()
