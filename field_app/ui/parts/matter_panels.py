"""What a matter says: two values side by side and whose they are, or what was asked and why not."""

from datetime import datetime

import flet as ft

from asset_model.matters import MatterState
from asset_model.vocabulary import WorkOrderStatus as Status
from field_app.reads.matter_page import Contest, MatterPage, Side
from field_app.ui import tokens
from field_app.ui.parts import cards, matter_words, text
from field_app.ui.parts.reasons import why
from field_app.ui.sitting import Sitting
from field_app.ui.themes import FILLS, GOOD, LINE, SURFACE, WARN, edge_px

Buttons = tuple[ft.Control, ft.Control]
"""To keep, and to take the other."""


def crossing(sitting: Sitting, page: MatterPage) -> list[ft.Control]:
    """A status that two people moved at once, in a sentence."""
    for contest in page.contests:
        if contest.column == "status" and contest.kept.value == Status.CANCELLED:
            return [text.body(sitting.say("The order was cancelled while the crew worked on it."))]
        if contest.column == "status":
            return [text.body(sitting.say("Two people moved the order on at the same time."))]
    return []


def contested(sitting: Sitting, page: MatterPage, choose: Buttons | None) -> list[ft.Control]:
    """The values side by side, each with its button; who and when beside them belong to them."""
    main = [c for c in page.contests if c.column not in matter_words.BESIDE] or page.contests
    one = choose if len(main) == 1 else None
    parts = [part for contest in main for part in _contest(sitting, page, contest, one)]
    if choose and not one:
        parts.append(_side_by_side(*choose))
    return parts


def _contest(
    sitting: Sitting, page: MatterPage, contest: Contest, choose: Buttons | None
) -> list[ft.Control]:
    kept, aside = contest.kept, contest.set_aside
    keep, take = choose or (None, None)
    parts: list[ft.Control] = [
        text.strong(matter_words.label(sitting, contest.column, contest.step)),
        _side_by_side(
            _panel(sitting, sitting.say("Kept"), page, contest, kept, keep, colour=GOOD),
            _panel(sitting, sitting.say("Set aside"), page, contest, aside, take, colour=WARN),
        ),
    ]
    if page.matter.state == MatterState.OPEN and contest.now != kept.value:
        now = matter_words.shown(sitting, page, contest.column, contest.now, contest.step)
        parts.append(text.body(sitting.say("Now it says “{value}”.", value=now), colour=WARN))
    return parts


def _side_by_side(first: ft.Control, second: ft.Control) -> ft.Control:
    return ft.Row(
        [ft.Container(first, expand=True), ft.Container(second, expand=True)],
        spacing=12,
        vertical_alignment=ft.CrossAxisAlignment.START,
    )


