"""How each layer is drawn: its colours, by one field where that says most."""

from dataclasses import dataclass

from gis.features import OutLayer

Colour = tuple[int, int, int]

GREY: Colour = (150, 150, 150)
BY_CLASS: dict[str, Colour] = {
    "road_segment": (110, 110, 110),
    "sidewalk": (176, 148, 110),
    "pipe": (31, 120, 180),
    "valve": (0, 90, 160),
    "hydrant": (214, 39, 40),
    "manhole": (90, 90, 90),
    "catch_basin": (60, 110, 60),
    "culvert": (112, 84, 62),
    "street_light": (240, 180, 0),
    "sign": (200, 80, 0),
    "building": (205, 190, 170),
    "sector": (120, 160, 120),
    "bike_path": (34, 139, 34),
}
OTHERS: tuple[Colour, ...] = (
    (228, 26, 28), (55, 126, 184), (77, 175, 74), (152, 78, 163), (255, 127, 0), (166, 86, 40),
    (247, 129, 191), (0, 150, 136), (121, 85, 72), (63, 81, 181),
)  # fmt: skip
"""For the codes of a field, in their order, and around again."""

TOLD_BY = {
    "road_segment": "road_class",
    "pipe": "network",
    "work_orders": "status",
    "closures": "status",
    "passes": "kind",
}
"""The field whose values have a colour each."""
OF_CODES: dict[str, Colour] = {
    "drinking_water": (31, 120, 180),
    "sanitary": (140, 70, 20),
    "storm": (51, 160, 44),
    "combined": (106, 61, 154),
    "draft": GREY,
    "planned": (120, 160, 220),
    "dispatched": (31, 120, 180),
    "accepted": (0, 90, 160),
    "in_progress": (255, 127, 0),
    "on_hold": (227, 200, 0),
    "clearing": (31, 120, 180),
    "spreading": (255, 127, 0),
    "sweeping": (51, 160, 44),
    "patrol": (106, 61, 154),
    "in_force": (214, 39, 40),
    "lifted": GREY,
    "done": (77, 175, 74),
    "closed": (44, 110, 44),
    "cancelled": GREY,
}
LABELLED_BY = {
    "road_segment": "name",
    "work_orders": "number",
    "closures": "place",
    "sector": "name",
}


@dataclass(frozen=True)
class Entry:
    """One line of a legend; `code` is None where it stands for every row."""

    label: str
    colour: Colour
    code: str | None = None

    @property
    def hexadecimal(self) -> str:
        return "#{:02x}{:02x}{:02x}".format(*self.colour)


@dataclass(frozen=True)
class Legend:
    """`by`: the field that its entries tell apart; `labelled_by`: the one written on the map."""

    entries: tuple[Entry, ...]
    by: str | None
    labelled_by: str | None


def legend_of(layer: OutLayer, language: str) -> Legend:
    """The legend, with an entry more for the rows of which the field says nothing."""
    fields = {field.name: field for field in layer.fields}
    named = LABELLED_BY.get(layer.code)
    labelled = named if named in fields else None
    alone = Entry(layer.label(language), BY_CLASS.get(layer.code, OTHERS[3]))
    by = TOLD_BY.get(layer.code)
    if by not in fields or not fields[by].choices:
        return Legend((alone,), None, labelled)
    entries = [
        Entry(
            choice.label_fr if language == "fr" else choice.label_en,
            OF_CODES.get(choice.code, OTHERS[place % len(OTHERS)]),
            choice.code,
        )
        for place, choice in enumerate(fields[by].choices)
    ]
    rest = Entry("Autres" if language == "fr" else "Others", GREY, "")
    return Legend((*entries, rest), by, labelled)
