"""Frontispiece's local Pelican plugins.

    metadata  →  validated plain data  →  plan  →  files

**Pure and edge.** Pure modules compute: they import the standard library, ``plugins.problems``, pure siblings and the
one library that their package exists to wrap. Only edge modules (each package's ``__init__.py`` and those that their
docstring calls an edge) import ``pelican`` or touch a disk. Packages never import each other; what they share is
``plugins.problems``, ``plugins.memory`` and, for those that read YAML, ``plugins.yaml_mapping``.

**The order of a build.** Blinker calls the receivers of one signal in no fixed order, so no two plugins depend on each
other within one signal:

===============================  ==============================================================================
``initialized``                  staging: names the folder beside ``output/`` in which the site is made
``get_generators``               staging: a run begins, waits for any other; ``PROBLEMS`` begins empty
``readers_init``                 front_matter: becomes the reader of Markdown files
``all_generators_finalized``     front_matter: finds two pages at one address; redirects: plans against every
                                 page and static file; stylesheet: makes its text; author_profile: attaches
                                 ``page.profile`` and ``page.head``
``refresh_metadata…``            redirects shapes the stub; hosting settles what each host is told
``get_writer``                   staging: refuses to go on if ``PROBLEMS`` holds one that is no warning
``generate_output``              templates print pages; author_profile writes portraits and author.vcf;
                                 redirects prints stubs; hosting writes what hosts read
``finalized``                    staging alone: the finished folder replaces ``output/``
===============================  ==============================================================================

**Names in the context.** What one plugin leaves for another travels in Pelican's context as plain data:

``PROBLEMS``      list of ``plugins.problems.Problem``, all that this build has found (``plugins.problems.reported``)
``MEMORY``        dict: what builds before in this process have worked out; use it by ``plugins.memory.remembered``
``MAKES``         list of functions, context → names of the files that a plugin will write beside pages: no redirect
                  may begin there; called when all content is known
``WRITE``         ``WRITE(path, data)`` makes a file of the site, ``path`` relative to the output, from bytes: the fast
                  way in for whoever writes thousands; all others write below the generator's ``output_path``
``REDIRECTS_PLAN``  the finished ``Plan`` of plugins.redirects
``REDIRECT_STUB``   the HTML of a stub, with marks for its addresses
``STUBS_UNWANTED``  the sources that must have no stub, since a host's rule would lose to it
``POLICIES``        what each page that is printed needs of a Content-Security-Policy (templates: ``with_policy``)
``MENU``          list of the menu's entries: ``label``, ``url``; empty where there is nothing to choose
``WORDS``, ``DIR``  what the theme says in the site's language, and its direction; on each page ``words``, ``dir``
``STYLESHEET``    dict: ``text`` of the page's ``<style>``, ``sha256`` as a policy writes it (``sha256-…``)

and on each page or article:

``front_matter``  dict: the front matter as the author wrote it, parsed
``heading``       the title as plain text, or "" where the author gave none: ``title`` is then the site's name
``key_lines``     dict: front-matter key → its line in the file, from 1
``markdown``      the source that the public may read: after Liquid, without comments; "" where there is none
``printed_links``  list: the address behind each link of the text, for paper
``profile``       the author's ``Profile``, or None where the page shows no sidebar
``head``          what the page's head says beside its title: description, OpenGraph, JSON-LD, alternates
"""
