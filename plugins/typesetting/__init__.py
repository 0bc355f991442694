"""What a page's tree needs to be set well: its lists, and its first paragraph.

The converter's output is Jekyll's to the letter; these steps come after it, on the tree of the page.
"""
