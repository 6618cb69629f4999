"""How many rows a statement changed."""

from sqlalchemy import CursorResult, Delete, Update
from sqlalchemy.orm import Session


def changed(session: Session, statement: Update | Delete) -> int:
    """Execute it; how many rows it met. Of a row that somebody else had first: none."""
    result = session.execute(statement)
    assert isinstance(result, CursorResult)
    return int(result.rowcount)
