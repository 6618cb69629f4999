"""A SQLite file and its log read page by page, without SQLite: for files it no longer opens.

The formats are SQLite's own (https://www.sqlite.org/fileformat2.html, sections 1.3, 1.6, 2.1, 4).
What is read here is a guess until someone has checked that it makes sense.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR = 13, 10, 2
HEADER_BYTES, WAL_HEADER_BYTES, FRAME_HEADER_BYTES = 100, 32, 24
PAGE_SIZES = frozenset(1 << bits for bits in range(9, 17))
DEFAULT_PAGE_BYTES = 4096
OVERFLOW_PAGES_MAX = 4_096

Value = None | int | float | str | bytes


@dataclass(frozen=True)
class Cell:
    """A row of a table (with its row id), or an entry of an index (without)."""

    row_id: int | None
    values: tuple[Value, ...]


class Pages:
    """The pages of a database as its last commit left them, and older ones still in the log."""

    def __init__(self, file: Path) -> None:
        content = _read(file)
        log = _read(file.with_name(file.name + "-wal"))
        self.size = _page_bytes(content, log)
        self.usable = self.size - (content[20] if len(content) > 20 and content[20] < 64 else 0)
        self._older = _frames(log, self.size)
        self.frames_cut_off = len(self._older) - _frames_sound(log, self.size)
        """Committed pages of the log that SQLite does not see, for damage before or in them."""
        self._latest = {
            number + 1: content[number * self.size : (number + 1) * self.size]
            for number in range(-(-len(content) // self.size))
        }
        self._latest |= dict(self._older)

    def cells(self, *, older: bool) -> Iterator[Cell]:
        """What can be made out, page by page: as it stands, and where asked as it was before."""
        for number, page in self._latest.items():
            yield from self._cells(number, page)
        for number, page in reversed(self._older) if older else ():
            if page is not self._latest[number]:
                yield from self._cells(number, page)

    def _cells(self, number: int, page: bytes) -> Iterator[Cell]:
        start = HEADER_BYTES if number == 1 else 0
        if len(page) < start + 8 or page[start] not in (TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR):
            return
        kind = page[start]
        pointers = start + (12 if kind == INDEX_INTERIOR else 8)
        count = min(int.from_bytes(page[start + 3 : start + 5], "big"), len(page) // 2)
        for place in range(pointers, min(pointers + 2 * count, len(page) - 1), 2):
            offset = int.from_bytes(page[place : place + 2], "big")
            try:
                yield self._cell(kind, page, offset)
            except (IndexError, ValueError, struct.error):
                continue  # Damaged, or never a cell.

    def _cell(self, kind: int, page: bytes, offset: int) -> Cell:
        if kind == INDEX_INTERIOR:
            offset += 4  # The page of what comes before.
        size, offset = _varint(page, offset)
        row_id = None
        if kind == TABLE_LEAF:
            row_id, offset = _varint(page, offset)
        return Cell(row_id, tuple(_record(self._payload(kind, page, offset, size))))

    def _payload(self, kind: int, page: bytes, offset: int, size: int) -> bytes:
        """The bytes of a cell, gathered from the pages it overflows to."""
        most = self.usable - 35 if kind == TABLE_LEAF else (self.usable - 12) * 64 // 255 - 23
        if size <= most:
            return _exactly(page, offset, size)
        least = (self.usable - 12) * 32 // 255 - 23
        here = least + (size - least) % (self.usable - 4)
        here = here if here <= most else least
        parts, left = [_exactly(page, offset, here)], size - here
        following = int.from_bytes(_exactly(page, offset + here, 4), "big")
        for _ in range(OVERFLOW_PAGES_MAX):
            if left <= 0:
                return b"".join(parts)
            overflow = self._latest.get(following, b"")
            parts.append(_exactly(overflow, 4, min(left, self.usable - 4)))
            left -= len(parts[-1])
            following = int.from_bytes(overflow[:4], "big")
        raise ValueError("a row without end")


def _read(file: Path) -> bytes:
    """What can be read of a file, up to the first bad sector."""
    parts: list[bytes] = []
    try:
        with file.open("rb") as stream:
            while part := stream.read(1 << 20):
                parts.append(part)
    except OSError:
        pass  # What came before it is still worth having.
    return b"".join(parts)


def _page_bytes(content: bytes, log: bytes) -> int:
    told = int.from_bytes(content[16:18], "big")
    logged = int.from_bytes(log[8:12], "big")
    for size in (65_536 if told == 1 else told, logged):
        if size in PAGE_SIZES:
            return size
    return DEFAULT_PAGE_BYTES


def _frames(log: bytes, size: int) -> list[tuple[int, bytes]]:
    """The pages of the log's present round, oldest first, up to its last commit.

    A frame that is damaged ends the log for SQLite; those after it are still of some use to us.
    """
    salts = log[16:24]
    frames: list[tuple[int, bytes]] = []
    committed = 0
    step = FRAME_HEADER_BYTES + size
    edges = range(WAL_HEADER_BYTES, len(log) + 1, step)
    for start, end in pairwise(edges):
        number, after_commit = struct.unpack_from(">II", log, start)
        if log[start + 8 : start + 16] != salts or number == 0:
            break  # Left from an earlier round of the log.
        frames.append((number, log[start + FRAME_HEADER_BYTES : end]))
        committed = len(frames) if after_commit else committed
    return frames[:committed]


def _frames_sound(log: bytes, size: int) -> int:
    """How many pages of the log SQLite takes: whole commits before the first wrong checksum."""
    if log[:4] not in (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83"):
        return 0
    order = ">" if log[3] & 1 else "<"
    total = _summed(log[:24], order, (0, 0))
    if total != struct.unpack_from(">II", log, 24):
        return 0
    sound = 0
    for number, start in enumerate(range(WAL_HEADER_BYTES, len(log), FRAME_HEADER_BYTES + size)):
        frame = log[start : start + FRAME_HEADER_BYTES + size]
        if len(frame) < FRAME_HEADER_BYTES + size or frame[8:16] != log[16:24]:
            break
        total = _summed(frame[FRAME_HEADER_BYTES:], order, _summed(frame[:8], order, total))
        if total != struct.unpack_from(">II", frame, 16):
            break
        sound = number + 1 if frame[4:8] != bytes(4) else sound
    return sound


def _summed(content: bytes, order: str, total: tuple[int, int]) -> tuple[int, int]:
    """The log's running checksum, section 4.2 of the format."""
    one, two = total
    for first, second in struct.iter_unpack(f"{order}II", content):
        one = one + first + two & 0xFFFFFFFF
        two = two + second + one & 0xFFFFFFFF
    return one, two


def _varint(page: bytes, offset: int) -> tuple[int, int]:
    value = 0
    for place in range(offset, offset + 8):
        value = value << 7 | page[place] & 0x7F
        if page[place] < 0x80:
            return value, place + 1
    value = value << 8 | page[offset + 8]
    return value - (1 << 64 if value >> 63 else 0), offset + 9


def _record(payload: bytes) -> Iterator[Value]:
    header_bytes, place = _varint(payload, 0)
    offset = header_bytes
    while place < header_bytes:
        kind, place = _varint(payload, place)
        size = _value_bytes(kind)
        yield _value(kind, _exactly(payload, offset, size))
        offset += size


def _value_bytes(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    return (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[kind]


def _value(kind: int, raw: bytes) -> Value:
    if kind == 0:
        return None
    if kind <= 6:
        return int.from_bytes(raw, "big", signed=True)
    if kind == 7:
        return float(struct.unpack(">d", raw)[0])
    if kind in (8, 9):
        return kind - 8
    return raw.decode() if kind % 2 else raw


def _exactly(content: bytes, offset: int, size: int) -> bytes:
    part = content[offset : offset + size]
    if offset < 0 or len(part) != size:
        raise ValueError("cut short")
    return part
