"""Reading a mapping from its TOML document, strictly: every mistake in it is told at once."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from gis.mapping import QUEBEC, UNITS_M, AttributeRule, Box, GeometryRule, Mapping, Pattern
from gis.problems import ImportRefused, Problem, nearest

KINDS: dict[type, tuple[str, str]] = {
    str: ("text", "du texte"),
    dict: ("a table", "une table"),
    list: ("a list of texts", "une liste de textes"),
    int: ("a whole number", "un nombre entier"),
    bool: ("true or false", "true ou false"),
}


class Section:
    """One table of the document, from which keys are taken; what is left over is a mistake."""

    def __init__(self, title: str, path: str, content: dict[str, Any], problems: list[Problem]):
        self.title = title
        self.path = path
        self.content = dict(content)
        self.problems = problems
        self.asked: list[str] = []

    def text(self, key: str, *, required: bool = False) -> str | None:
        value = self._taken(key, str, required=required)
        return value or None

    def required_text(self, key: str) -> str:
        return self.text(key, required=True) or "?"

    def texts(self, key: str) -> frozenset[str]:
        value = self._taken(key, list) or []
        if not all(isinstance(item, str) for item in value):
            self.mistyped(key, *KINDS[list])
            return frozenset()
        return frozenset(value)

    def pattern(self, key: str, *, required: bool = False) -> Pattern | None:
        text = self.text(key, required=required)
        if text is None:
            return None
        if not Pattern(text).sound:
            self.mistyped(
                key, "text with columns like {NAME}", "du texte avec des colonnes comme {NOM}"
            )
            return None
        return Pattern(text)

    def key(self, name: str) -> Pattern:
        """A column, or a pattern of several."""
        text = self.required_text(name)
        return Pattern(text if "{" in text else f"{{{text}}}")

    def whole(self, key: str, default: int) -> int:
        value = self._taken(key, int)
        return default if value is None else int(value)

    def flag(self, key: str) -> bool:
        return bool(self._taken(key, bool))

    def zone(self, key: str = "zone") -> ZoneInfo:
        """A time zone by its name; Québec's where none is given."""
        name = self.text(key) or "America/Toronto"
        if name not in available_timezones():
            self.mistyped(key, "a zone like America/Toronto", "un fuseau comme America/Toronto")
            return ZoneInfo("UTC")
        return ZoneInfo(name)

    def factor(self, key: str) -> float:
        value = self._taken(key, (int, float))
        return 1.0 if value is None else float(value)

    def choices(self, key: str) -> dict[str, frozenset[str]]:
        """For each column the cells that are wanted."""
        inner = self.section(key)
        return {column: inner.texts(column) for column in list(inner.content)}

    def table(self, key: str, *, required: bool = False) -> dict[str, Any]:
        return self._taken(key, dict, required=required) or {}

    def section(self, key: str, *, required: bool = False) -> "Section":
        inner = f"{self.path}{key}."
        return Section(self.title, inner, self.table(key, required=required), self.problems)

    def box(self, key: str) -> Box:
        value = self.content.pop(key, None)
        self.asked.append(key)
        if value is None:
            return QUEBEC
        if not _is_box(value):
            self.mistyped(key, "[west, south, east, north]", "[ouest, sud, est, nord]")
            return QUEBEC
        west, south, east, north = map(float, value)
        return west, south, east, north

    def mistyped(
        self, key: str, wanted: str, wanted_fr: str, *, nearest: str | None = None
    ) -> None:
        more = {"wanted": wanted, "wanted_fr": wanted_fr, "nearest": nearest}
        self.tell("mapping_key_type", key, **more)

    def tell(self, code: str, key: str, **details: Any) -> None:
        named = {"mapping": self.title, "key": f"{self.path}{key}", **details}
        self.problems.append(Problem(code, details=named))

    def finish(self) -> None:
        """Whatever was not asked for is unknown here: most often a slip of the pen."""
        for key in self.content:
            self.tell("mapping_key_unknown", key, nearest=nearest(key, among=self.asked))

    def _taken(self, key: str, kind: type | tuple[type, ...], *, required: bool = False) -> Any:
        self.asked.append(key)
        value = self.content.pop(key, None)
        if value is None:
            if required:
                self.tell("mapping_key_missing", key)
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.mistyped(key, *KINDS[kind if isinstance(kind, type) else int])
            return None
        if required and value == "":
            self.tell("mapping_key_missing", key)
        return value


def mapping_from(document: dict[str, Any], *, title: str) -> Mapping:
    """The mapping that a TOML document describes.

    :raises ImportRefused: every unknown, missing and mistyped key, at once
    """
    problems: list[Problem] = []
    top = Section(title, "", document, problems)
    unusable = Pattern("?")
    mapping = Mapping(
        title=title,
        source=top.required_text("source"),
        class_code=top.required_text("class"),
        key=top.key("key"),
        tag=top.pattern("tag", required=True) or unusable,
        name=top.pattern("name", required=True) or unusable,
        address=top.pattern("address"),
        ignored=top.texts("ignored"),
        optional=top.texts("optional"),
        only=top.choices("only"),
        version=top.whole("version", 1),
        geometry=_geometry(top.section("geometry"), placed="geometry" in document),
        attributes=_attributes(top.section("attributes")),
        status=_attribute(top.section("status"), "status") if "status" in document else None,
    )
    top.finish()
    if problems:
        raise ImportRefused(problems)
    return mapping


def _geometry(section: Section, *, placed: bool) -> GeometryRule:
    rule = GeometryRule(
        wkt=section.text("wkt"),
        longitude=section.text("longitude"),
        latitude=section.text("latitude"),
        layer=section.text("layer"),
        crs=section.text("crs"),
        unit=section.text("unit"),
        within=section.box("within"),
        placed=placed,
    )
    section.finish()
    if (rule.longitude is None) != (rule.latitude is None):
        section.tell("mapping_key_missing", "latitude" if rule.longitude else "longitude")
    if rule.unit and rule.unit not in UNITS_M:
        section.mistyped("unit", f"one of {', '.join(UNITS_M)}", f"l’un de {', '.join(UNITS_M)}")
    if rule.wkt and rule.longitude:
        section.mistyped("wkt", "alone, without longitude", "seul, sans longitude")
    if rule.columns and rule.crs is None:
        section.tell("mapping_key_missing", "crs")
    return rule


def _attributes(section: Section) -> tuple[AttributeRule, ...]:
    return tuple(_attribute(section.section(name), name) for name in list(section.content))


def _attribute(section: Section, name: str) -> AttributeRule:
    column, pattern = section.text("column"), section.pattern("pattern")
    if (column is None) == (pattern is None):
        section.mistyped("column", "given, unless “pattern” is", "donné, sauf si « pattern » l’est")
    rule = AttributeRule(
        name=name,
        pattern=pattern or Pattern(f"{{{column}}}"),
        values=section.table("values"),
        none=section.texts("none"),
        times=section.factor("times"),
    )
    section.finish()
    return rule


def _is_box(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 4:
        return False
    if not all(isinstance(edge, int | float) and not isinstance(edge, bool) for edge in value):
        return False
    west, south, east, north = value
    return bool(west < east and south < north)
