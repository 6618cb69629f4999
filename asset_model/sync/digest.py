"""Proof that two sides hold the same rows: a count and an order-free sum of row hashes."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

MODULUS = 1 << 56
"""Hashes and sums stay below it, so that every database can keep them as whole numbers."""


class Digest(NamedTuple):
    """Of the rows of one bucket."""

    rows: int
    sum: int


def wire_text(row: str, values: Iterable[Any]) -> str:
    """A row as both sides write it, to the byte: its id, then its columns in the wire's order."""
    return _ENCODER.encode([row, *values])


# Kept: `json.dumps` would make one for every row.
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def row_hash(table: str, text: str) -> int:
    """56 bits of BLAKE2b. Rows that differ by chance or by fault are told apart; a forger is not
    meant to be: whoever can write a tablet's database needs no forgery.
    """
    name = f"{table}\n{text}".encode()
    return int.from_bytes(hashlib.blake2b(name, digest_size=7).digest(), "big")


def digest_of(hashes: Iterable[int]) -> Digest:
    rows = total = 0
    for value in hashes:
        rows += 1
        total = (total + value) % MODULUS
    return Digest(rows, total)
