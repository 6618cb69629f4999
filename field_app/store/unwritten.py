"""Why something could not be saved, in words for whoever wanted to save it."""

import sqlite3

from sqlalchemy.exc import OperationalError

from asset_model.errors import Refused

_CODES = {
    sqlite3.SQLITE_BUSY: "tablet_busy",
    sqlite3.SQLITE_LOCKED: "tablet_busy",
    sqlite3.SQLITE_FULL: "disk_full",
}


def not_saved(error: OperationalError) -> Refused:
    """The refusal to tell. The transaction is gone; what was committed before it is not."""
    cause = error.orig
    number = getattr(cause, "sqlite_errorcode", 0) & 0xFF  # The rest of the bits say where.
    return Refused(_CODES.get(number, "disk_failed"), why=str(cause))


def refusal_of(error: BaseException) -> Refused | None:
    """`not_saved` for any error; None where the database is not to blame."""
    return not_saved(error) if isinstance(error, OperationalError) else None
