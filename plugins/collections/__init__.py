"""Publications, talks, teaching: files → entries → sections of the one page.

    documents (academicpages' Markdown files), publications.bib, publications.json (CSL-JSON)
        → entries → sections in a page's HTML, redirects of the old addresses, files for machines

``entry``     the record of one publication, talk or course, whatever it was read from
``reading``   documents → entries
``sections``  entries → sections of the page that shows them
"""
