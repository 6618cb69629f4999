"""Deliberate bugs, each a way in which such systems have lost people's work.

A simulation that cannot find them proves nothing. None of them exists in the product.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from tests.simulation import planted_in_outbox as outbox
from tests.simulation import planted_in_push as push
from tests.simulation import planted_in_reading as reading
from tests.simulation import planted_in_telling as telling

Bug = Callable[[], AbstractContextManager[Any]]

BUGS: dict[str, Bug] = {
    bug.__name__: bug
    for bug in (
        push.no_ledger,
        push.repeats_by_watermark,
        push.last_write_wins,
        push.device_clock_decides,
        push.words_are_replaced,
        push.losers_are_dropped,
        push.one_bad_change_fails_all,
        push.half_a_group_lands,
        push.a_batch_lands_in_parts,
        push.answered_before_the_commit,
        push.an_edit_makes_the_row_anew,
        push.parked_for_ever,
        telling.position_taken_at_the_beginning,
        telling.pages_cut_commits,
        telling.leaving_is_not_told,
        telling.leaving_is_forgotten,
        telling.scope_is_not_enforced,
        telling.children_stay_behind,
        telling.children_are_left_by_a_return,
        telling.no_new_history,
        telling.a_copy_put_back_is_not_noticed,
        outbox.emptied_on_sending,
        outbox.groups_are_split,
        outbox.refused_is_thrown_away,
        outbox.leaving_drops_pending,
        outbox.accepted_is_not_laid_over,
        outbox.nothing_offered_again,
        outbox.offered_under_new_ids,
        outbox.device_clock_forgets,
        outbox.too_large_is_dropped,
        reading.pull_overwrites_pending,
        reading.positions_saved_apart,
        reading.late_pages_are_taken,
        reading.old_positions_in_a_new_history,
        reading.a_new_copy_replaces_everything,
        reading.digests_always_agree,
        reading.nothing_is_swept,
    )
}

RARE = frozenset(
    {
        "a_copy_put_back_is_not_noticed",
        "an_edit_makes_the_row_anew",
        "late_pages_are_taken",
        "leaving_drops_pending",
        "nothing_offered_again",
        "parked_for_ever",
    }
)
"""Those that take more schedules than the tests should spend: the kept one of each finds it."""
