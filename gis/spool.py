"""A sequence that waits on the disk: many values in order, of which memory holds a few hundred."""

import pickle
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, Generic, TypeVar, overload
from weakref import finalize

PER_BLOCK = 500
IN_MEMORY_BYTES_MAX = 1 << 20
"""Up to here nothing reaches the disk."""


T = TypeVar("T")


class Spool(Sequence[T], Generic[T]):
    """Values that somebody has made, to be walked later, and once more: written by `append` only.

    The file is nobody else's and has no name: it is gone with the spool.
    """

    def __init__(self, values: Iterable[T] = ()) -> None:
        self._file: Any = SpooledTemporaryFile(max_size=IN_MEMORY_BYTES_MAX)  # noqa: SIM115
        finalize(self, self._file.close)
        self._starts: list[int] = []
        self._last: list[T] = []
        for value in values:
            self.append(value)

    def append(self, value: T) -> None:
        self._last.append(value)
        if len(self._last) == PER_BLOCK:
            self._starts.append(self._file.seek(0, 2))
            # As one: what the values of a block share is written once.
            pickle.dump(self._last, self._file, pickle.HIGHEST_PROTOCOL)
            self._last = []

    def __len__(self) -> int:
        return len(self._starts) * PER_BLOCK + len(self._last)

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._starts)):
            yield from self._block(number)
        yield from self._last

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = range(len(self))[index]
        number, within = divmod(place, PER_BLOCK)
        return (self._block(number) if number < len(self._starts) else self._last)[within]

    def _block(self, number: int) -> list[T]:
        self._file.seek(self._starts[number])
        block: list[T] = pickle.load(self._file)  # noqa: S301 -- a file of our own making
        return block
