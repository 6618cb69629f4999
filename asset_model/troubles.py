"""What an error of the database means, where neither the person nor the row is to blame."""

from enum import StrEnum

from sqlalchemy.exc import (
    DataError,
    DBAPIError,
    IntegrityError,
    NotSupportedError,
    ProgrammingError,
)


class Trouble(StrEnum):
    FULL = "full"
    """There is no room on the disk."""
    UNWRITABLE = "unwritable"
    """The disk cannot be written, or not any more."""
    COLLISION = "collision"
    """Another writer was in the way, and this transaction was undone: it may be tried again."""
    OTHER = "other"


_STATES = {
    "53100": Trouble.FULL,
    "25006": Trouble.UNWRITABLE,
    "40001": Trouble.COLLISION,
    "40P01": Trouble.COLLISION,
    "23505": Trouble.COLLISION,
}
"""PostgreSQL's: disk full, read-only, serialization failure, deadlock, and a unique key that
someone else has just taken (the same change, sent twice at once)."""

_UNWRITABLE = ("SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN")


def trouble_of(error: BaseException) -> Trouble | None:
    """None where the error tells of what was asked, and not of the database."""
    if not isinstance(error, DBAPIError):
        return None
    state = getattr(error.orig, "sqlstate", None)
    if state in _STATES:
        return _STATES[state]
    name = getattr(error.orig, "sqlite_errorname", None) or ""
    if name == "SQLITE_FULL":
        return Trouble.FULL
    if name.startswith(_UNWRITABLE):
        return Trouble.UNWRITABLE
    blamed = (DataError, IntegrityError, NotSupportedError, ProgrammingError)
    return None if isinstance(error, blamed) else Trouble.OTHER
