"""Models of water and sewers as EPANET and SWMM write them: their links and nodes as tables.

An own reader, because wntr reads EPANET only, brings scipy and matplotlib with it, and simulates:
here names, ends, sizes and places are all that is wanted. Its figures are held against wntr's in
the tests. Sections that are known and not needed are passed over; one that is unknown is refused
with its line, as EPANET itself does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from pandas import DataFrame

from gis.mapping import OWN_CRS, OWN_GEOMETRY
from gis.problems import Problem, listed, refuse
from gis.table import Table

Words = tuple[int, list[str]]
"""A line of a section: its number in the file, and its words."""

MM_PER_INCH, M_PER_FOOT = 25.4, 0.3048
US_FLOWS = ("CFS", "GPM", "MGD", "IMGD", "AFD")

_EPANET = """
TITLE JUNCTIONS RESERVOIRS TANKS PIPES PUMPS VALVES TAGS DEMANDS STATUS PATTERNS CURVES CONTROLS
RULES ENERGY EMITTERS QUALITY SOURCES REACTIONS MIXING TIMES REPORT OPTIONS COORDINATES VERTICES
LABELS BACKDROP LEAKAGE ROUGHNESS END
"""
_SWMM = """
TITLE OPTIONS REPORT FILES RAINGAGES EVAPORATION TEMPERATURE ADJUSTMENTS SUBCATCHMENTS SUBAREAS
INFILTRATION LID_CONTROLS LID_USAGE AQUIFERS GROUNDWATER GWF SNOWPACKS JUNCTIONS OUTFALLS
DIVIDERS STORAGE CONDUITS PUMPS ORIFICES WEIRS OUTLETS XSECTIONS TRANSECTS LOSSES CONTROLS
POLLUTANTS LANDUSES COVERAGES LOADINGS BUILDUP WASHOFF TREATMENT INFLOWS DWF RDII HYDROGRAPHS
CURVES TIMESERIES PATTERNS MAP COORDINATES VERTICES POLYGONS SYMBOLS LABELS BACKDROP TAGS
PROFILES STREETS INLETS INLET_USAGE EVENT EVENTS END
"""
EPANET_SECTIONS, SWMM_SECTIONS = frozenset(_EPANET.split()), frozenset(_SWMM.split())
# Layer: the section, and the columns that its words fill after the id.
LINKS: dict[str, tuple[str, ...]] = {
    "pipes": ("from_node", "to_node", "length", "diameter", "roughness", "loss", "status"),
    "valves": ("from_node", "to_node", "diameter", "kind", "setting"),
    "pumps": ("from_node", "to_node", "settings"),
    "conduits": ("from_node", "to_node", "length", "roughness"),
    "orifices": ("from_node", "to_node", "kind"),
    "weirs": ("from_node", "to_node", "kind"),
}
NODES: dict[str, tuple[str, ...]] = {
    "junctions": ("elevation",),
    "reservoirs": ("elevation",),
    "tanks": ("elevation",),
    "outfalls": ("elevation", "kind"),
    "storage": ("elevation", "depth"),
}


@dataclass(frozen=True)
class _Model:
    path: Path
    sections: Mapping[str, list[Words]] = field(default_factory=dict)

    @property
    def is_sewer(self) -> bool:
        return "CONDUITS" in self.sections

    @property
    def layers(self) -> list[str]:
        return [name for name in (*LINKS, *NODES) if self.sections.get(name.upper())]


def read_inp(path: Path, *, layer: str | None = None) -> Table:
    """One layer of a model. Lengths become metres and diameters millimetres, whatever its units.

    :raises ImportRefused: it is no model, a section is unknown, or it has several layers
    """
    model = _model(path)
    if not model.layers:
        raise refuse("file_empty", path=path)
    if layer is None and len(model.layers) > 1:
        raise refuse("layers_several", path=path, known=listed(model.layers))
    wanted = layer or model.layers[0]
    if wanted not in model.layers:
        raise refuse("layer_unknown", layer=wanted, known=listed(model.layers))
    rows, faults = _rows(model, wanted)
    frame = DataFrame(rows, dtype=object).fillna("")
    frame.index = range(1, len(frame) + 1)
    frame[OWN_CRS] = ""
    return Table(path, frame, faults)


def _model(path: Path) -> _Model:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise refuse("file_unreadable", path=path, why=error.strerror) from None
    sections: dict[str, list[Words]] = {}
    current: list[Words] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.partition(";")[0].split()
        if not words:
            continue
        if words[0].startswith("["):
            current = sections.setdefault(_section(words[0], number, path=path), [])
        elif current is None:
            raise refuse("inp_syntax", path=path, line=number, text=line.strip())
        else:
            current.append((number, words))
    known = SWMM_SECTIONS if "CONDUITS" in sections else EPANET_SECTIONS
    for name in sections:
        if name not in known:
            raise refuse("inp_syntax", path=path, line=_line_of(name, text), text=f"[{name}]")
    return _Model(path, sections)


def _section(word: str, number: int, *, path: Path) -> str:
    """EPANET takes a section by the first letters of its name."""
    name = word.strip("[]").upper()
    every = sorted(EPANET_SECTIONS | SWMM_SECTIONS)
    if name in every:
        return name
    begun = [known for known in every if len(name) >= 4 and known.startswith(name)]
    if not begun:
        raise refuse("inp_syntax", path=path, line=number, text=word)
    return begun[0]


def _line_of(name: str, text: str) -> int:
    lines = enumerate(text.splitlines(), start=1)
    return next(number for number, line in lines if line.strip().upper().startswith(f"[{name}"))


def _rows(model: _Model, layer: str) -> tuple[list[dict[str, str]], dict[int, Problem]]:
    columns = LINKS.get(layer) or NODES[layer]
    places = _places(model)
    scale = _Scale(model)
    rows, faults = [], dict[int, Problem]()
    for row, (number, words) in enumerate(model.sections[layer.upper()], start=1):
        cells = dict(zip(("id", *columns), [*words, *[""] * len(columns)], strict=False))
        if layer in LINKS and len(words) < 3:
            faults[row] = Problem("inp_line", row, {"line": number, "text": " ".join(words)})
        rows.append(scale.measured(cells) | {OWN_GEOMETRY: _shape(cells, places, layer)})
    return rows, faults


@dataclass(frozen=True)
class _Places:
    nodes: Mapping[str, tuple[str, str]]
    bends: Mapping[str, list[tuple[str, str]]]


def _places(model: _Model) -> _Places:
    nodes = {w[0]: (w[1], w[2]) for _, w in model.sections.get("COORDINATES", ()) if len(w) > 2}
    bends: dict[str, list[tuple[str, str]]] = {}
    for _, words in model.sections.get("VERTICES", ()):
        if len(words) > 2:
            bends.setdefault(words[0], []).append((words[1], words[2]))
    return _Places(nodes, bends)


def _shape(cells: Mapping[str, str], places: _Places, layer: str) -> str:
    """WKT, empty where a node has no place."""
    if layer in NODES:
        place = places.nodes.get(cells["id"])
        return f"POINT ({place[0]} {place[1]})" if place else ""
    ends = [places.nodes.get(cells[end]) for end in ("from_node", "to_node")]
    if None in ends:
        return ""
    run = [ends[0], *places.bends.get(cells["id"], ()), ends[1]]
    return f"LINESTRING ({', '.join(f'{place[0]} {place[1]}' for place in run if place)})"


class _Scale:
    """The units of a model's lengths and diameters, which its flow units decide."""

    def __init__(self, model: _Model) -> None:
        options = {w[0].upper(): w[-1].upper() for _, w in model.sections.get("OPTIONS", ())}
        default = "CFS" if model.is_sewer else "GPM"
        us = options.get("FLOW_UNITS", options.get("UNITS", default)) in US_FLOWS
        self.length = M_PER_FOOT if us else 1.0
        per_unit = MM_PER_INCH if us else 1.0
        # SWMM gives the height of a section in feet or metres, EPANET inches or millimetres.
        self.diameter = self.length * 1000 if model.is_sewer else per_unit
        self.heights = dict(_heights(model))

    def measured(self, cells: dict[str, str]) -> dict[str, str]:
        told = dict(cells)
        if "length" in told:
            told["length_m"] = _times(told.pop("length"), self.length)
        height = told.pop("diameter", None) or self.heights.get(cells["id"])
        if height is not None:
            told["diameter_mm"] = _times(height, self.diameter)
        return told


def _heights(model: _Model) -> Iterator[tuple[str, str]]:
    for _, words in model.sections.get("XSECTIONS", ()):
        if len(words) > 2:
            yield words[0], words[2]


def _times(text: str, factor: float) -> str:
    """The number in other units; what is no number stays for the reader of the row to refuse."""
    try:
        return f"{float(text) * factor:.10g}"
    except ValueError:
        return text
