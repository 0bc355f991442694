"""A bucket of any store that speaks S3. Edge: talks to it through boto3, the extra ``s3``.

A store cannot change all at once, so the order keeps the site usable: styles, pictures and papers first, then pages,
the home page last of them, then deletions, then the manifest (``.frontispiece/manifest.json``): which objects are ours,
what is in them and what was there before. Killed half-way, publishing again mends it. Objects that no manifest names
are never touched. What is replaced or deleted is copied below ``.frontispiece/before/`` for ``--rollback``.

A stub is its own redirect: ``x-amz-website-redirect-location``, which the website endpoint answers with a 301
(https://docs.aws.amazon.com/AmazonS3/latest/userguide/how-to-page-redirect.html).
"""

import hashlib
import json
import mimetypes
import re
from pathlib import Path
from typing import Any, NamedTuple

from ..markup import refresh_target
from .difference import Difference, File, difference, in_order
from .errors import PublishError

OURS = ".frontispiece/"
MANIFEST = f"{OURS}manifest.json"
BEFORE = f"{OURS}before/"

REVALIDATE = "public, max-age=0, must-revalidate"
IMMUTABLE = "public, max-age=31536000, immutable"
_HASHED_NAME = re.compile(r"[.-][0-9a-f]{8,}\.\w+$")


