"""From the finished tree to HTML: rendering to ElementTree, typographic refinements, and serialization."""
