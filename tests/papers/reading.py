"""A PDF as another program reads it."""

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader


class Paper:
    def __init__(self, made: bytes) -> None:
        self._reader = PdfReader(io.BytesIO(made))

    @property
    def pages(self) -> int:
        return len(self._reader.pages)

    @property
    def text(self) -> str:
        """All of it, with one space between words: where lines break says nothing."""
        text = " ".join(page.extract_text() for page in self._reader.pages)
        return " ".join(text.replace("\u00a0", " ").split())

    @property
    def bookmarks(self) -> list[str]:
        return list(_titles(self._reader.outline))

    @property
    def title(self) -> str | None:
        return self._reader.metadata.title if self._reader.metadata else None

    @property
    def root(self) -> Any:
        return self._reader.trailer["/Root"]


def _titles(outline: Any) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from _titles(entry)
        else:
            yield entry.title.replace("\u00a0", " ")
