"""The queue is cut into messages of whole groups, oldest first."""

from hypothesis import given
from hypothesis import strategies as st

from asset_model.sync.batches import encoded_size, first_batch
from asset_model.sync.wire import Group
from tests.sync.rig import edit, group


def of(*sizes: int) -> list[Group]:
    """Groups of so many changes each."""
    return [group(*(edit("t", "1", x=1) for _ in range(size))) for size in sizes]


def test_an_empty_queue_makes_an_empty_batch() -> None:
    assert first_batch([]) == ()


def test_a_batch_ends_before_the_group_that_would_be_too_many() -> None:
    groups = of(2, 2, 2)

    assert first_batch(groups, changes_max=5) == tuple(groups[:2])


def test_a_batch_ends_before_the_group_that_would_be_too_large() -> None:
    groups = of(1, 1, 1)

    assert first_batch(groups, bytes_max=2 * encoded_size(groups[0])) == tuple(groups[:2])


def test_a_group_larger_than_a_message_goes_alone_and_whole() -> None:
    groups = of(9, 1)

    assert first_batch(groups, changes_max=5) == (groups[0],)


def test_the_size_of_a_group_counts_bytes_and_not_letters() -> None:
    plain, accented = group(edit("t", "1", x="eeee")), group(edit("t", "1", x="éééé"))

    assert encoded_size(accented) == encoded_size(plain) + 4


@given(st.lists(st.integers(1, 4), max_size=12), st.integers(1, 6))
def test_batch_after_batch_every_group_goes_once_and_in_order(
    sizes: list[int], changes_max: int
) -> None:
    groups, sent = of(*sizes), list[Group]()

    while len(sent) < len(groups):
        sent += first_batch(groups[len(sent) :], changes_max=changes_max)

    assert sent == groups
