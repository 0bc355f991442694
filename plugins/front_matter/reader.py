"""Walking skeleton: replaced by the real reader."""

from pathlib import Path

import yaml
from pelican.readers import MarkdownReader
from pelican.utils import pelican_open
from markdown import Markdown


class JekyllReader(MarkdownReader):
    """Read one Markdown file."""

    file_extensions = ("md", "markdown")

    def read(self, source_path):
        """Return the page's HTML and its metadata."""
        text = Path(source_path).read_text("utf-8")
        _, front, body = text.split("---", 2)
        data = yaml.safe_load(front)
        self._md = Markdown(**self.settings["MARKDOWN"])
        return self._md.convert(body), {
            "title": data.get("title", self.settings["SITENAME"]),
            "url": "",
            "save_as": "index.html",
            "slug": "index",
            "front_matter": data,
            "key_lines": {key: 2 for key in data},
        }
