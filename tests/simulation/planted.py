"""Deliberate bugs, each a way in which such systems have lost people's work.

A simulation that cannot find them proves nothing. None of them exists in the product.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy.exc import DBAPIError

from tests.simulation import planted_server as server
from tests.simulation import planted_tablet as tablet
from tests.simulation.schedule import play

Bug = Callable[[], AbstractContextManager[Any]]

BUGS: dict[str, Bug] = {
    bug.__name__: bug
    for bug in (
        server.no_ledger,
        server.last_write_wins,
        server.one_bad_change_fails_all,
        server.leaving_is_not_told,
        server.no_new_history,
        server.answered_before_the_commit,
        server.parked_for_ever,
        server.scope_is_not_enforced,
        server.children_stay_behind,
        server.losers_are_dropped,
        server.half_a_group_lands,
        server.pages_cut_commits,
        server.words_are_replaced,
        server.repeats_by_watermark,
        tablet.emptied_on_sending,
        tablet.pull_overwrites_pending,
        tablet.groups_are_split,
        tablet.refused_is_thrown_away,
        tablet.leaving_drops_pending,
        tablet.positions_saved_apart,
        tablet.late_pages_are_taken,
        tablet.old_positions_in_a_new_history,
        tablet.nothing_offered_again,
        tablet.offered_under_new_ids,
        tablet.accepted_is_not_laid_over,
        tablet.digests_always_agree,
        tablet.nothing_is_swept,
        tablet.device_clock_forgets,
    )
}


RARE = frozenset(
    {
        "answered_before_the_commit",
        "digests_always_agree",
        "device_clock_forgets",
        "half_a_group_lands",
        "late_pages_are_taken",
        "leaving_drops_pending",
        "nothing_is_swept",
        "old_positions_in_a_new_history",
        "parked_for_ever",
        "positions_saved_apart",
    }
)
"""Those that take more schedules than a run of the tests should play."""


def hunt(bug: str, *, budget: int, first: int = 0) -> int | None:
    """How many schedules it takes to find a planted bug; None when the budget does not do."""
    with BUGS[bug]():
        for played, seed in enumerate(range(first, first + budget), start=1):
            try:
                verdict = play(seed)
            except DBAPIError:  # A database that refuses what it is given stops a tablet for good.
                return played
            if verdict.violations:
                return played
    return None
