"""What editors and systems leave is ignored; what an author may mean is not."""

import pytest

from plugins.ignored import is_ignored

LEFT = """
.#about.md  #about.md#  about.md~  .about.md.swp  .about.md.swo  .about.md.swn  4913  flycheck_about.md
about.md___jb_tmp___  about.md___jb_old___  ~$doc.docx  ~WRL0001.tmp  .~lock.cv.odt#  .goutputstream-AB12CD
.DS_Store  ._about.md  .localized  Thumbs.db  thumbs.db  desktop.ini  Desktop.ini  .directory  .nfs0001  .gitkeep
.gitignore  .git/config  .idea/x.iml  .vscode/settings.json  .Spotlight-V100/Store  .Trashes/501/a.md  .fseventsd/no_log
.Trash-1000/files/a.md  $RECYCLE.BIN/S-1/a.md  __MACOSX/cv.pdf  .ipynb_checkpoints/a.ipynb  .obsidian/app.json
""".split()
MEANT = """
about.md  .htaccess  .nojekyll  .well-known/security.txt  .env  _redirects  _drafts/a.md  4913.pdf  4913/notes.pdf
film.swf  data.bak  C#.md  #tags.md  a~b.md  temp.tmp  git.md  gitkeep  swap.swp.pdf  .bashrc
""".split()


@pytest.mark.parametrize("folder", ["", "content/pages/", "content/files/a b/"])
@pytest.mark.parametrize("name", LEFT)
def test_it_is_ignored_in_any_folder(name: str, folder: str) -> None:
    assert is_ignored(folder + name)


@pytest.mark.parametrize("name", MEANT)
def test_an_authors_file_is_not(name: str) -> None:
    assert not is_ignored(f"content/files/{name}")
