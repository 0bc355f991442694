"""YAML front matter → Pelican metadata, as Jekyll reads it."""

from pelican import signals

from plugins.front_matter.reader import JekyllReader


def add_reader(readers):
    """Let Markdown files be read by this plugin."""
    for extension in JekyllReader.file_extensions:
        readers.reader_classes[extension] = JekyllReader


def register():
    """Connect the receivers."""
    signals.readers_init.connect(add_reader)
