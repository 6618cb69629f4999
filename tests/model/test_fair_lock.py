"""Those who write to one SQLite go in their order, and nobody waits for ever."""

from pathlib import Path

from sqlalchemy import text

from asset_model.database import open_database
from asset_model.fair_lock import FairLock
from tests.threads import Doing, until


def test_whoever_came_first_goes_first() -> None:
    lock, went = FairLock(), list[int]()
    doings = []

    def go(n: int) -> None:
        with lock.turn(10):
            went.append(n)

    with lock.turn(10):
        for n in range(5):
            doings.append(Doing(go, n))
            until(lambda: len(lock._waiting) == len(doings))
    for doing in doings:
        doing.end()

    assert went == [0, 1, 2, 3, 4]


def test_whoever_waited_too_long_goes_on_and_leaves_the_line() -> None:
    lock, went = FairLock(), list[str]()

    with lock.turn(10):
        with lock.turn(0.001):
            went.append("impatient")
        went.append("first")
    with lock.turn(10):
        went.append("next")

    assert went == ["impatient", "first", "next"]


def test_a_writer_is_not_passed_by_one_who_writes_again_and_again(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'town.sqlite'}")
    order: list[str] = []

    def patient() -> None:
        with database.writing() as session:
            session.execute(text("CREATE TABLE done (n INTEGER)"))
            order.append("patient")

    with database.writing():
        waiting = Doing(patient)
        until(lambda: database._lock and database._lock._waiting)
    with database.writing():
        order.append("again")
    waiting.end()
    database.close()

    assert order == ["patient", "again"]
