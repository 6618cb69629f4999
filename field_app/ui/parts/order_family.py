"""On an order's page: what it is part of, the jobs it is made of, what comes before and after."""

from collections.abc import Sequence
from functools import partial

import flet as ft

from asset_model.work_orders import WorkOrder
from field_app.reads.families import Family, Member
from field_app.reads.order_page import OrderPage
from field_app.ui.parts import buttons, cards, charts, status, text
from field_app.ui.parts.template_preview import SKILLS
from field_app.ui.sitting import Sitting
from field_app.ui.themes import GOOD, LINE, WARN


def order_family(sitting: Sitting, page: OrderPage) -> list[ft.Control]:
    """Nothing on an order of no family."""
    family = page.family
    if family is None:
        return []
    return [*_parent(sitting, family), *_jobs(sitting, family), *_turn(sitting, family)]


def _parent(sitting: Sitting, family: Family) -> list[ft.Control]:
    parent = family.parent
    if parent is None:
        return []
    name = " · ".join(part for part in (parent.number or parent.alias, parent.title) if part)
    button = buttons.plain_button(
        sitting.say("Part of {order}", order=name),
        icon=ft.Icons.ACCOUNT_TREE,
        press=partial(sitting.go, f"/orders/{parent.id}"),
        key="to-parent",
    )
    return [ft.Row([button], wrap=True)]


def _jobs(sitting: Sitting, family: Family) -> list[ft.Control]:
    if not family.children:
        return []
    done, total = family.done, len(family.children)
    said = sitting.say("{done} of {total} jobs done", done=done, total=total)
    bar = charts.share_bar([(done / total, GOOD), (1 - done / total, LINE)], said=said)
    heading = sitting.say("Jobs · {done} of {total}", done=done, total=total)
    rows = [_row(sitting, member) for member in family.children]
    return [cards.section(heading, [bar, *rows])]


def _turn(sitting: Sitting, family: Family) -> list[ft.Control]:
    """Which of its family come before this one, and which wait for it."""
    parts: list[ft.Control] = []
    if family.before:
        parts += _listed(sitting, sitting.say("To be done before this one"), family.before)
    if family.unseen:
        sentence = sitting.words.several(
            "{count} job before this one is not on this tablet: ask your foreman.",
            "{count} jobs before this one are not on this tablet: ask your foreman.",
            family.unseen,
        )
        parts.append(text.body(sentence, colour=WARN))
    if family.after:
        parts += _listed(sitting, sitting.say("Waiting for this one"), family.after)
    return [cards.section(sitting.say("Its turn"), parts)] * bool(parts)


def _listed(sitting: Sitting, heading: str, members: Sequence[Member]) -> list[ft.Control]:
    return [text.small(heading), *(_row(sitting, member) for member in members)]


def _row(sitting: Sitting, member: Member) -> ft.Control:
    """A job: where it stands, what it is, whose, and what it waits for."""
    order, sign = member.order, status.sign_of(member.order.status)
    inside: list[ft.Control] = [
        text.strong(order.title, lines=2),
        ft.Row(
            [status.chip(sign, sitting.words), text.small(_foot(sitting, member, order))],
            wrap=True,
            spacing=16,
            run_spacing=2,
        ),
    ]
    if member.waits_for:
        told = sitting.say("Waits for: {jobs}", jobs=", ".join(member.waits_for))
        inside.append(text.small(told, colour=WARN))
    strip = cards.with_strip(ft.Column(inside, spacing=4), colour=sign.colour, chosen=False)
    return buttons.tap(
        strip, press=partial(sitting.go, f"/orders/{order.id}"), key=f"job-{order.rank}"
    )


def _foot(sitting: Sitting, member: Member, order: WorkOrder) -> str:
    told = [order.number or order.alias or "", member.crew or sitting.say("no crew yet")]
    if order.skill in SKILLS:
        told.append(sitting.say(SKILLS[order.skill]))
    if order.estimated_hours is not None:
        told.append(f"{sitting.words.number(order.estimated_hours)}\u00a0h")
    return " · ".join(told)
