"""When the loop tries, how long it waits, and what it tells the screens."""

import logging
import threading
from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from asset_model.sync.wire import Page, Pull, Push, PushReply, Terms
from field_app.actions.facts import comment
from field_app.sync.loop import BACK_OFF_MAX_S, IDLE_S, LinkState, SyncLoop, back_off_s
from field_app.sync.network import Whereabouts, whereabouts
from field_app.sync.transport import LinkDown, NotEnrolled
from tests.sync.rig import Tablet
from tests.sync.town import START, order_id
from tests.threads import PATIENCE_S


class Middling(Random):
    """Chance that always lands in the middle."""

    def random(self) -> float:
        return 0.5


@pytest.mark.parametrize(
    ("failures", "ceiling"), [(1, 1), (2, 2), (3, 4), (9, 256), (10, 300), (10_000, 300)]
)
def test_each_failure_doubles_the_pause_from_a_second_to_five_minutes(
    failures: int, ceiling: float
) -> None:
    pauses = [back_off_s(failures, Random(seed)) for seed in range(200)]

    assert ceiling / 2 <= min(pauses)
    assert max(pauses) <= ceiling
    assert len(set(pauses)) > 150


def loop_of(tablet: Tablet, heard: list[LinkState] | None = None) -> SyncLoop:
    listen: Callable[[LinkState], None] = (heard if heard is not None else []).append
    return SyncLoop(
        tablet.database, tablet.link, clock=tablet.clock, random=Middling(), listen=listen
    )


def break_link(tablet: Tablet, error: Exception) -> None:
    def raising(_: str) -> None:
        raise error

    tablet.link.before = raising


def test_nothing_is_known_of_the_link_before_the_first_round(tablet: Tablet) -> None:
    assert loop_of(tablet).state == LinkState(online=None)


def test_a_round_that_ends_means_online_and_a_short_pause(tablet: Tablet) -> None:
    loop = loop_of(tablet)

    pause = loop._try()

    assert pause == IDLE_S
    assert (loop.state.online, loop.state.busy, loop.state.failures) == (True, False, 0)


def test_a_screen_hears_that_a_round_begins_and_how_it_ends(tablet: Tablet) -> None:
    heard: list[LinkState] = []
    tablet.link.server.set("work_order", order_id(1), title="Autre")

    loop_of(tablet, heard)._try()

    assert (heard[0].busy, heard[-1].busy) == (True, False)
    assert heard[-1].rows == 1


def test_a_link_that_is_down_says_since_when_and_until_when_it_waits(tablet: Tablet) -> None:
    loop = loop_of(tablet)
    break_link(tablet, LinkDown("no signal"))

    pauses = [loop._try() for _ in range(3)]

    assert pauses == [0.75, 1.5, 3.0]
    assert loop.state == LinkState(
        online=False,
        failures=3,
        since=START,
        retry_at=START + timedelta(seconds=3),
        trouble="no signal",
    )


def test_a_link_that_comes_back_forgets_its_failures(tablet: Tablet) -> None:
    loop = loop_of(tablet)
    break_link(tablet, LinkDown("no signal"))
    loop._try()
    tablet.link.before = lambda _: None

    loop._try()

    assert (loop.state.online, loop.state.failures, loop.state.since) == (True, 0, None)


def test_it_is_down_since_the_first_failure_and_not_the_last(tablet: Tablet) -> None:
    loop = loop_of(tablet)
    break_link(tablet, LinkDown("no signal"))
    loop._try()
    tablet.clock.forward(hours=2)

    loop._try()

    assert loop.state.since == START


def test_a_server_that_says_when_to_come_back_is_obeyed(tablet: Tablet) -> None:
    loop = loop_of(tablet)
    break_link(tablet, LinkDown("503", retry_after_s=42.0))

    assert loop._try() == 42.0


@pytest.mark.parametrize("seconds", [3_600.0, 1e12, float("inf")])
def test_no_server_sends_a_tablet_to_sleep_for_long(tablet: Tablet, seconds: float) -> None:
    loop = loop_of(tablet)
    break_link(tablet, LinkDown("503", retry_after_s=seconds))

    assert loop._try() == BACK_OFF_MAX_S


