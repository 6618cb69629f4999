"""Putting the water back: what to do and to confirm, in order, valve by valve."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from asset_model.network.isolation import Isolation

Doing = Literal[
    "confirm_repair", "open_to_fill", "flush", "open", "confirm_closed", "restart_source",
    "confirm_water", "sample",
]  # fmt: skip


@dataclass(frozen=True)
class ReopeningStep:
    """One line of the checklist. `tag` is what it is done to; None: the whole isolated part."""

    doing: Doing
    tag: str | None = None


def reopening(isolation: Isolation) -> Iterator[ReopeningStep]:
    """The checklist: one valve fills the pipe slowly while hydrants let the air out; then the rest.

    The last valve closed is the first opened, among those that bring water: by a few turns, and
    fully once the air is out. Normally closed valves
    are looked at before the end: one opened by mistake joins two pressure zones.
    """
    yield ReopeningStep("confirm_repair")
    for source in isolation.sources:
        yield ReopeningStep("restart_source", source)
    backwards = [one for one in reversed(isolation.close) if one.fed]
    if backwards:
        yield ReopeningStep("open_to_fill", backwards[0].valve)
    for hydrant in isolation.isolated.hydrants:
        yield ReopeningStep("flush", hydrant)
    unfed = [one for one in isolation.close if not one.fed]
    for one in (*backwards, *unfed):
        yield ReopeningStep("open", one.valve)
    for tag in isolation.closed_besides:
        yield ReopeningStep("open", tag)
    for tag in isolation.keep_closed:
        yield ReopeningStep("confirm_closed", tag)
    yield ReopeningStep("sample")
    for customer in isolation.without_water.customers:
        yield ReopeningStep("confirm_water", customer)
