"""A bucket of any store that speaks S3. Edge: talks to it through boto3, the extra ``s3``.

A store cannot change in one step, so the order keeps the site usable: style sheets, images and papers first, then
pages, the home page last, then deletions. The manifest (``.frontispiece/manifest.json``) says which objects are ours,
their digests, and those of the previous deployment; it names what is sent before that begins. Objects that are not in
it are never touched. What is replaced or deleted is copied below ``.frontispiece/before/`` for ``--rollback``. If
publishing is killed, publishing again completes it, and rolling back undoes it.

A stub is its own redirect: ``x-amz-website-redirect-location``, which the website endpoint answers with a 301
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, NotRequired, TypedDict

from ..caching import REVALIDATE, cache_control
from ..markup import refresh_target
from ..media_types import media_type
from .destination import Destination, Difference, File, PublishError, difference, upload_order
from .keeping import site_files

OURS = ".frontispiece/"
MANIFEST = f"{OURS}manifest.json"
BEFORE = f"{OURS}before/"


class Put(NamedTuple):
    """One object to be uploaded: its bytes and the headers that the store sends with them."""

    body: bytes
    content_type: str
    cache_control: str
    redirect: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of everything that a visitor receives."""
        return hashlib.sha256(b"\0".join([self.body, *(part.encode() for part in self[1:])])).hexdigest()


class Entry(TypedDict):
    """One object in the manifest: the ``digest`` of its `Put`, its size in bytes, its ETag ("": not known yet)."""

    digest: str
    size: int
    etag: str


class Manifest(TypedDict):
    """What we uploaded, by key without the prefix: the live ``files``, and those of the deployment ``before``.

    ``sending``: a publication has begun, and ``files`` are those of both sites.
    """

    files: dict[str, Entry]
    before: dict[str, Entry]
    sending: NotRequired[bool]


class Bucket:
    """The objects below ``prefix`` in a bucket, through boto3; every key is without the prefix."""

    def __init__(self, name: str, prefix: str, endpoint: str, region: str) -> None:
        """Find the credentials where boto3 looks for them; connect to nothing yet."""
        try:
            import boto3
            from botocore.exceptions import BotoCoreError, ClientError
        except ModuleNotFoundError:
            raise PublishError("boto3 is not installed; .venv/bin/pip install -e '.[s3]'") from None
        self.errors: tuple[type[Exception], ...] = (BotoCoreError, ClientError)
        self.client = boto3.client("s3", endpoint_url=endpoint or None, region_name=region or None)
        self.name = name
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    @contextmanager
    def errors_reported(self, advice: str = "") -> Iterator[None]:
        """Turn an error of the store into a ``PublishError``."""
        try:
            yield
        except self.errors as error:
            raise PublishError(f"{self.name}: {error}{advice}") from None

    def etags(self) -> dict[str, str]:
        """Return the ETag of each object by its key."""
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix)
        return {
            found["Key"].removeprefix(self.prefix): found["ETag"]
            for page in pages
            for found in page.get("Contents", [])
        }

    def read(self, key: str) -> bytes:
        """Return the bytes of an object."""
        return bytes(self.client.get_object(**self._object(key))["Body"].read())

    def put(self, key: str, put: Put) -> str:
        """Upload one object and return its ETag."""
        headers = {"ContentType": put.content_type, "CacheControl": put.cache_control}
        if put.redirect:
            headers["WebsiteRedirectLocation"] = put.redirect
        return str(self.client.put_object(**self._object(key), Body=put.body, **headers)["ETag"])

    def copy(self, source: str, target: str) -> str:
        """Copy an object with its headers inside the store, and return the copy's ETag."""
        head = self.client.head_object(**self._object(source))
        # A copy does not inherit the redirect.
        names = ("ContentType", "CacheControl", "WebsiteRedirectLocation")
        headers = {name: head[name] for name in names if head.get(name)}
        copied = self.client.copy_object(
            **self._object(target), CopySource=self._object(source), MetadataDirective="REPLACE", **headers
        )
        return str(copied["CopyObjectResult"]["ETag"])

    def delete(self, key: str) -> None:
        """Delete an object."""
        self.client.delete_object(**self._object(key))

    def _object(self, key: str) -> dict[str, str]:
        return {"Bucket": self.name, "Key": self.prefix + key}


