"""The packs of a data folder: which are offered, which patch leads from one to the next.

Each pack has a manifest, which is written last: what it names is whole.
"""

import json
import logging
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from asset_model.base import instant
from asset_model.base_map import LOOKS
from asset_model.errors import Refused
from asset_model.ids import NewId
from asset_model.map_patches import write_patch
from asset_model.sync.offer import is_plain_name
from asset_model.sync.pack_offer import PackList, PackOffer
from sync_server.scope import Scope
from sync_server.snapshot_file import hash_of

log = logging.getLogger(__name__)

PATCHES_KEPT = 12
WORTH = 2
"""A way of patches is offered while it is this many times shorter than the whole pack."""


@dataclass(frozen=True)
class PackFile:
    """A pack, or a patch to `contents` from those before, `since`; a whole one is since nothing."""

    contents: str
    since: str
    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """A pack, and the patches that lead to it, the oldest first."""

    key: str
    look: str
    title: str
    made_at: str
    whole: PackFile
    patches: tuple[PackFile, ...] = ()

    def offer(self, held: str) -> PackOffer:
        """The next file for who holds these contents."""
        file = next((patch for patch in self.patches if patch.since == held), self.whole)
        return PackOffer(
            key=self.key,
            look=self.look,
            title=self.title,
            made_at=self.made_at,
            whole_bytes=self.whole.bytes,
            **asdict(file if held != self.whole.contents else self.whole),
        )


class Packs:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def offers(self, scope: Scope, held: Mapping[str, str]) -> PackList:
        """What a device of this scope may hold; `held`: the contents it has, by key."""
        keys = tuple(key for bucket in scope.buckets for key in _keys(bucket))
        made = (self._read(key) for key in keys)
        return PackList(keys, tuple(pack.offer(held.get(pack.key, "")) for pack in made if pack))

    def file(self, name: str, scope: Scope) -> Path:
        """:raises Refused: ``pack_out_of_scope``, ``pack_gone``"""
        allowed = {key for bucket in scope.buckets for key in _keys(bucket)}
        if name.partition(".")[0] not in allowed:
            raise Refused("pack_out_of_scope")
        file = self._folder / name
        if is_plain_name(name) and file.suffix in (".mbtiles", ".patch") and file.is_file():
            return file
        raise Refused("pack_gone")

    @contextmanager
    def draft(self) -> Iterator[Path]:
        """A file to write a pack into; nothing of it stays that was not taken."""
        draft = self._folder / "draft.mbtiles"
        draft.unlink(missing_ok=True)  # A builder that was killed left it.
        try:
            yield draft
        finally:
            draft.unlink(missing_ok=True)

    def take(
        self, draft: Path, bucket: str, look: str, title: str, contents: str, *, now: datetime
    ) -> bool:
        """Make the draft the pack of its bucket; False where the pack shows the same already."""
        key = key_of(bucket, look)
        former = self._read(key)
        if former and former.whole.contents == contents:
            return False
        whole = self._keep(draft, f"{key}.{contents}.mbtiles", contents, "")
        patches = self._patched(former, whole, key) if former else ()
        self._write(Manifest(key, look, title, instant(now), whole, patches))
        self._clear(key, {whole.name, *(patch.name for patch in patches)})
        return True

    def note(self, epoch: str, position: int, style: str, buckets: Iterable[str]) -> None:
        """What the record was and how it was drawn; packs of buckets that are no more go."""
        kept = {key for bucket in buckets for key in _keys(bucket)}
        for file in self._folder.glob("*.json"):
            if file.stem != _SEEN and file.stem not in kept:
                file.unlink()
                self._clear(file.stem, set())
        self._replace(_SEEN, {"epoch": epoch, "position": position, "style": style})

    def seen(self) -> tuple[str, int, str]:
        """The history, the position and the style of the last build of all packs."""
        told = self._told(_SEEN)
        return str(told.get("epoch", "")), int(told.get("position", 0)), str(told.get("style", ""))

    def id(self, new_id: NewId) -> str:
        """The folder's own name, which it keeps: servers that share it share its packs."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = self._folder / "id"
        try:
            with file.open("x", encoding="ascii") as stream:
                stream.write(new_id()[:36])
        except FileExistsError:
            pass
        return file.read_text("ascii")

    def shown(self, bucket: str, look: str, title: str) -> str:
        """A pack's name for people who run the server."""
        return f"{title or bucket} ({look})"

    def _patched(self, former: Manifest, whole: PackFile, key: str) -> tuple[PackFile, ...]:
        """The former patches and the one from there to here, as far as they are worth it."""
        before = self._folder / former.whole.name
        if not before.is_file() or former.whole.contents == whole.contents:
            return former.patches
        draft = self._folder / "draft.patch"
        draft.unlink(missing_ok=True)
        write_patch(before, self._folder / whole.name, draft)
        since = former.whole.contents
        name = f"{key}.{since[:12]}-{whole.contents[:12]}.patch"
        patch = self._keep(draft, name, whole.contents, since)
        return _worth([*former.patches, patch], whole.bytes)

    def _keep(self, draft: Path, name: str, contents: str, since: str) -> PackFile:
        packed = hash_of(draft)
        draft.replace(self._folder / name)
        return PackFile(contents, since, name, packed.bytes, packed.sha256)

    def _read(self, key: str) -> Manifest | None:
        told = self._told(key)
        try:
            files = {name: told.pop(name) for name in ("whole", "patches")}
            patches = tuple(PackFile(**patch) for patch in files["patches"])
            made = Manifest(**told, whole=PackFile(**files["whole"]), patches=patches)
        except (KeyError, TypeError):
            return None  # None yet, or of another version of this program.
        return made if (self._folder / made.whole.name).is_file() else None

    def _write(self, made: Manifest) -> None:
        self._replace(made.key, asdict(made))

    def _told(self, stem: str) -> dict[str, Any]:
        try:
            told = json.loads((self._folder / f"{stem}.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return told if isinstance(told, dict) else {}

    def _replace(self, stem: str, told: object) -> None:
        draft = self._folder / "draft.json.new"
        draft.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
        draft.replace(self._folder / f"{stem}.json")

    def _clear(self, key: str, kept: set[str]) -> None:
        for file in self._folder.glob(f"{key}.*"):
            if file.name not in kept and file.suffix != ".json":
                try:
                    file.unlink()
                except OSError:
                    log.info("%s is being read; it goes next time", file.name)


_SEEN = "seen"


def key_of(bucket: str, look: str) -> str:
    """The name of a pack in files and addresses."""
    return f"{sha256(bucket.encode()).hexdigest()[:16]}-{look}"


def _keys(bucket: str) -> Iterator[str]:
    yield from (key_of(bucket, look) for look in LOOKS)


def _worth(patches: list[PackFile], whole_bytes: int) -> tuple[PackFile, ...]:
    """The newest patches whose sum is far from the whole pack."""
    left = whole_bytes // WORTH
    kept: list[PackFile] = []
    for patch in reversed(patches[-PATCHES_KEPT:]):
        left -= patch.bytes
        if left < 0:
            break
        kept.append(patch)
    return tuple(reversed(kept))
