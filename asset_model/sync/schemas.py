"""What older revisions of the shared tables called otherwise: their changes in today's words.

A change is never rewritten: the tablet sends it as it was made, the journal keeps it as it came.
Whoever works with it lifts it first, one revision after the other. A lift stays for at least
18 months after its revision.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from asset_model.sync.wire import Change, Columns, Outcome

Place = tuple[str, str]
"""(table, column), both as the older revision calls them."""


@dataclass(frozen=True, kw_only=True)
class Lift:
    """From one revision to the next: what was renamed, dropped, or is spelt otherwise since."""

    tables: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[Place, str] = field(default_factory=dict)
    dropped: frozenset[Place] = frozenset()
    values: Mapping[Place, Callable[[Any], Any]] = field(default_factory=dict)
    """Never asked about None."""


LIFTS: dict[int, Lift] = {
    1: Lift(),  # 2 added photos, and called nothing otherwise.
    2: Lift(),  # 3 added matters and settlements.
    3: Lift(),  # 4 added meters, readings, plan events and occurrences.
    4: Lift(),  # 5 added circle checks and the units of orders.
    5: Lift(),  # 6 added maintenance sheets, brake measures, storage, rates and invoices.
    6: Lift(),  # 7 added hours of equipment, transfers, stores and their movements.
    7: Lift(),  # 8 added incidents, reports, their photos and updates.
    8: Lift(),  # 9 added street closures.
    9: Lift(),  # 10 added alerts, templates, notes between shifts, and orders made of others.
    10: Lift(),  # 11 added decisions on reports, weights, and promises that stand still.
    11: Lift(),  # 12 added passes along streets.
    12: Lift(),  # 13 added editions of templates, material and skill of orders, steps withdrawn.
    13: Lift(),  # 14 added papers of assets, and a note on a reading.
    14: Lift(),  # 15 added what people are trained for.
    15: Lift(),  # 16 added the town's sentences for citizens.
}
"""By the revision that they lift from; each leads to the one after it."""


@dataclass(frozen=True)
class Lifted:
    """A change in today's words, and how to speak of it in the words in which it came."""

    change: Change
    called: Mapping[str, str] = field(default_factory=dict)
    """Today's columns by the name they had; those that were renamed only."""
    dropped: Columns = field(default_factory=dict)
    """Values for which today's record has no place, by the name they had."""

    def lowered(self, outcome: Outcome) -> Outcome:
        """The outcome as the app that made the change can read it."""
        if not self.called and not self.dropped:
            return outcome
        landed = outcome.result in ("applied", "merged")
        lost = self.dropped if landed else {}
        return replace(
            outcome,
            result="merged" if lost else outcome.result,
            columns=self._old(outcome.columns),
            set_aside={**self._old(outcome.set_aside), **lost},
        )

    def _old(self, columns: Columns) -> Columns:
        return {self.called.get(name, name): value for name, value in columns.items()}


def lifted(change: Change, schema: int, lifts: Mapping[int, Lift] | None = None) -> Lifted:
    """The change of this revision in today's words.

    Words of a revision that we do not know, or not any more, are taken as they are.
    """
    known = LIFTS if lifts is None else lifts
    done = Lifted(change)
    while schema in known:
        done, schema = _one_up(done, known[schema]), schema + 1
    return done


def _one_up(so_far: Lifted, lift: Lift) -> Lifted:
    change, first = so_far.change, so_far.called
    names = {
        name: lift.columns.get((change.table, name), name)
        for name in {**change.before, **change.after}
        if (change.table, name) not in lift.dropped
    }
    gone = {
        first.get(name, name): value
        for name, value in change.after.items()
        if name not in names and value is not None
    }
    called = {now: first.get(was, was) for was, now in names.items()}
    return Lifted(
        replace(
            change,
            table=lift.tables.get(change.table, change.table),
            before=_renamed(change.table, change.before, names, lift),
            after=_renamed(change.table, change.after, names, lift),
        ),
        {now: was for now, was in called.items() if now != was},
        {**so_far.dropped, **gone},
    )


def _renamed(table: str, columns: Columns, names: Mapping[str, str], lift: Lift) -> Columns:
    return {
        names[name]: _respelt(lift.values.get((table, name)), value)
        for name, value in columns.items()
        if name in names
    }


def _respelt(spell: Callable[[Any], Any] | None, value: Any) -> Any:
    return value if spell is None or value is None else spell(value)
