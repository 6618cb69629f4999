"""A paper that is made of sections: what stands around them on every page."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from asset_model.fleet import LegalRule
from asset_model.fleet_rules import figures_at
from sync_server.papers.printing import Content
from sync_server.papers.spelling import Spelling

if TYPE_CHECKING:
    from sync_server.bulletins.asking import Asking

LAYOUT = "unit_file"
"""The layout of papers that are made of sections."""


def whole(
    asking: "Asking", title: str, subtitle: str, sections: Sequence[dict[str, Any]], spell: Spelling
) -> Content:
    operator = figures_at(asking.session.scalars(select(LegalRule)), asking.now).operator
    made = spell.say("Printed", "Imprimé le")
    return {
        "title": title,
        "subtitle": f"{subtitle} · {operator} · {made} {spell.moment(asking.now)}",
        "language": spell.language,
        "operator": operator,
        "footer": f"{title} · {spell.moment(asking.now)}",
        "words": {"page": "page", "of": spell.say("of", "de")},
        "sections": list(sections),
    }
