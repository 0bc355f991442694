"""Jekyll's Liquid, which runs before Markdown; loaded only by a page that uses it.

``running``    a text, its variables → the text that is printed, and problems
``absent``     what is not there: which of it is worth a warning
``filters``    the filters of Jekyll and of its Liquid, where they differ from python-liquid's
``tags``       Jekyll's tags, academicpages' includes, and our own ``{% section %}``
``values``     how Ruby prints, compares and counts values; ``dates`` the same for dates
``addresses``  the filters for addresses
``tokens``     the lexer; ``limits`` steps, and with them time and memory

Variables are plain values, and mappings of other kinds: documents. Such a mapping may have ``fields``, the names of all
keys that it or others of its kind have, or be ``required``: each of its names ought to be there. ``str()`` of it is
what it prints. Templates reach keys alone, never attributes.
"""
