"""A layer's style as QGIS keeps it (QML): colours, labels, and fields by their own names."""

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from asset_model.vocabulary import GeometryKind
from gis.features import OutLayer
from gis.legends import Colour, Entry, Legend, legend_of

QGIS = "3.28.0"
"""The first long-term release whose symbols are written as below; later ones read them too."""

GEOMETRY = {GeometryKind.POINT: "0", GeometryKind.LINE: "1", GeometryKind.POLYGON: "2"}
SYMBOL = {GeometryKind.POINT: "marker", GeometryKind.LINE: "line", GeometryKind.POLYGON: "fill"}
DRAWN_BY = {
    GeometryKind.POINT: "SimpleMarker",
    GeometryKind.LINE: "SimpleLine",
    GeometryKind.POLYGON: "SimpleFill",
}

ABOVE_THE_LINE = "10"
"""As the map has it: on the line, its own colour would run through the letters."""


def qml(layer: OutLayer, language: str, names: Mapping[str, str]) -> str:
    """`names`: what each field is called in the file."""
    root = Element("qgis", version=QGIS, styleCategories="Symbology|Labeling|Fields|Forms")
    _fields(root, layer, language, names)
    if layer.placed:
        legend = legend_of(layer, language)
        _renderer(root, layer, legend, names)
        if legend.labelled_by:
            _labels(root, layer, names[legend.labelled_by])
        SubElement(root, "layerGeometryType").text = GEOMETRY[layer.geometry_kind]
    indent(root)
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + tostring(
        root, encoding="unicode"
    )


def _renderer(root: Element, layer: OutLayer, legend: Legend, names: Mapping[str, str]) -> None:
    renderer = SubElement(root, "renderer-v2", enableorderby="0", forceraster="0")
    renderer.set("type", "categorizedSymbol" if legend.by else "singleSymbol")
    if legend.by:
        renderer.set("attr", names[legend.by])
        categories = SubElement(renderer, "categories")
        for place, entry in enumerate(legend.entries):
            told = {"value": entry.code or "", "label": entry.label, "symbol": str(place)}
            SubElement(categories, "category", told, render="true", type="string")
    symbols = SubElement(renderer, "symbols")
    for place, entry in enumerate(legend.entries):
        _symbol(symbols, str(place), entry, layer.geometry_kind)


def _symbol(symbols: Element, name: str, entry: Entry, kind: GeometryKind) -> None:
    symbol = SubElement(
        symbols, "symbol", {"type": SYMBOL[kind], "name": name, "alpha": "1"}, clip_to_extent="1"
    )
    told = {"class": DRAWN_BY[kind], "enabled": "1", "locked": "0", "pass": "0"}
    _options(SubElement(symbol, "layer", told), dict(_drawing(entry.colour, kind)))


def _drawing(colour: Colour, kind: GeometryKind) -> Iterator[tuple[str, str]]:
    told, edge = _rgba(colour), _rgba((60, 60, 60))
    match kind:
        case GeometryKind.LINE:
            yield from {"line_color": told, "line_style": "solid", "line_width": "0.6"}.items()
            yield from {"line_width_unit": "MM", "capstyle": "round", "joinstyle": "round"}.items()
        case GeometryKind.POINT:
            yield from {"name": "circle", "color": told, "size": "2.2", "size_unit": "MM"}.items()
            yield from {"outline_color": edge, "outline_width": "0.2"}.items()
        case _:
            yield from {"color": _rgba(colour, 110), "style": "solid"}.items()
            yield from {"outline_color": edge, "outline_width": "0.3"}.items()


def _rgba(colour: Colour, opacity: int = 255) -> str:
    return ",".join(map(str, (*colour, opacity)))


def _labels(root: Element, layer: OutLayer, field: str) -> None:
    """Streets are named along their line, once, and not at the scale of the whole town."""
    labeling = SubElement(root, "labeling", type="simple")
    settings = SubElement(labeling, "settings", calloutType="simple")
    style = SubElement(settings, "text-style", fieldName=field, fontSize="8", fontFamily="Sans")
    style.set("textColor", "40,40,40,255")
    SubElement(
        style,
        "text-buffer",
        {"bufferDraw": "1", "bufferSize": "0.8", "bufferColor": "255,255,255,255"},
        bufferSizeUnits="MM",
    )
    placement = "2" if layer.geometry_kind is GeometryKind.LINE else "0"
    told = {"placement": placement, "placementFlags": ABOVE_THE_LINE}
    SubElement(settings, "placement", told, repeatDistance="60")
    SubElement(settings, "rendering", drawLabels="1", scaleVisibility="1", scaleMax="10000")
    root.set("labelsEnabled", "1")


def _fields(root: Element, layer: OutLayer, language: str, names: Mapping[str, str]) -> None:
    configuration = SubElement(root, "fieldConfiguration")
    aliases = SubElement(root, "aliases")
    for place, field in enumerate(layer.fields):
        name, label = names[field.name], field.label(language)
        SubElement(aliases, "alias", field=name, name=label, index=str(place))
        if not field.choices:
            continue
        widget = SubElement(SubElement(configuration, "field", name=name), "editWidget")
        widget.set("type", "ValueMap")
        config = SubElement(SubElement(widget, "config"), "Option", type="Map")
        listed = SubElement(config, "Option", name="map", type="List")
        for choice in field.choices:
            words = choice.label_fr if language == "fr" else choice.label_en
            one = SubElement(listed, "Option", type="Map")
            SubElement(one, "Option", name=words, value=choice.code, type="QString")


def _options(parent: Element, values: Mapping[str, str]) -> None:
    options = SubElement(parent, "Option", type="Map")
    for name, value in values.items():
        SubElement(options, "Option", name=name, value=value, type="QString")
