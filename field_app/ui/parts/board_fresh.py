"""How fresh the director's page is: which tablets were not heard of lately, and what waits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import flet as ft

from field_app.ui import times
from field_app.ui.parts import cards, text
from field_app.ui.sitting import Sitting
from field_app.ui.themes import GOOD, SOFT, WARN


def quiet(sitting: Sitting, fresh: dict[str, Any]) -> list[ft.Control]:
    """Tablets that were not heard of lately: a low figure is not to be taken for calm."""
    silent = [tablet for tablet in fresh["tablets"] if tablet["quiet"]]
    if not silent:
        return []
    sentence = _silence(sitting, silent)
    return [cards.banner(sentence, icon=ft.Icons.SYNC_PROBLEM, colour=WARN, name="quiet")]


def _silence(sitting: Sitting, silent: Sequence[dict[str, Any]]) -> str:
    heard = [tablet["seen_at"] for tablet in silent if tablet["seen_at"]]
    if not heard:
        return sitting.words.several(
            "{count} tablet has never synchronized: its work is in no figure yet.",
            "{count} tablets have never synchronized: their work is in no figure yet.",
            len(silent),
        )
    since = datetime.fromisoformat(min(heard))
    return sitting.words.several(
        "{count} tablet has not synchronized for {span}: its work is in no figure yet.",
        "{count} tablets have not synchronized, one of them for {span}: their work is in no"
        " figure yet.",
        len(silent),
        span=times.span(sitting.workplace.clock() - since, sitting.words),
    )


def tablets(sitting: Sitting, fresh: dict[str, Any]) -> ft.Control:
    """Each tablet and when it was last heard of; what waits for somebody's word."""
    rows: list[ft.Control] = [_tablet(sitting, tablet) for tablet in fresh["tablets"]]
    if not rows:
        rows = [text.small(sitting.say("No tablet is enrolled."))]
    count = fresh["to_settle"]
    waiting = sitting.words.several(
        "{count} change waits for a word", "{count} changes wait for a word", count
    )
    if count:
        rows.append(text.small(waiting, colour=WARN))
    return cards.section(sitting.say("How fresh this is"), rows)


def _tablet(sitting: Sitting, tablet: dict[str, Any]) -> ft.Control:
    quiet_one = tablet["quiet"]
    at = sitting.say("never")
    if tablet["seen_at"]:
        seen = datetime.fromisoformat(tablet["seen_at"])
        at = sitting.when(seen)
    icon, colour = (ft.Icons.SYNC_PROBLEM, WARN) if quiet_one else (ft.Icons.CLOUD_DONE, GOOD)
    return ft.Row(
        [
            ft.Icon(icon, color=colour, size=22),
            ft.Container(
                text.body(" · ".join(filter(None, [tablet["code"], tablet["crew"]])), lines=1),
                expand=True,
            ),
            text.small(at, colour=colour if quiet_one else SOFT, lines=1),
        ],
        spacing=10,
    )
