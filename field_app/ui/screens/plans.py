"""The plans: each rule in words, what it will do next, and putting it to rest."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import flet as ft

from asset_model.roles import may_edit
from field_app.actions.plans import set_active
from field_app.reads.plans import active_plans
from field_app.ui import tokens
from field_app.ui.guard import component
from field_app.ui.keeping import use_view
from field_app.ui.parts import bulletins, buttons, cards, fields, office_page, pages, text
from field_app.ui.sitting import Sitting, use_sitting
from field_app.ui.themes import ACTION, BAD, GOOD, LINE, SOFT, WARN
from field_app.ui.words import noted

Plan = dict[str, Any]
FILTERS = (
    ("all", noted("All plans")),
    ("legal", noted("Asked by law")),
    ("resting", noted("At rest")),
    ("trouble", noted("In trouble")),
)
PAGE = 20
"""Each says a good deal."""


@ft.observable
@dataclass
class Shown:
    wanted: str = "all"
    search: str = ""
    page: int = 0

    def choose(self, wanted: str) -> None:
        self.wanted, self.page = wanted, 0

    def type(self, search: str) -> None:
        self.search, self.page = search, 0

    def turn(self, page: int) -> None:
        self.page = page


@component
def Plans(rest: str) -> Any:
    """`rest`: nothing; the page has one place."""
    sitting = use_sitting()
    if not bulletins.allowed(sitting, "plans"):
        return bulletins.not_allowed(sitting)
    return PlanList(key="plan-list")


@component
def PlanList() -> Any:
    sitting = use_sitting()
    shown = use_view(sitting, Shown, name="plans")
    told = bulletins.use_bulletin("plans", {})
    every = _as_here(sitting, told.body["plans"]) if told.body else []
    tools = [*_filters(sitting, shown, every), _to_campaigns(sitting)]
    top = office_page.head(sitting, sitting.say("Plans"), told, tools)
    return office_page.page(
        sitting, told, top, lambda _: _body(sitting, shown, every), key="plans-page"
    )


def _as_here(sitting: Sitting, plans: list[Plan]) -> list[Plan]:
    """What was put to rest here is at rest, whatever the server has heard of it yet."""
    active = sitting.read(active_plans)
    return [{**plan, "active": active.get(plan["id"], plan["active"])} for plan in plans]


def _filters(sitting: Sitting, shown: Shown, every: list[Plan]) -> list[ft.Control]:
    return [
        buttons.choice_button(
            f"{sitting.say(word)} · {sum(_fits(plan, code) for plan in every)}",
            chosen=shown.wanted == code,
            press=partial(shown.choose, code),
            key=f"plans-{code}",
            compact=True,
        )
        for code, word in FILTERS
    ]


def _fits(plan: Plan, wanted: str) -> bool:
    match wanted:
        case "legal":
            return bool(plan["legal"])
        case "resting":
            return not plan["active"]
        case "trouble":
            return plan["active"] and bool(plan["trouble"] or plan["units"] == 0)
    return True


def _to_campaigns(sitting: Sitting) -> ft.Control:
    return buttons.plain_button(
        sitting.say("Campaigns"),
        icon=ft.Icons.CAMPAIGN,
        press=lambda: sitting.go("/campaigns"),
        key="to-campaigns",
    )


def _body(sitting: Sitting, shown: Shown, every: list[Plan]) -> Sequence[ft.Control]:
    field = fields.text_field(
        sitting.say("Search a plan"), shown.search, shown.type, key="search", icon=ft.Icons.SEARCH
    )
    found = [plan for plan in every if _fits(plan, shown.wanted) and _says(plan, shown.search)]
    rows = [_plan(sitting, plan) for plan in found[shown.page * PAGE : (shown.page + 1) * PAGE]]
    if not rows:
        sentence = sitting.say("No plan here. Choose “All plans”, or search another word.")
        rows = [cards.empty(sentence, icon=ft.Icons.EVENT_REPEAT)]
    turned = pages.turning(sitting, shown.page, max(1, -(-len(found) // PAGE)), shown.turn)
    return [field, *rows, *turned]


def _says(plan: Plan, search: str) -> bool:
    told = f"{plan['code']} {plan['title']['fr']} {plan['title']['en']} {plan['shop'] or ''}"
    return all(word in told.lower() for word in search.lower().split())


def _plan(sitting: Sitting, plan: Plan) -> ft.Control:
    words = sitting.words
    title = words.either(plan["title"]["fr"], plan["title"]["en"])
    first = ft.Row(
        [
            text.strong(plan["code"], size_px=tokens.LEAD_PX, colour=ACTION, lines=1),
            ft.Container(text.strong(title, size_px=tokens.LEAD_PX, lines=2), expand=True),
            _state(sitting, plan),
        ],
        spacing=12,
    )
    left = ft.Column(
        [
            text.body(_rule(sitting, plan)),
            text.small(_facts(sitting, plan)),
            *_basis(sitting, plan),
            *_pausing(sitting, plan),
        ],
        spacing=6,
    )
    halves = ft.ResponsiveRow(
        [
            ft.Container(left, col={"xs": 12, "lg": 6}),
            ft.Container(_next(sitting, plan), col={"xs": 12, "lg": 6}),
        ],
        spacing=16,
        run_spacing=10,
    )
    return cards.card([first, halves], gap_px=8)


def _state(sitting: Sitting, plan: Plan) -> ft.Control:
    sign = (ft.Icons.PLAY_CIRCLE, GOOD, sitting.say("asks for work"))
    if not plan["active"]:
        sign = (ft.Icons.PAUSE_CIRCLE, SOFT, sitting.say("at rest"))
    elif plan["trouble"] or plan["units"] == 0:
        sign = (ft.Icons.ERROR, BAD, sitting.say("asks for nothing"))
    icon, colour, word = sign
    inside: list[ft.Control] = [
        ft.Icon(icon, color=colour, size=22),
        text.small(word, colour=colour, lines=1),
    ]
    return ft.Row(inside, spacing=6, tight=True)


def _rule(sitting: Sitting, plan: Plan) -> str:
    words = sitting.words
    if plan["trouble"]:
        return words.either(plan["trouble"]["fr"], plan["trouble"]["en"])
    told = [words.either(each["fr"], each["en"]) for each in plan["words"]]
    rule = "".join(told) or words.say("nothing says when")
    if len(told) > 1:
        joined = words.say(" or ").join(told)
        rule = words.say("{rules}, whichever comes first", rules=joined)
    seasons = [words.either(each["fr"], each["en"]) for each in plan["seasons"]]
    return " · ".join([rule, *seasons])


def _facts(sitting: Sitting, plan: Plan) -> str:
    words = sitting.words
    told = [plan["shop"] or words.say("no shop")]
    if plan["hours"] is not None:
        told.append(f"{words.number(plan['hours'])}\u00a0h")
    if plan["units"] is not None:
        told.append(words.several("{count} asset", "{count} assets", plan["units"]))
    told.append(words.several("{count} open order", "{count} open orders", plan["open"]))
    told.append(words.several("{count} day ahead", "{count} days ahead", plan["lead_days"]))
    return " · ".join(told)


def _basis(sitting: Sitting, plan: Plan) -> list[ft.Control]:
    found: list[ft.Control] = []
    if plan["legal"]:
        law = plan["basis"] or ""
        said = " · ".join(filter(None, [sitting.say("by law"), law]))
        found.append(text.small(said, colour=BAD, lines=2))
    elif plan["basis"]:
        found.append(text.small(plan["basis"], lines=2))
    if plan["nests"]:
        told = sitting.say("Does the work of {plans} along with it", plans=", ".join(plan["nests"]))
        found.append(text.small(told))
    return found


def _next(sitting: Sitting, plan: Plan) -> ft.Control:
    """The soonest dates to come, each with its unit and why."""
    if not plan["active"]:
        return text.small(sitting.say("At rest, it asks for nothing."))
    if not plan["next"]:
        return text.small(sitting.say("Nothing to come within a year."))
    rows: list[ft.Control] = [text.small(sitting.say("What it will do next"))]
    for each in plan["next"]:
        why = sitting.words.either(each["why"]["fr"], each["why"]["en"])
        rows.append(
            ft.Row(
                [
                    text.strong(each["day"], size_px=tokens.SMALL_PX, lines=1),
                    ft.Container(
                        text.small(
                            " · ".join(filter(None, [each["asset"], why, _spread(sitting, each)])),
                            lines=2,
                        ),
                        expand=True,
                    ),
                ],
                spacing=12,
            )
        )
    return ft.Container(
        ft.Column(rows, spacing=4),
        border=ft.Border.only(left=ft.BorderSide(2, LINE)),
        padding=ft.Padding.only(left=14),
    )


def _spread(sitting: Sitting, each: dict[str, Any]) -> str:
    """How sure a date by a meter is."""
    if each["earliest"] == each["day"] == each["latest"]:
        return ""
    latest = each["latest"] or sitting.say("who knows")
    return sitting.say("between {earliest} and {latest}", earliest=each["earliest"], latest=latest)


def _pausing(sitting: Sitting, plan: Plan) -> list[ft.Control]:
    if not may_edit(sitting.signed.role, "maintenance_plan", "active"):
        return []
    active = plan["active"]

    def press() -> None:
        if sitting.act(set_active, plan["id"], not active):
            word = noted("{plan} is at rest.") if active else noted("{plan} asks again.")
            sitting.tell(sitting.say(word, plan=plan["code"]), undo=undo)

    def undo() -> None:
        sitting.act(set_active, plan["id"], active)

    button = buttons.plain_button(
        sitting.say("Put to rest") if active else sitting.say("Take up again"),
        icon=ft.Icons.PAUSE if active else ft.Icons.PLAY_ARROW,
        press=press,
        key=f"pause-{plan['code']}",
    )
    warning = []
    if active and plan["legal"]:
        warning = [
            text.small(
                sitting.say("The law asks for it: at rest, nobody is reminded."), colour=WARN
            )
        ]
    return [ft.Row([button, *warning], spacing=16, run_spacing=6, wrap=True)]
