"""Publications, talks, teaching: files → entries → sections of the one page.

    documents (academicpages' Markdown files), publications.bib, publications.json (CSL-JSON)
        → entries → sections in a page's HTML, redirects of the old addresses, files for machines

``entry``     the record of one publication, talk or course, whatever it was read from
``reading``   documents → entries, by the tables in `keys` and `links`; `names` and `dates` read what these say,
              `inline` one line of a text, `citation` finds the title in it, `blocks` fits more into the page
``anchors``   the ``id`` of each entry
``records``   one entry of a bibliography as its author wrote it, whose fields hold TeX (`tex`)
``bibtex``    publications.bib → records; ``csl``: publications.json → records
``bibliography``  records → entries; ``citing``: entries → records
``kinds``     what BibTeX, CSL and schema.org call the kinds of publications; ``journals``: astronomy's macros
``matching``  entries of documents and of a bibliography → one entry of each publication
``sections``  the setting ``SECTIONS``, and entries → sections; ``shown``: an entry → what a template prints of it, in
              which `own_name` finds the page's author, and which `pictures` illustrate
``placing``   where pages show sections and single entries; ``listing``: the same as Markdown
``addresses``  where entries and lists were on the old site → redirects to where pages show them
``articles``  posts → entries of a section, the page that lists them
``export``    entries → files beside the page, its JSON-LD, the CV's publications
``liquid_variables``  documents, articles and the configuration → Liquid's ``site``; ``data_files``: its ``site.data``
"""
