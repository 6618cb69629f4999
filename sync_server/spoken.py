"""What a sender said: decided in today's words, kept and answered in its own."""

from collections.abc import Iterable
from dataclasses import replace

from asset_model.sync.schemas import Lifted, lifted
from asset_model.sync.wire import Change, Group, Outcome

Decided = tuple[Group, list[Outcome]]


class Spoken:
    """What was heard, by the id of each change."""

    def __init__(self) -> None:
        self._said: dict[str, Change] = {}
        self._lifted: dict[str, Lifted] = {}

    def hear(self, group: Group, schema: int) -> Group:
        """The group in today's words; it came in those of `schema`."""
        for change in group.changes:
            self._said[change.id], self._lifted[change.id] = change, lifted(change, schema)
        return _with(group, (self._lifted[change.id].change for change in group.changes))

    def as_said(self, decided: Iterable[Decided]) -> list[Decided]:
        """What was decided, in the words in which it came; our own words are today's."""
        return [
            (self._said_of(group), list(map(self._lowered, outcomes)))
            for group, outcomes in decided
        ]

    def _said_of(self, group: Group) -> Group:
        return _with(group, (self._said.get(change.id, change) for change in group.changes))

    def _lowered(self, outcome: Outcome) -> Outcome:
        spoken = self._lifted.get(outcome.change)
        return outcome if spoken is None else spoken.lowered(outcome)


def _with(group: Group, changes: Iterable[Change]) -> Group:
    """The group with these changes: nearly always those it has."""
    spoken = tuple(changes)
    same = all(one is other for one, other in zip(spoken, group.changes, strict=True))
    return group if same else replace(group, changes=spoken)
