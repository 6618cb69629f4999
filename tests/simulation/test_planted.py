"""The simulation finds the bugs planted in it: it would find such a bug of ours, too."""

import pytest

from tests.simulation.hunt import hunt, played
from tests.simulation.kept import kept
from tests.simulation.planted import BUGS, RARE
from tests.simulation.play import play

BUDGET = 70
"""Schedules spent on each, at most: the first of those that are played without any bug."""


@pytest.mark.parametrize("bug", sorted(BUGS.keys() - RARE))
def test_a_planted_bug_is_found(bug: str) -> None:
    assert hunt(bug, budget=BUDGET) is not None


def test_at_least_twenty_are_planted() -> None:
    assert len(BUGS) >= 20


def test_each_that_is_not_hunted_here_has_its_kept_schedule() -> None:
    assert kept().keys() >= RARE


@pytest.mark.parametrize("name", kept())
def test_a_kept_schedule_has_nothing_to_find_any_more(name: str) -> None:
    assert play(kept()[name]).violations == ()


@pytest.mark.parametrize("name", [name for name in kept() if name in BUGS])
def test_a_kept_schedule_still_finds_what_it_was_kept_for(name: str) -> None:
    """If the product has outgrown it, find another one: `tests.simulation.kept` says how."""
    assert played(kept()[name], name).violations
