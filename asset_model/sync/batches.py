"""Cutting the queue of a tablet into messages: oldest first, whole groups."""

from collections.abc import Iterable

from asset_model.sync.wire import Group, encoded

CHANGES_PER_PUSH_MAX = 200
BYTES_PER_PUSH_MAX = 256 * 1024
"""A message goes up to one of these; a single group that is larger goes alone."""


def first_batch(
    groups: Iterable[Group],
    *,
    changes_max: int = CHANGES_PER_PUSH_MAX,
    bytes_max: int = BYTES_PER_PUSH_MAX,
) -> tuple[Group, ...]:
    """As many of the first groups as one message takes; at least one, if there is one."""
    batch: list[Group] = []
    changes = size = 0
    for group in groups:
        changes += len(group.changes)
        size += encoded_size(group)
        if batch and (changes > changes_max or size > bytes_max):
            break
        batch.append(group)
    return tuple(batch)


def encoded_size(group: Group) -> int:
    return len(encoded(group))
