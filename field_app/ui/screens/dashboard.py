"""The director's page: how the town's work stands, and what each number is made of."""

from typing import Any

import flet as ft

from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import (
    board_cards,
    board_fresh,
    board_tiles,
    board_week,
    bulletins,
    office_page,
    papers,
    tiles,
)
from field_app.ui.parts.board_head import Narrowed, head
from field_app.ui.parts.board_list import BoardList
from field_app.ui.sitting import Sitting, use_sitting


@component
def Dashboard(rest: str) -> Any:
    """`rest` follows in the address: nothing, or a figure, perhaps a part of it, and which week."""
    sitting = use_sitting()
    if not bulletins.allowed(sitting, "dashboard"):
        return bulletins.not_allowed(sitting)
    figure, part, beside, *_ = [*rest.split("/"), "", "", ""]
    if figure:
        part = "" if part == "all" else part
        return BoardList(figure, part, beside, key=f"board-{rest}")
    return Board(key="board")


@component
def Board() -> Any:
    sitting = use_sitting()
    narrowed = use_view(sitting, Narrowed, name="board")
    told = bulletins.use_bulletin("dashboard", narrowed.question)
    return office_page.page(
        sitting,
        told,
        head(sitting, narrowed, told),
        lambda body: [
            *_body(sitting, narrowed, body),
            papers.to_take_away(sitting, "dashboard", narrowed.question),
        ],
        key="board-page",
    )


def _body(sitting: Sitting, narrowed: Narrowed, body: dict[str, Any]) -> list[ft.Control]:
    figures = {figure["code"]: figure for figure in body["figures"]}
    fresh = body["freshness"]
    right = [
        board_cards.compliance(sitting, figures["compliance"]),
        board_fresh.tablets(sitting, fresh),
    ]
    return [
        *board_fresh.quiet(sitting, fresh),
        board_tiles.tiles_of(sitting, figures),
        *_week(sitting, narrowed, body),
        tiles.beside(
            [
                board_cards.backlog(sitting, figures["backlog"]),
                ft.Column(right, spacing=12, horizontal_alignment=ft.CrossAxisAlignment.STRETCH),
            ]
        ),
        board_cards.cost(sitting, figures["cost"]),
    ]


def _week(sitting: Sitting, narrowed: Narrowed, body: dict[str, Any]) -> list[ft.Control]:
    """A page that was told by an older server, and kept, has none."""
    return [board_week.week(sitting, narrowed, body["week"])] if "week" in body else []
