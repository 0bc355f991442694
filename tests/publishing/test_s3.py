"""A store that speaks S3: moto's server on this machine."""

import mimetypes
from pathlib import Path
from typing import Any

import pytest

from plugins.caching import IMMUTABLE, REVALIDATE
from plugins.publishing.destination import PublishError
from plugins.publishing.s3 import S3, put_of

STUB = '<!doctype html><meta http-equiv="refresh" content="0; url=https://ann.example/new/?a=1&amp;b=2">'


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for name, text in {
        "index.html": "<p>Home",
        "old/index.html": STUB,
        "images/me.0123456789abcdef.avif": "x",
        "files/cv.pdf": "%PDF",
        "files/report-20240131.pdf": "%PDF",
        "images/portrait-0123456789-2x.webp": "x",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def site(store: Any, prefix: str = "") -> dict[str, bytes]:
    """Return the site's objects: those that are not our own bookkeeping."""
    found = store.list_objects_v2(Bucket="web").get("Contents", [])
    keys = [item["Key"] for item in found if ".frontispiece/" not in item["Key"]]
    return {key: store.get_object(Bucket="web", Key=key)["Body"].read() for key in keys}


def test_types_cache_and_redirects(store: Any, endpoint: str, output: Path) -> None:
    """Each object has its type, its cache rule, and a stub is its own redirect."""
    S3(output, "web", "", endpoint, "").send()
    heads = {key: store.head_object(Bucket="web", Key=key) for key in site(store)}
    assert heads["index.html"]["ContentType"] == "text/html; charset=utf-8"
    assert heads["index.html"]["CacheControl"] == REVALIDATE
    assert heads["images/me.0123456789abcdef.avif"]["CacheControl"] == IMMUTABLE
    assert heads["images/me.0123456789abcdef.avif"]["ContentType"] == "image/avif"
    assert heads["images/portrait-0123456789-2x.webp"]["CacheControl"] == IMMUTABLE
    assert heads["files/report-20240131.pdf"]["CacheControl"] == REVALIDATE
    assert heads["files/cv.pdf"]["ContentType"] == "application/pdf"
    assert heads["old/index.html"]["WebsiteRedirectLocation"] == "https://ann.example/new/?a=1&b=2"
    assert "WebsiteRedirectLocation" not in heads["index.html"]


def test_the_list_of_redirects_is_followed_and_not_published(store: Any, endpoint: str, output: Path) -> None:
    """An address of s3-redirects.json that has no file becomes an object that only redirects."""
    (output / "s3-redirects.json").write_text('[{"Key": "old", "WebsiteRedirectLocation": "/new/"}]')
    S3(output, "web", "", endpoint, "").send()
    assert store.head_object(Bucket="web", Key="old")["WebsiteRedirectLocation"] == "/new/"
    assert "s3-redirects.json" not in site(store)


def test_a_repetition_uploads_nothing(store: Any, endpoint: str, output: Path) -> None:
    """Only what changed is sent: after a publication nothing is."""
    S3(output, "web", "", endpoint, "").send()
    times = {item["Key"]: item["LastModified"] for item in store.list_objects_v2(Bucket="web")["Contents"]}
    again = S3(output, "web", "", endpoint, "")
    assert not again.compare()
    (output / "index.html").write_text("<p>New")
    changes = again.compare()
    assert [path for path, _ in changes.changed] == ["index.html"]
    assert not changes.added + changes.deleted
    assert again.send() == "sent 1 objects to web"
    assert "holds exactly this site" in again.verify()
    assert times["files/cv.pdf"] == store.head_object(Bucket="web", Key="files/cv.pdf")["LastModified"]


def test_deletions_and_other_peoples_objects(store: Any, endpoint: str, output: Path) -> None:
    """What left the site is deleted; what somebody else put into the bucket is not."""
    store.put_object(Bucket="web", Key="theirs.txt", Body=b"x")
    S3(output, "web", "", endpoint, "").send()
    (output / "files/cv.pdf").unlink()
    S3(output, "web", "", endpoint, "").send()
    assert "files/cv.pdf" not in site(store)
    assert site(store)["theirs.txt"] == b"x"


def test_a_prefix(store: Any, endpoint: str, output: Path) -> None:
    """Two sites live in one bucket, each below its prefix."""
    S3(output, "web", "/ann/", endpoint, "").send()
    assert set(site(store)) == {f"ann/{file.relative_to(output).as_posix()}" for file in output.rglob("*.*")}
    assert S3(output, "web", "bo", endpoint, "").compare().added


def test_somebody_changed_an_object(store: Any, endpoint: str, output: Path) -> None:
    """An object that is not what we put there any more counts as changed, and is replaced."""
    S3(output, "web", "", endpoint, "").send()
    store.put_object(Bucket="web", Key="index.html", Body=b"defaced")
    again = S3(output, "web", "", endpoint, "")
    with pytest.raises(PublishError, match="differs from what was sent"):
        again.verify()
    again.send()
    assert site(store)["index.html"] == b"<p>Home"


def test_killed_half_way_and_repeated(store: Any, endpoint: str, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off after any number of objects, the home page is sent last, and publishing again completes it."""
    S3(output, "web", "", endpoint, "").send()
    before = site(store)
    (output / "index.html").write_text("<p>New")
    (output / "files/cv.pdf").write_text("%PDF new")
    (output / "files/b.pdf").write_text("%PDF b")
    for sent in range(4):
        target = S3(output, "web", "", endpoint, "")
        put, calls = target.bucket.put, iter(range(100))

        def broken(key: str, what: Any, put: Any = put, calls: Any = calls, sent: int = sent) -> str:
            if next(calls) == sent:
                raise KeyboardInterrupt
            return str(put(key, what))

        monkeypatch.setattr(target.bucket, "put", broken)
        with pytest.raises(KeyboardInterrupt):
            target.send()
        if sent < 3:
            assert site(store)["index.html"] == b"<p>Home"
    S3(output, "web", "", endpoint, "").send()
    assert site(store)["index.html"] == b"<p>New"
    assert site(store)["files/b.pdf"] == b"%PDF b"
    S3(output, "web", "", endpoint, "").roll_back()
    assert site(store) == before


def test_rolling_back(store: Any, endpoint: str, output: Path) -> None:
    """What was replaced and deleted comes back with its headers, what was added goes; once."""
    first = S3(output, "web", "", endpoint, "")
    first.send()
    before = site(store)
    (output / "old/index.html").write_text("<p>A page now")
    (output / "files/cv.pdf").unlink()
    (output / "new.txt").write_text("x")
    S3(output, "web", "", endpoint, "").send()
    S3(output, "web", "", endpoint, "").roll_back()
    assert site(store) == before
    assert store.head_object(Bucket="web", Key="old/index.html")["WebsiteRedirectLocation"].startswith("https://")
    with pytest.raises(PublishError, match="there is no previous deployment"):
        S3(output, "web", "", endpoint, "").roll_back()


def test_what_somebody_else_changed_stays_in_a_roll_back(store: Any, endpoint: str, output: Path) -> None:
    """Our object is lost; nothing is deleted for that, and the rest is restored."""
    S3(output, "web", "", endpoint, "").send()
    store.put_object(Bucket="web", Key="index.html", Body=b"defaced")
    (output / "index.html").write_text("<p>Two")
    (output / "files/cv.pdf").write_text("%PDF two")
    S3(output, "web", "", endpoint, "").send()
    S3(output, "web", "", endpoint, "").roll_back()
    assert site(store)["index.html"] == b"<p>Two"
    assert site(store)["files/cv.pdf"] == b"%PDF"


def test_only_what_the_last_deployment_replaced_is_kept(store: Any, endpoint: str, output: Path) -> None:
    """The copies for a roll-back do not pile up."""
    for name in ("files/cv.pdf", "index.html", "index.html"):
        S3(output, "web", "", endpoint, "").send()
        (output / name).write_text(f"{(output / name).read_text()}, changed")
    S3(output, "web", "", endpoint, "").send()
    keys = [item["Key"] for item in store.list_objects_v2(Bucket="web", Prefix=".frontispiece/before/")["Contents"]]
    assert keys == [".frontispiece/before/index.html"]


def test_rolling_back_restores_pages_last(
    store: Any, endpoint: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As publishing does: no page refers to a file that is not there yet."""
    (output / "style.css").write_text("a{}")
    S3(output, "web", "", endpoint, "").send()
    for name in ("index.html", "style.css"):
        (output / name).write_text("new")
    S3(output, "web", "", endpoint, "").send()
    target = S3(output, "web", "", endpoint, "")
    copy, copied = target.bucket.copy, []

    def recorded(source: str, to: str) -> str:
        copied.append(to)
        return copy(source, to)

    monkeypatch.setattr(target.bucket, "copy", recorded)
    target.roll_back()
    assert copied == ["style.css", "index.html"]


def test_no_such_bucket_and_no_network(store: Any, endpoint: str, output: Path) -> None:
    """What the store refuses, and a store that is not there, is one line."""
    with pytest.raises(PublishError, match=r"^none: .*bucket does not exist"):
        S3(output, "none", "", endpoint, "").compare()
    with pytest.raises(PublishError, match=r"^web: Could not connect"):
        S3(output, "web", "", "http://127.0.0.1:9", "").compare()


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("cv/index.md", "text/markdown; charset=utf-8"),
        ("author.vcf", "text/vcard; charset=utf-8"),
        ("site.js", "text/javascript; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("me.AVIF", "image/avif"),
        ("data.unknown", "application/octet-stream"),
    ],
)
def test_a_type_does_not_depend_on_the_machine(key: str, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many have no table of types, and some an odd one: a browser would offer the page to be saved."""
    odd = None if key == "data.unknown" else "application/x-odd"
    monkeypatch.setattr(mimetypes, "guess_type", lambda path: (odd, None))
    assert put_of(key, b"").content_type == kind