def test_a_tablet_that_is_not_enrolled_asks_seldom_and_says_so(tablet: Tablet) -> None:
    loop = loop_of(tablet)
    break_link(tablet, NotEnrolled("device_unknown"))

    assert loop._try() == BACK_OFF_MAX_S
    assert (loop.state.online, loop.state.trouble) == (False, "device_unknown")


def test_a_mistake_of_ours_is_a_failed_round_and_not_the_end(
    tablet: Tablet, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)
    loop = loop_of(tablet)
    break_link(tablet, ZeroDivisionError())

    assert loop._try() == 0.75
    assert loop.state.trouble == "ZeroDivisionError"


def test_a_screen_that_fails_does_not_stop_synchronization(
    tablet: Tablet, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)

    def broken(_: LinkState) -> None:
        raise ZeroDivisionError

    loop = SyncLoop(
        tablet.database, tablet.link, clock=tablet.clock, random=Middling(), listen=broken
    )

    assert loop._try() == IDLE_S


class Handed:
    """A transport that hands each request over to the test, and waits to be told to go on."""

    def __init__(self, tablet: Tablet) -> None:
        self.link = tablet.link
        self.pulled = threading.Semaphore(0)

    def push(self, push: Push) -> PushReply:
        return self.link.push(push)

    def pull(self, pull: Pull) -> Page | Terms:
        told = self.link.pull(pull)
        self.pulled.release()
        return told


def test_a_loop_that_is_woken_tries_at_once_and_stops_when_told(tablet: Tablet) -> None:
    transport: Any = Handed(tablet)
    rested = threading.Semaphore(0)
    loop = SyncLoop(
        tablet.database,
        transport,
        clock=tablet.clock,
        random=Middling(),
        listen=lambda state: None if state.busy else rested.release(),
    )
    loop.start()
    assert rested.acquire(timeout=PATIENCE_S)
    tablet.do(comment, order_id(1), "a")

    loop.wake()
    assert rested.acquire(timeout=PATIENCE_S)
    loop.stop()

    assert tablet.states() in (["settled"], ["accepted"])


class Away:
    """A link that is down for five minutes at a time; each try of it is heard."""

    def __init__(self) -> None:
        self.tried = threading.Semaphore(0)

    def push(self, push: Push) -> PushReply:
        raise LinkDown("no signal", retry_after_s=300)

    def pull(self, pull: Pull) -> Page | Terms:
        self.tried.release()
        raise LinkDown("no signal", retry_after_s=300)


def test_another_network_is_tried_at_once(tablet: Tablet, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("field_app.sync.loop.LOOK_EVERY_S", 0.01)
    away: Any = Away()
    here: list[Whereabouts] = [("10.0.0.7",)]
    loop = SyncLoop(
        tablet.database, away, clock=tablet.clock, random=Middling(), network=lambda: here[0]
    )
    loop.start()
    assert away.tried.acquire(timeout=PATIENCE_S)

    here[0] = ("192.168.1.7",)

    assert away.tried.acquire(timeout=PATIENCE_S)
    loop.stop()


def test_a_tablet_that_wakes_from_sleep_tries_at_once(
    tablet: Tablet, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("field_app.sync.loop.LOOK_EVERY_S", 0.01)
    away: Any = Away()
    loop = SyncLoop(
        tablet.database, away, clock=tablet.clock, random=Middling(), network=lambda: ()
    )
    loop.start()
    assert away.tried.acquire(timeout=PATIENCE_S)

    tried_again = False
    for _ in range(100):  # It may be between two looks at the clock.
        tablet.clock.forward(hours=1)
        if tried_again := away.tried.acquire(timeout=0.2):
            break

    assert tried_again
    loop.stop()


def test_where_a_tablet_is_does_not_change_by_itself() -> None:
    assert whereabouts() == whereabouts()
