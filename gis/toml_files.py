"""TOML files that somebody at the town has written: mappings, books of rules."""

import tomllib
from pathlib import Path
from typing import Any

from gis.problems import ImportRefused, refuse


def read_document(path: Path) -> dict[str, Any]:
    """:raises ImportRefused: there is no such file, or it is not TOML in UTF-8"""
    if not path.is_file():
        raise no_file(path)
    return document_of(path.read_bytes(), title=path.name)


def document_of(content: bytes, *, title: str) -> dict[str, Any]:
    """:raises ImportRefused: it is not TOML in UTF-8"""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise refuse("file_encoding", file=title, line=line) from None
    except tomllib.TOMLDecodeError as error:
        raise refuse("mapping_syntax", mapping=title, why=error) from None


def no_file(path: Path) -> ImportRefused:
    """Why a path that is no file is refused."""
    return refuse("file_folder" if path.is_dir() else "file_missing", path=path)
