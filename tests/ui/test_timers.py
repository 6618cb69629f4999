"""What a page has set for later goes with the page, and needs no browser to be there."""

import asyncio

from flet.controls.context import _context_page

from field_app.ui.timers import Timers
from tests.threads import PATIENCE_S
from tests.ui.town import Town


def test_what_is_due_is_done_and_what_a_closed_page_had_set_is_not() -> None:
    done: list[str] = []

    async def page() -> None:
        open_one, closed_one = Timers(), Timers()
        open_one.later(0, lambda: done.append("open"))
        closed_one.later(0, lambda: done.append("closed"))
        closed_one.close()
        async with asyncio.timeout(PATIENCE_S):
            while not done:  # noqa: ASYNC110 -- both were due in the same turn
                await asyncio.sleep(0)

    asyncio.run(page())

    assert done == ["open"]


def test_a_page_that_is_closed_leaves_nothing_behind(town: Town) -> None:
    with town.signed_in() as screen:
        assert screen.has("pill")  # Whose words grow old by themselves.

    assert asyncio.all_tasks(screen._loop) == set()
    assert not town.workplace.watchers


def test_a_sentence_is_told_while_the_browser_is_away(town: Town) -> None:
    with town.signed_in() as screen:

        async def told() -> None:
            _context_page.set(screen.page)
            await screen.session.disconnect(60)
            screen.page.data.tell("Le serveur a répondu.")

        screen._run(told())

        assert screen.page.data.notice.sentence == "Le serveur a répondu."
