"""What kramdown's HTML lacks for a keyboard and for a voice.

The converter writes what Jekyll's writes, to the letter; a page needs a little more. One row for each: what is looked
for, what takes its place, why.
"""

import re
from html import escape

_ROWS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.DOTALL), place)
    for pattern, place in (
        # the styles let these scroll by themselves, and what scrolls is to be reached by keyboard (WCAG 2.2, 2.1.1)
        (r"<(pre|table)(?=[\s>])(?![^>]*\stabindex\b)", r'<\1 tabindex="0"'),
        (
            r'(?<!tabindex="0">)(<math\s[^>]*display="block".*?</math>)',
            r'<span class="formula" tabindex="0">\1</span>',
        ),
        # a form field has a name (4.1.2)
        (r'<input(?=\s[^>]*class="task-list-item-checkbox")(?![^>]*\saria-label)', '<input aria-label="{task}"'),
        # the role is the link's, not the raised number's (ARIA in HTML)
        (r'(<sup\s[^>]*?)\s+role="doc-noteref"(\s*><a)', r'\1\2 role="doc-noteref"'),
        # withdrawn from DPUB-ARIA 1.1: a list item says as much
        (r'(<li\s[^>]*?)\s+role="doc-endnote"', r"\1"),
    )
)


def accessible(html: str, task: str) -> str:
    """Return a page's HTML with what it lacks; ``task`` is the name of a checkbox in a list of tasks."""
    for pattern, place in _ROWS:
        html = pattern.sub(place.replace("{task}", escape(task)), html)
    return html
