"""`invoke serve`: the site on this machine, shown anew at every save (called by tasks.py; no Pelican plugin).

    a file is saved → rebuild.py builds in this process → app.py serves it, and tells every open page → live.js

==============  ================================================================================================
``paths.py``    the path of a request → the file below ``output/`` that a good static host would answer with
``app.py``      the answers: files, 404, ranges; the live script goes into pages as they are sent, never to disk
``rebuild.py``  watches content, theme, plugins and settings; builds, or restarts where Python has changed
``live.js``     the browser's half: changes what changed, keeps the rest; shows problems over the page
``server.py``   finds a port, runs the above until Ctrl-C
==============  ================================================================================================
"""
