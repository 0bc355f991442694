"""What publishing would change, and how that is shown."""

from plugins.publishing.destination import Difference, File, difference, upload_order


def test_files_are_compared_by_digest() -> None:
    """A file with another digest has changed, whatever its size; the sizes are the new file's, or the deleted one's."""
    live = {"same": File("1", 5), "changed": File("1", 5), "gone": File("1", 7)}
    new = {"same": File("1", 5), "changed": File("2", 5), "new": File("3", 9)}
    found = difference(live, new)
    assert found == Difference(added=(("new", 9),), changed=(("changed", 5),), deleted=(("gone", 7),))
    assert found
    assert not difference(live, live)


def test_a_long_list_is_cut_and_counted() -> None:
    """At most forty files of each kind are listed; the last line counts all of them, and the bytes to send."""
    many = Difference(added=tuple((f"a{number:02}", 1000) for number in range(42)), deleted=(("b", 5),))
    lines = str(many).splitlines()
    assert lines[0] == "  + a00 (1,000 bytes)"
    assert lines[39:] == [
        "  + a39 (1,000 bytes)",
        "  + and 2 more",
        "  - b (5 bytes)",
        "  42 added, 0 changed, 1 deleted; 42,000 bytes to send",
    ]


def test_pages_are_uploaded_after_what_they_refer_to() -> None:
    """The home page is the very last."""
    paths = ["index.html", "a/index.html", "sitemap.xml", "style.css", "files/cv.pdf"]
    assert upload_order(paths) == ["files/cv.pdf", "style.css", "a/index.html", "sitemap.xml", "index.html"]