class Put(NamedTuple):
    """One object as it shall be: its bytes and the headers that the store sends with them."""

    body: bytes
    content_type: str
    cache_control: str
    redirect: str

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all that a visitor gets."""
        return hashlib.sha256(b"\0".join([self.body, *(part.encode() for part in self[1:])])).hexdigest()


class S3:
    """The objects below ``prefix`` in ``bucket``; ``endpoint`` and ``region`` as boto3 takes them, "" for its own."""

    def __init__(self, output: Path, bucket: str, prefix: str, endpoint: str, region: str) -> None:
        """Know the places; credentials are found where boto3 looks for them."""
        try:
            import boto3
            from botocore.exceptions import BotoCoreError, ClientError
        except ModuleNotFoundError:
            raise PublishError("boto3 is not installed; .venv/bin/pip install -e '.[s3]'") from None
        self.failures: tuple[type[Exception], ...] = (BotoCoreError, ClientError)
        self.client: Any = boto3.client("s3", endpoint_url=endpoint or None, region_name=region or None)
        self.bucket = bucket
        self.prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""
        self.output = output
        self.puts: dict[str, Put] = {}
        self.etags: dict[str, str] = {}  # what lies there: key → the store's own digest
        self.manifest: dict[str, dict[str, Any]] = {}  # what we put there: key → digest, size, etag

    def compare(self) -> Difference:
        """Compare the objects that are ours with the output; one that somebody else has changed counts as changed."""
        self.ask()
        self.puts = puts(self.output)
        live = {
            key: File(entry["digest"] if self.etags[key] == entry["etag"] else "", entry["size"])
            for key, entry in self.manifest.items()
            if key in self.etags
        }
        return difference(live, {key: File(put.digest, len(put.body)) for key, put in self.puts.items()})

    def send(self) -> str:
        """Send what differs, in order, and the manifest last."""
        changes = self.compare()
        try:
            self.keep([key for key, _ in changes.changed + changes.deleted])
            manifest = {key: self.manifest[key] for key in self.puts.keys() & self.manifest.keys()}
            for key in in_order([key for key, _ in changes.added + changes.changed]):
                put = self.puts[key]
                manifest[key] = {"digest": put.digest, "size": len(put.body), "etag": self.put(key, put)}
            for key, _ in changes.deleted:
                self.client.delete_object(Bucket=self.bucket, Key=self.prefix + key)
            self.remember(manifest, before=self.manifest)
        except self.failures as error:
            raise PublishError(
                f"{self.bucket}: {error}; the site may be part old and part new, publish again"
            ) from None
        return f"sent {len(changes.added) + len(changes.changed)} objects to {self.bucket}"

    def look(self) -> str:
        """Ask the store for the digest of every object."""
        if left := self.compare():
            raise PublishError(f"{self.bucket} differs from what was sent; publish again:\n{left}")
        return f"{self.bucket} holds exactly this site"

    def roll_back(self) -> str:
        """Copy back what the last publication replaced or deleted, and delete what it added."""
        self.ask()
        before = self.told().get("before")
        if not before:
            raise PublishError("nothing was published before; the site stays as it is")
        changed = [key for key, entry in before.items() if self.manifest.get(key, {}).get("digest") != entry["digest"]]
        try:
            manifest = dict(before)
            for key in in_order(changed):
                copied = self.copy(f"{BEFORE}{key}", key)
                manifest[key] = {**before[key], "etag": copied}
            for key in self.manifest.keys() - before.keys():
                self.client.delete_object(Bucket=self.bucket, Key=self.prefix + key)
            self.remember(manifest, before={})
        except self.failures as error:
            raise PublishError(
                f"{self.bucket}: {error}; the site may be part old and part new, roll back again"
            ) from None
        return f"{self.bucket} holds again what was published before"

    def ask(self) -> None:
        """Learn what lies there, and what of it is ours."""
        try:
            pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=self.prefix)
            objects = [found for page in pages for found in page.get("Contents", [])]
            self.etags = {found["Key"].removeprefix(self.prefix): found["ETag"] for found in objects}
            self.manifest = self.told().get("files", {})
        except self.failures as error:
            raise PublishError(f"{self.bucket}: {error}") from None

    def told(self) -> dict[str, Any]:
        """Return the manifest's document, an empty one before the first publication."""
        if MANIFEST not in self.etags:
            return {}
        found = self.client.get_object(Bucket=self.bucket, Key=self.prefix + MANIFEST)
        document: dict[str, Any] = json.loads(found["Body"].read())
        return document

    def remember(self, files: dict[str, Any], *, before: dict[str, Any]) -> None:
        """Write the manifest."""
        text = json.dumps({"files": files, "before": before}, sort_keys=True)
        self.put(MANIFEST, Put(text.encode(), "application/json", "no-store", ""))

    def keep(self, keys: list[str]) -> None:
        """Copy objects aside, if they are still what we put there: after a killed publication some are not."""
        for key in [key for key in self.etags if key.startswith(BEFORE)]:
            if key.removeprefix(BEFORE) not in keys:
                self.client.delete_object(Bucket=self.bucket, Key=self.prefix + key)
        for key in keys:
            if self.etags[key] == self.manifest[key]["etag"]:
                self.copy(key, f"{BEFORE}{key}")

    def copy(self, source: str, target: str) -> str:
        """Copy an object with its headers inside the store, and return the copy's ETag."""
        where = {"Bucket": self.bucket, "Key": self.prefix + source}
        about = self.client.head_object(**where)
        headers = {name: about[name] for name in ("ContentType", "CacheControl") if name in about}
        if about.get("WebsiteRedirectLocation"):  # a copy does not inherit it
            headers["WebsiteRedirectLocation"] = about["WebsiteRedirectLocation"]
        copied = self.client.copy_object(
            Bucket=self.bucket, Key=self.prefix + target, CopySource=where, MetadataDirective="REPLACE", **headers
        )
        return str(copied["CopyObjectResult"]["ETag"])

    def put(self, key: str, put: Put) -> str:
        """Send one object and return its ETag."""
        headers = {"ContentType": put.content_type, "CacheControl": put.cache_control}
        if put.redirect:
            headers["WebsiteRedirectLocation"] = put.redirect
        sent = self.client.put_object(Bucket=self.bucket, Key=self.prefix + key, Body=put.body, **headers)
        return str(sent["ETag"])


def puts(output: Path) -> dict[str, Put]:
    """Return the objects of a site by key: its files, and the redirects of ``s3-redirects.json`` that have no file."""
    objects: dict[str, Put] = {}
    for file in sorted(path for path in output.rglob("*") if path.is_file()):
        key = file.relative_to(output).as_posix()
        objects[key] = put_of(key, file.read_bytes())
    listed = objects.pop("s3-redirects.json", None)
    for entry in json.loads(listed.body) if listed else ():
        key, target = entry["Key"], entry["WebsiteRedirectLocation"]
        objects[key] = objects.get(key, Put(b"", "text/html; charset=utf-8", REVALIDATE, ""))._replace(redirect=target)
    return objects


def put_of(key: str, body: bytes) -> Put:
    """Return the object that a file becomes: its type by its name, for ever if its name holds a hash."""
    kind = mimetypes.guess_type(key)[0] or "application/octet-stream"
    redirect = refresh_target(body.decode("utf-8", "replace")) if kind == "text/html" else ""
    if kind.startswith("text/") or kind in ("application/json", "application/xml", "image/svg+xml"):
        kind += "; charset=utf-8"
    return Put(body, kind, IMMUTABLE if _HASHED_NAME.search(key) else REVALIDATE, redirect)
