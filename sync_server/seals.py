"""The server's mark on a position, so that a tablet can prove how far it has read.

The key lies in the data folder and not in the database: an older copy of the database that was put
back by hand does not bring an older key with it, and no device ever sees it
(docs/decisions/0012).
"""

import hmac
import logging
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

log = logging.getLogger(__name__)

FILE = "seal.key"
KEY_BYTES = 32
SEAL_LETTERS = 32
"""128 bits: to be guessed by nobody, and short on the wire."""


@dataclass(frozen=True)
class Seals:
    key: bytes

    def of(self, epoch: str, position: int) -> str:
        message = f"{epoch}\n{position}".encode()
        return hmac.new(self.key, message, "sha256").hexdigest()[:SEAL_LETTERS]

    def holds(self, seal: str, epoch: str, position: int) -> bool:
        """Whether this server has said that the history of `epoch` had come to `position`."""
        return hmac.compare_digest(seal.encode(), self.of(epoch, position).encode())


def of_this_run() -> Seals:
    """Seals that end with the process: what it has said can be proven while it runs."""
    return Seals(secrets.token_bytes(KEY_BYTES))


def open_seals(folder: Path) -> Seals:
    """Those of the data folder, whose key is made at the first start."""
    file = folder / FILE
    try:
        key = _read(file) or _make(file)
    except OSError as error:
        log.warning("the key %s cannot be kept: %s", file, error.strerror)
        return of_this_run()
    return Seals(key)


def _read(file: Path) -> bytes | None:
    try:
        key = file.read_bytes()
    except FileNotFoundError:
        return None
    if len(key) == KEY_BYTES:
        return key
    log.warning("the key %s is not whole; a new one is made", file)
    file.unlink()
    return None


def _make(file: Path) -> bytes:
    """Whole or not at all; of two servers that start together, one makes it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{FILE}.{secrets.token_hex(4)}.new")
    draft.touch(mode=0o600)
    try:
        with draft.open("wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(stream.fileno())
        try:
            os.link(draft, file)
        except FileExistsError:
            pass  # The other one was quicker: its key is ours.
    finally:
        draft.unlink(missing_ok=True)
    return file.read_bytes()