def _panel(
    sitting: Sitting,
    what: str,
    page: MatterPage,
    contest: Contest,
    side: Side,
    button: ft.Control | None,
    *,
    colour: str,
) -> ft.Control:
    value = matter_words.shown(sitting, page, contest.column, side.value, contest.step)
    inside: list[ft.Control] = [
        text.small(what, colour=colour),
        text.strong(value, size_px=tokens.LEAD_PX),
        text.small(_whose(sitting, side)),
        *([_raised(button)] if button else []),
    ]
    return ft.Container(
        ft.Column(inside, spacing=6, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
        bgcolor=FILLS.get(colour),
        border=ft.Border.all(edge_px(), LINE),
        border_radius=tokens.RADIUS_PX,
        padding=12,
    )


def _raised(button: ft.Control) -> ft.Control:
    """A button on a coloured ground has a ground of its own."""
    return ft.Container(
        button,
        bgcolor=SURFACE,
        border_radius=tokens.RADIUS_PX,
        margin=ft.Margin.only(top=tokens.GRID_PX),
    )


def _whose(sitting: Sitting, side: Side) -> str:
    if side.at is None:
        return side.by
    at = sitting.when(side.at)
    return sitting.say("{person}, {at}", person=side.by, at=at) if side.by else at


def asked(sitting: Sitting, page: MatterPage) -> list[ft.Control]:
    """What somebody did that was not taken, and why."""
    parts: list[ft.Control] = [text.small(_by_whom(sitting, page))]
    parts += [_line(sitting, *line) for line in matter_words.asked_lines(sitting, page)]
    if page.matter.code and page.matter.state == MatterState.OPEN:
        reason = why(sitting, page.matter.code, page.matter.details)
        parts.append(cards.banner(reason, icon=ft.Icons.INFO, colour=WARN, name="why-not"))
    return parts


def _line(sitting: Sitting, what: str, before: str, after: str) -> ft.Control:
    """What it is, what was asked, and below it what it was."""
    inside: list[ft.Control] = [text.small(what), text.strong(after)]
    if before:
        inside.append(text.small(sitting.say("in place of “{before}”", before=before)))
    return ft.Column(inside, spacing=2, horizontal_alignment=ft.CrossAxisAlignment.STRETCH)


def _by_whom(sitting: Sitting, page: MatterPage) -> str:
    matter, say = page.matter, sitting.say
    at = _at(sitting, page)
    if not page.person:
        return say("On the tablet {device}, {at}", device=matter.device_code or "–", at=at)
    if matter.device_code:
        return say(
            "{person}, {at}, on the tablet {device}",
            person=page.person,
            at=at,
            device=matter.device_code,
        )
    return say("{person}, {at}", person=page.person, at=at)


def _at(sitting: Sitting, page: MatterPage) -> str:
    return sitting.when(page.matter.made_at or page.matter.raised_at)


def turn(sitting: Sitting, page: MatterPage) -> list[ft.Control]:
    """Who began, when, and which jobs before it were not done."""
    waited = page.matter.details.get("before", [])
    names = "\n".join(" · ".join(filter(None, [one["number"], one["title"]])) for one in waited)
    sentence = sitting.say("Was to be done first:")
    parts: list[ft.Control] = [text.small(_by_whom(sitting, page)), text.body(sentence)]
    return [*parts, text.strong(names)]


def device(sitting: Sitting, page: MatterPage) -> list[ft.Control]:
    """A tablet that held other rows than the server, and whether it has mended itself."""
    matter, say = page.matter, sitting.say
    code, where = matter.device_code or "–", _bucket(sitting, page)
    told = say(
        "At {at}, the tablet {device} did not hold the same records as the server ({where}).",
        at=sitting.when(matter.raised_at),
        device=code,
        where=where,
    )
    parts: list[ft.Control] = [text.body(told)]
    repaired_at = matter.details.get("repaired_at")
    if repaired_at is None:
        sentence = say(
            "It reads them anew by itself. If this stays, have it brought in: its work is kept."
        )
        parts.append(
            cards.banner(sentence, icon=ft.Icons.SYNC_PROBLEM, colour=WARN, name="differs")
        )
        return parts
    at = sitting.when(datetime.fromisoformat(repaired_at))
    sentence = say("It has mended itself: equal again since {at}. Nothing was lost.", at=at)
    parts.append(cards.banner(sentence, icon=ft.Icons.CHECK_CIRCLE, colour=GOOD, name="mended"))
    return parts


def _bucket(sitting: Sitting, page: MatterPage) -> str:
    details = page.matter.details
    known = {"town": sitting.say("the town’s lists"), "office": sitting.say("the office")}
    bucket, place = details.get("bucket", ""), details.get("place", "")
    return known.get(bucket) or str(page.names.get(place, bucket))


def notice(sitting: Sitting, page: MatterPage) -> list[ft.Control]:
    """What did not leave that day, for one reason: how many, and the first of them."""
    details = page.matter.details
    count, first = int(details.get("count", 1)), str(details.get("first", "–"))
    told = sitting.words.several(
        "{count} notice did not leave: {first}.",
        "{count} notices did not leave; the first: {first}.",
        count,
        first=first,
    )
    sentence = why(sitting, page.matter.code, details)
    return [
        text.body(told),
        cards.banner(sentence, icon=ft.Icons.UNSUBSCRIBE, colour=WARN, name="not-told"),
    ]
