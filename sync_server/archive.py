"""The archive of a server: one zip with its tables as lines of JSON, its photos, and a manifest.

Values are in their wire form, so that an archive of SQLite fills PostgreSQL, and the reverse. The
manifest is written last and holds the hash of every other part: what it does not vouch for is not
an archive.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from asset_model.findings import Finding, sentence
from sync_server.archive_words import WORDS

FORMAT = 1
"""1: tables as JSON lines, photos by their hash. Since 0.1.0."""

MANIFEST = "manifest.json"
PIECE_BYTES = 256 * 1024
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError)


class BadArchive(Exception):
    """The file is not a whole archive that this version can read; `told` says why."""

    def __init__(self, code: str, **details: Any) -> None:
        self.finding = Finding(code, details)
        super().__init__(self.told("en"))

    def told(self, language: str) -> str:
        return sentence(self.finding, WORDS, language)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What an archive holds. `revisions` are those of its tables, `rows` the count of each."""

    format: int
    made_at: str
    epoch: str
    position: int
    revisions: tuple[str, ...]
    rows: dict[str, int] = field(default_factory=dict)
    photos: tuple[str, ...] = ()
    sha256: dict[str, str] = field(default_factory=dict)


def table_part(table: str) -> str:
    return f"tables/{table}.jsonl"


def photo_part(name: str) -> str:
    return f"photos/{name}"


class ArchiveWriter:
    """Parts first, the manifest at the end; until then the file is no archive."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._zip = zipfile.ZipFile(stream, "w")
        self.sha256: dict[str, str] = {}

    def add(self, name: str, pieces: Iterable[bytes], *, compress: bool = True) -> None:
        entry = zipfile.ZipInfo(name)
        entry.compress_type = zipfile.ZIP_DEFLATED if compress else zipfile.ZIP_STORED
        digest = hashlib.sha256()
        with self._zip.open(entry, "w", force_zip64=True) as part:
            for piece in pieces:
                digest.update(piece)
                part.write(piece)
        self.sha256[name] = digest.hexdigest()

    def close(self, manifest: Manifest) -> None:
        self.add(MANIFEST, [json.dumps(asdict(manifest), indent=1).encode()])
        self._zip.close()

    def abandon(self) -> None:
        """Let go of the stream, which is about to be thrown away and may be on a full disk."""
        try:
            self._zip.close()
        except (OSError, ValueError):
            pass


class Archive:
    """An archive that has been read to its end once, and found whole."""

    def __init__(self, stream: zipfile.ZipFile, manifest: Manifest) -> None:
        self._zip = stream
        self.manifest = manifest

    def columns(self, table: str) -> list[str]:
        with self._zip.open(table_part(table)) as part:
            return list(json.loads(part.readline()))

    def rows(self, table: str) -> Iterator[list[Any]]:
        with self._zip.open(table_part(table)) as part:
            part.readline()
            yield from map(json.loads, part)

    def photo(self, name: str) -> IO[bytes]:
        return self._zip.open(photo_part(name))

    def close(self) -> None:
        self._zip.close()


def open_archive(file: Path) -> Archive:
    """The archive, every part of it checked against its hash.

    :raises BadArchive: it is cut short, changed, of a newer version, or no archive at all
    """
    try:
        stream = zipfile.ZipFile(file)
    except OSError as error:
        raise BadArchive("unreadable", file=file, why=error.strerror) from None
    except zipfile.BadZipFile:
        raise BadArchive("none", file=file) from None
    try:
        manifest = _manifest(stream)
        _check_parts(stream, manifest)
    except (*UNREADABLE, OSError, ValueError, TypeError, KeyError) as error:
        stream.close()
        raise BadArchive("damaged", file=file, why=error) from None
    except BadArchive:
        stream.close()
        raise
    return Archive(stream, manifest)


def _manifest(stream: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in stream.namelist():
        raise BadArchive("no_manifest")
    told = json.loads(stream.read(MANIFEST))
    if told.get("format") != FORMAT:
        raise BadArchive("format", format=told.get("format"), known=FORMAT)
    told["revisions"], told["photos"] = tuple(told["revisions"]), tuple(told["photos"])
    return Manifest(**told)


def _check_parts(stream: zipfile.ZipFile, manifest: Manifest) -> None:
    wanted = [*map(table_part, manifest.rows), *map(photo_part, manifest.photos)]
    if set(wanted) != set(manifest.sha256):
        raise BadArchive("list")
    if any(manifest.sha256[photo_part(name)] != name for name in manifest.photos):
        raise BadArchive("photo_name")
    for name in wanted:
        if name not in stream.namelist():
            raise BadArchive("part_missing", part=name)
        if _sha256(stream, name) != manifest.sha256[name]:
            raise BadArchive("part_other", part=name)


def _sha256(stream: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with stream.open(name) as part:
        while piece := part.read(PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()
