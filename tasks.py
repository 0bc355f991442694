"""What one does with the site: `invoke --list`."""

from invoke import task


@task
def build(c, production=False):
    """Build the site into output/."""
    from pelican import Pelican
    from pelican.settings import read_settings

    Pelican(read_settings("publishconf.py" if production else "pelicanconf.py")).run()
