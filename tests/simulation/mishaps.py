"""What happens to messages: they are lost, late, doubled, torn, garbled, answered by strangers."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from field_app.sync.rounds import run_round
from field_app.sync.transport import LinkDown, NotEnrolled
from tests.simulation.letters import TURNED_AWAY, Kind, Letter
from tests.simulation.link import WAYS_TO_BREAK, Link
from tests.simulation.tablet import Tablet

if TYPE_CHECKING:
    from tests.simulation.world import World


def talk(world: World, tablet: Tablet) -> None:
    """A link that holds for a whole round."""
    _round(world, tablet, Link(world.server, tablet))


def talk_on_a_bad_link(world: World, tablet: Tablet) -> None:
    """It breaks in the middle of a round: of a batch, of a copy."""
    at, how = world.random.randint(1, 4), world.random.randrange(WAYS_TO_BREAK)
    _round(world, tablet, Link(world.server, tablet, breaks_at=at, how=how))


def token_expires_within_a_round(world: World, tablet: Tablet) -> None:
    def expire() -> None:
        world.server.refusing.add(tablet.code)

    at = world.random.randint(2, 4)
    _round(world, tablet, Link(world.server, tablet, meanwhile=(at, expire)))


def _round(world: World, tablet: Tablet, link: Link) -> None:
    try:
        run_round(tablet.database, link, tablet.clock, verify=world.random.random() < 0.5)
    except (LinkDown, NotEnrolled):
        pass


def push(world: World, tablet: Tablet) -> None:
    _ask(world, tablet, "push")


def ask(world: World, tablet: Tablet) -> None:
    _ask(world, tablet, "pull")


def _ask(world: World, tablet: Tablet, kind: Kind) -> None:
    body = tablet.request(kind)
    if body is not None:
        world.post.append(Letter(tablet.name, kind, body))


def deliver_first(world: World, tablet: Tablet) -> None:
    if world.post:
        world.arrive(world.post.pop(0))


def deliver_any(world: World, tablet: Tablet) -> None:
    """Out of order."""
    if letter := _taken(world):
        world.arrive(letter)


def deliver_twice(world: World, tablet: Tablet) -> None:
    """It arrives, and stays on its way: it will arrive again, perhaps much later."""
    if world.post:
        world.arrive(world.random.choice(world.post))


def deliver_torn(world: World, tablet: Tablet) -> None:
    _deliver_changed(world, lambda body: body[: world.random.randrange(len(body))])


def deliver_garbled(world: World, tablet: Tablet) -> None:
    """A byte of the packed body is another one: its checksum tells, and it is no message any more.

    Where it tells nothing, the byte was none of the message's.
    """

    def garbled(body: bytes) -> bytes:
        packed = bytearray(zlib.compress(body))
        packed[world.random.randrange(len(packed))] ^= 1 << world.random.randrange(8)
        try:
            return zlib.decompress(packed)
        except zlib.error:
            return bytes(packed)

    _deliver_changed(world, garbled)


def _deliver_changed(world: World, changed: Callable[[bytes], bytes]) -> None:
    letter = _taken(world)
    if letter is None:
        return
    if letter.answer is None:
        world.arrive(replace(letter, body=changed(letter.body)))
    elif letter.answer.body:
        answer = replace(letter.answer, body=changed(letter.answer.body))
        world.arrive(replace(letter, answer=answer))


def turned_away(world: World, tablet: Tablet) -> None:
    """Somebody else answers, or ours has no time."""
    if letter := _taken(world):
        world.arrive(replace(letter, answer=world.random.choice(TURNED_AWAY)))


def lose(world: World, tablet: Tablet) -> None:
    _taken(world)


def _taken(world: World) -> Letter | None:
    return world.post.pop(world.random.randrange(len(world.post))) if world.post else None


def server_begins(world: World, tablet: Tablet) -> None:
    """The server takes its time over a push: others will be there before it."""
    body = tablet.request("push")
    if body is not None:
        letter = Letter(tablet.name, "push", body)
        world.slow.append((letter, number_at_the_beginning(world)))


def server_ends(world: World, tablet: Tablet) -> None:
    if world.slow:
        arrive_slowly(world, *world.slow.pop(0))


def arrive_slowly(world: World, letter: Letter, number: int | None) -> None:
    """What was begun is decided and committed now; `number` is for the bug that is planted here."""
    world.arrive(letter)


def number_at_the_beginning(world: World) -> int | None:
    """None: a position is taken at the end of a transaction, under a lock (decision 0004)."""
    return None


HAPPENINGS = (
    talk,
    talk_on_a_bad_link,
    token_expires_within_a_round,
    push,
    ask,
    deliver_first,
    deliver_any,
    deliver_twice,
    deliver_torn,
    deliver_garbled,
    turned_away,
    lose,
    server_begins,
    server_ends,
)
