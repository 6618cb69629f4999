"""The lists that the product brings, until a town publishes editions of its own."""

from datetime import date

from asset_model.builtin_bus_lists import (
    BUS_KINDS,
    COACH_KINDS,
    LIST_2,
    LIST_3,
    SOURCE_2,
    SOURCE_3,
)
from asset_model.builtin_list_1 import LIST_1
from asset_model.builtin_list_1 import SOURCE as LEGAL_SOURCE
from asset_model.builtin_own_section import OWN_SECTION
from asset_model.builtin_own_section import SOURCE as OWN_SOURCE
from asset_model.fleet import InspectionForm
from asset_model.fleet_vocabulary import FormPart
from asset_model.ids import derived_id


def builtin_forms() -> list[InspectionForm]:
    """The first editions, with the same ids in every town."""
    first = date(2016, 11, 20)
    legal = ("liste_1", FormPart.LEGAL, ("Liste 1 – Véhicule lourd", "List 1 – Heavy vehicle"))
    own = ("exploitant", FormPart.OWN, ("Vérifications de l’exploitant", "Operator’s section"))
    bus = ("liste_2", FormPart.LEGAL, ("Liste 2 – Autobus", "List 2 – Bus"))
    coach = ("liste_3", FormPart.LEGAL, ("Liste 3 – Autocar", "List 3 – Motor coach"))
    return [
        InspectionForm(
            id=derived_id("inspection_form", code, "1"),
            code=code,
            edition=1,
            part=part,
            title_fr=titles[0],
            title_en=titles[1],
            vehicle_kinds=list(kinds),
            items=list(items),
            effective_on=first,
            source=source,
            confirmed=False,
        )
        for (code, part, titles), kinds, items, source in (
            (legal, (), LIST_1, LEGAL_SOURCE),
            (own, (), OWN_SECTION, OWN_SOURCE),
            (bus, BUS_KINDS, LIST_2, SOURCE_2),
            (coach, COACH_KINDS, LIST_3, SOURCE_3),
        )
    ]
