"""`invoke serve`: the site on this machine, rebuilt at every save (called by tasks.py; no Pelican plugin).

    a file is saved → rebuild.py builds in this process → app.py notifies every open page → live.js updates it

==============  ================================================================================================
``paths.py``    the path of a request → the file below ``output/`` that a good static host would answer with
``app.py``      the responses: files, 404, ranges; the live script is added to pages as they are sent, never on disk
``rebuild.py``  watches content, theme, plugins and settings; rebuilds, or restarts where that is not enough
``live.js``     the browser's half: updates what changed, keeps the rest; shows problems over the page
``server.py``   finds a port, runs the above until Ctrl-C
==============  ================================================================================================
"""