class S3(Destination):
    """The site below ``prefix`` in ``bucket``; ``endpoint`` and ``region`` as boto3 takes them, "" for its defaults."""

    def __init__(self, output: Path, bucket: str, prefix: str, endpoint: str, region: str) -> None:
        self.place = bucket
        self.bucket = Bucket(bucket, prefix, endpoint, region)
        self.output = output
        self.puts: dict[str, Put] = {}
        self.etags: dict[str, str] = {}  # what is live
        self.manifest = Manifest(files={}, before={})  # what we uploaded

    def compare(self) -> Difference:
        """Compare our objects with the output; one that somebody else has changed counts as changed."""
        self.fetch()
        self.puts = puts(self.output)
        live = {
            key: File(entry["digest"] if self.etags[key] == entry["etag"] else "", entry["size"])
            for key, entry in self.manifest["files"].items()
            if key in self.etags
        }
        return difference(live, {key: File(put.digest, len(put.body)) for key, put in self.puts.items()})

    def send(self) -> str:
        """Upload what differs, in order, between two manifests."""
        changes = self.compare()
        ours = self.manifest["files"]
        sent = {
            key: Entry(digest=self.puts[key].digest, size=size, etag="")
            for key, size in changes.added + changes.changed
        }
        with self.bucket.errors_reported("; the site may be part old and part new, publish again"):
            before, copies = self.keep(sent)
            self.write_manifest(Manifest(files={**ours, **sent}, before=before, sending=True))
            for key in upload_order(sent):
                sent[key]["etag"] = self.bucket.put(key, self.puts[key])
            for key in reversed(upload_order(key for key, _ in changes.deleted)):
                self.bucket.delete(key)
            files = {key: entry for key, entry in {**ours, **sent}.items() if key in self.puts}
            self.write_manifest(Manifest(files=files, before=before))
            for key in self.etags:
                if key.startswith(BEFORE) and key not in copies:
                    self.bucket.delete(key)
        return f"sent {len(changes.added) + len(changes.changed)} objects to {self.place}"

    def compare_previous(self) -> Difference:
        """Compare our objects with those of the previous deployment."""
        self.fetch()
        ours, before = self.manifest["files"], self.manifest["before"]
        if not before:
            raise PublishError(self.no_previous)
        live, previous = (
            {key: File(entry["digest"], entry["size"]) for key, entry in entries.items()} for entries in (ours, before)
        )
        return difference(live, previous)

    def roll_back(self) -> str:
        """Copy back what the last deployment replaced or deleted, and delete what it added."""
        self.compare_previous()
        ours, before = self.manifest["files"], self.manifest["before"]
        changed = [
            key
            for key, entry in before.items()
            if f"{BEFORE}{key}" in self.etags
            and (self.etags.get(key) != entry["etag"] or key not in ours or ours[key]["digest"] != entry["digest"])
        ]
        with self.bucket.errors_reported("; the site may be part old and part new, roll back again"):
            files = dict(before)
            for key in upload_order(changed):
                files[key] = {**before[key], "etag": self.bucket.copy(f"{BEFORE}{key}", key)}
            for key in reversed(upload_order(ours.keys() - before.keys())):
                self.bucket.delete(key)
            self.write_manifest(Manifest(files=files, before={}))
        return f"{self.place} holds the previous deployment again"

    def fetch(self) -> None:
        """Fetch what is live, and which of it is ours."""
        with self.bucket.errors_reported():
            self.etags = self.bucket.etags()
            if MANIFEST in self.etags:
                self.manifest = json.loads(self.bucket.read(MANIFEST))

    def write_manifest(self, manifest: Manifest) -> None:
        """Upload the manifest."""
        text = json.dumps(manifest, sort_keys=True)
        self.bucket.put(MANIFEST, Put(text.encode(), "application/json", "no-store", ""))

    def keep(self, sent: Mapping[str, Entry]) -> tuple[dict[str, Entry], set[str]]:
        """Copy what a roll-back will need; return the entries of the site that it restores, and the keys of the copies.

        That site is the live one, or the one before it while what is live is a publication that was killed.
        """
        ours, restored, copies = self.manifest["files"], self.manifest["files"], set()
        if self.manifest.get("sending"):
            restored, copies = self.manifest["before"], {key for key in self.etags if key.startswith(BEFORE)}
        elif self.manifest["before"]:  # the copies are about to be others
            self.write_manifest(Manifest(files=ours, before={}))
        needed = {key for key, e in restored.items() if key not in self.puts or self.puts[key].digest != e["digest"]}
        for key in needed:
            if self.etags.get(key) == restored[key]["etag"]:
                self.bucket.copy(key, f"{BEFORE}{key}")
                copies.add(f"{BEFORE}{key}")
        copies &= {f"{BEFORE}{key}" for key in needed}
        # What somebody else has changed cannot be restored: there it stays what is sent now.
        lost = {key for key in needed if f"{BEFORE}{key}" not in copies}
        before = {key: entry for key, entry in restored.items() if key not in lost}
        return {**before, **{key: sent[key] for key in lost & sent.keys()}}, copies


def puts(output: Path) -> dict[str, Put]:
    """Return the objects of a site by key: its files, and the redirects of ``s3-redirects.json``."""
    objects: dict[str, Put] = {}
    for key in site_files(output):
        objects[key] = put_of(key, (output / key).read_bytes())
    listed = objects.pop("s3-redirects.json", None)
    for entry in json.loads(listed.body) if listed else ():
        key, target = entry["Key"], entry["WebsiteRedirectLocation"]
        objects[key] = objects.get(key, Put(b"", "text/html; charset=utf-8", REVALIDATE, ""))._replace(redirect=target)
    return objects


def put_of(key: str, body: bytes) -> Put:
    """Return the object that a file becomes: its type by its name, immutable if its name contains a hash."""
    kind = media_type(key)
    redirect = refresh_target(body.decode("utf-8", "replace")) if kind.startswith("text/html") else ""
    return Put(body, kind, cache_control(key), redirect)
