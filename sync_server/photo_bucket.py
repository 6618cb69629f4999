"""Photos in a bucket that speaks S3: Amazon's, or that of another house (`endpoint=`)."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from asset_model.photos import is_hash
from sync_server.photo_store import READ_BYTES

_MISSING = ("404", "NoSuchKey", "NotFound")


class BucketStore:
    """One object for each file, under a prefix. Keys come from where boto3 looks for them."""

    def __init__(self, client: Any, bucket: str, prefix: str) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    def put(self, sha256: str, file: Path) -> None:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").digest()
            stream.seek(0)
            self._client.put_object(
                Bucket=self._bucket,
                Key=self._key(sha256),
                Body=stream,
                ChecksumSHA256=base64.b64encode(digest).decode(),
            )
        file.unlink()

    def size(self, sha256: str) -> int | None:
        from botocore.exceptions import ClientError

        try:
            told = self._client.head_object(Bucket=self._bucket, Key=self._key(sha256))
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                return None
            raise
        return int(told["ContentLength"])

    def read(self, sha256: str, start: int, stop: int) -> Iterator[bytes]:
        from botocore.exceptions import ClientError

        try:
            told = self._client.get_object(
                Bucket=self._bucket, Key=self._key(sha256), Range=f"bytes={start}-{stop - 1}"
            )
        except ClientError as error:
            if error.response["Error"]["Code"] in _MISSING:
                raise FileNotFoundError(sha256) from None
            raise
        pieces: Iterator[bytes] = told["Body"].iter_chunks(READ_BYTES)
        return pieces

    def remove(self, sha256: str) -> None:
        self._client.delete_object(Bucket=self._bucket, Key=self._key(sha256))

    def names(self) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=self._bucket, Prefix=self._prefix):
            for told in page.get("Contents", ()):
                name = told["Key"].rpartition("/")[2]
                if is_hash(name):
                    yield name

    def _key(self, sha256: str) -> str:
        if not is_hash(sha256):
            raise ValueError(f"not the name of a photo's file: {sha256!r}")
        return f"{self._prefix}{sha256[:2]}/{sha256}"


def open_bucket(url: str) -> BucketStore:
    """The store that ``s3://bucket/prefix?endpoint=https://…&region=…`` names.

    :raises ModuleNotFoundError: boto3 is not installed (the extra `s3`)
    """
    import boto3

    place = urlsplit(url)
    told = {name: values[0] for name, values in parse_qs(place.query).items()}
    client = boto3.client(
        "s3", endpoint_url=told.get("endpoint"), region_name=told.get("region", "ca-central-1")
    )
    return BucketStore(client, place.netloc, place.path)
