"""What may go wrong while something happens: whoever writes next is hit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tests.simulation.databases import Fragile

if TYPE_CHECKING:
    from tests.simulation.world import World

COMMITS_MAX = 3
"""A process dies at one of its first commits; a step has seldom more."""

PAGES_MAX = 12


def the_server_dies(world: World) -> None:
    _dies(world, world.server.database)


def the_tablet_dies(world: World) -> None:
    for tablet in world.tablets.values():
        _dies(world, tablet.database)


def the_servers_disk_fills(world: World) -> None:
    world.server.database.have_room(world.random.randint(0, PAGES_MAX))


def the_tablets_disk_fills(world: World) -> None:
    for tablet in world.tablets.values():
        tablet.database.have_room(world.random.randint(0, PAGES_MAX))


def _dies(world: World, database: Fragile) -> None:
    commit = min(world.random.randrange(COMMITS_MAX), world.random.randrange(COMMITS_MAX))
    database.die_at(commit, after=world.random.random() < 0.5)


TROUBLES: dict[str, Callable[[World], None]] = {
    trouble.__name__: trouble
    for trouble in (
        the_server_dies,
        the_tablet_dies,
        the_servers_disk_fills,
        the_tablets_disk_fills,
    )
}
