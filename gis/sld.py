"""A layer's style as OGC's SLD 1.0, for GeoServer, MapServer and whoever has no QGIS."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from asset_model.vocabulary import GeometryKind
from gis.features import OutLayer
from gis.legends import Entry, Legend, legend_of

SLD, OGC = "http://www.opengis.net/sld", "http://www.opengis.net/ogc"
register_namespace("sld", SLD)
register_namespace("ogc", OGC)


def sld(layer: OutLayer, language: str, names: Mapping[str, str]) -> str:
    """`names`: what each field is called in the file."""
    legend = legend_of(layer, language)
    root = Element(f"{{{SLD}}}StyledLayerDescriptor", version="1.0.0")
    named = SubElement(root, f"{{{SLD}}}NamedLayer")
    SubElement(named, f"{{{SLD}}}Name").text = layer.code
    style = SubElement(named, f"{{{SLD}}}UserStyle")
    SubElement(style, f"{{{SLD}}}Title").text = layer.label(language)
    rules = SubElement(style, f"{{{SLD}}}FeatureTypeStyle")
    for entry in legend.entries:
        _rule(rules, entry, legend, layer.geometry_kind, names)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _rule(
    rules: Element, entry: Entry, legend: Legend, kind: GeometryKind, names: Mapping[str, str]
) -> None:
    rule = SubElement(rules, f"{{{SLD}}}Rule")
    SubElement(rule, f"{{{SLD}}}Title").text = entry.label
    if legend.by and entry.code:
        _equal(SubElement(rule, f"{{{OGC}}}Filter"), names[legend.by], entry.code)
    elif legend.by:
        _rest(SubElement(rule, f"{{{OGC}}}Filter"), names[legend.by], legend)
    _symbolizer(rule, entry, kind)
    if legend.labelled_by:
        _text(rule, names[legend.labelled_by], kind)


def _equal(parent: Element, field: str, code: str) -> None:
    equal = SubElement(parent, f"{{{OGC}}}PropertyIsEqualTo")
    SubElement(equal, f"{{{OGC}}}PropertyName").text = field
    SubElement(equal, f"{{{OGC}}}Literal").text = code


def _rest(asked: Element, field: str, legend: Legend) -> None:
    """Empty, or none of the codes. Not an ElseFilter: QGIS 3.22 reads that as "everything", and
    draws it, and its labels, over all the others.
    """
    either = SubElement(asked, f"{{{OGC}}}Or")
    empty = SubElement(either, f"{{{OGC}}}PropertyIsNull")
    SubElement(empty, f"{{{OGC}}}PropertyName").text = field
    others = SubElement(either, f"{{{OGC}}}Not")
    codes = [entry.code for entry in legend.entries if entry.code]
    any_of = SubElement(others, f"{{{OGC}}}Or") if len(codes) > 1 else others
    for code in codes:
        _equal(any_of, field, code)


def _symbolizer(rule: Element, entry: Entry, kind: GeometryKind) -> None:
    match kind:
        case GeometryKind.LINE:
            _stroke(SubElement(rule, f"{{{SLD}}}LineSymbolizer"), entry.hexadecimal, "2")
        case GeometryKind.POINT:
            graphic = SubElement(SubElement(rule, f"{{{SLD}}}PointSymbolizer"), f"{{{SLD}}}Graphic")
            mark = SubElement(graphic, f"{{{SLD}}}Mark")
            SubElement(mark, f"{{{SLD}}}WellKnownName").text = "circle"
            _fill(mark, entry.hexadecimal, "1")
            _stroke(mark, "#3c3c3c", "0.5")
            SubElement(graphic, f"{{{SLD}}}Size").text = "8"
        case _:
            polygon = SubElement(rule, f"{{{SLD}}}PolygonSymbolizer")
            _fill(polygon, entry.hexadecimal, "0.4")
            _stroke(polygon, "#3c3c3c", "1")


def _text(rule: Element, field: str, kind: GeometryKind) -> None:
    text = SubElement(rule, f"{{{SLD}}}TextSymbolizer")
    label = SubElement(text, f"{{{SLD}}}Label")
    SubElement(label, f"{{{OGC}}}PropertyName").text = field
    if kind is GeometryKind.LINE:
        SubElement(SubElement(text, f"{{{SLD}}}LabelPlacement"), f"{{{SLD}}}LinePlacement")
    _fill(text, "#282828", "1")


def _stroke(parent: Element, colour: str, width: str) -> None:
    stroke = SubElement(parent, f"{{{SLD}}}Stroke")
    for name, value in (("stroke", colour), ("stroke-width", width)):
        SubElement(stroke, f"{{{SLD}}}CssParameter", name=name).text = value


def _fill(parent: Element, colour: str, opacity: str) -> None:
    fill = SubElement(parent, f"{{{SLD}}}Fill")
    for name, value in (("fill", colour), ("fill-opacity", opacity)):
        SubElement(fill, f"{{{SLD}}}CssParameter", name=name).text = value
