"""Old addresses that lead to new ones: ``redirect_from``, ``redirect_to`` and tables → a plan, and its stubs.

`plugins.pipeline` shows the steps in the order of a build. ``declare`` depends on its declarations alone, ``make_plan``
on the redirects and outputs, so that both can be remembered; with 100,000 redirects they take longer than the rest.

Alone, in any Pelican site: ``PLUGINS = ["frontispiece.redirects"]``. It reads, besides the settings ``REDIRECTS`` and
``REDIRECTS_FILE``, two keys of any page or article::

    Title: My CV
    Redirect_from: /resume/, /old/cv.html

    Redirect_from: /resume/             the same, as a line for each
    Redirect_from: /old/cv.html

    redirect_from: ["/resume/"]         the same in YAML, where a plugin such as pelican-yaml-metadata reads it
    Redirect_to: https://example.org/   this page has moved; it is neither printed nor listed

It writes a small page at each old address from a template of its own, which a ``redirect.html`` in the theme replaces;
that template is rendered once, with the variables ``target``, ``canonical``, ``policy`` and ``script``. A page, file or
list of the site is never overwritten. What is wrong ends the build before anything is written, with one line each. With
``frontispiece.hosting`` in ``PLUGINS`` too, the hosts in ``HOSTS`` get rules, so that they answer with a real 301.
"""


def register() -> None:
    """Let Pelican run this part in any site; `plugins.standalone` is imported only then."""
    from ..standalone import register

    register()
