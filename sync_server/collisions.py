"""Writing where others write too: a transaction that was undone for another's is begun again."""

import logging
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from asset_model.database import Database
from asset_model.troubles import Trouble, trouble_of

T = TypeVar("T")
log = logging.getLogger(__name__)

TRIES = 4
"""Of one transaction that others get in the way of. PostgreSQL lets a deadlock stand for a second
before it undoes one of the two, so the tries are apart by themselves."""


def written(database: Database, act: Callable[[Session], T]) -> T:
    """What `act` gives back, in a transaction of its own; it may be called several times."""
    tries = TRIES
    while True:
        try:
            with database.writing() as session:
                return act(session)
        except DBAPIError as error:
            tries -= 1
            if not tries or trouble_of(error) is not Trouble.COLLISION:
                raise
            log.info("another writer was in the way; trying again")
