"""What the cells of each row say, read by a mapping, and what is wrong with them."""

from typing import Any

from asset_model.units import VEHICLE, doubts
from gis.mapping import AttributeRule, Mapping
from gis.matching import STATUS
from gis.own_files import OTHERS
from gis.problems import Problem
from gis.values import Unfit, attribute_value, value_problem

Cells = dict[str, str]


class Rows:
    """What the cells of each row say, and what is wrong with them; keys and tags occur once."""

    def __init__(self, mapping: Mapping, attributes: dict[str, dict[str, Any]]) -> None:
        self.mapping = mapping
        self.attributes = attributes
        self.problems: list[Problem] = []
        self.remarks: list[Problem] = []
        self._first: dict[str, dict[str, int]] = {"key_repeated": {}, "tag_repeated": {}}

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(self._first["key_repeated"])

    def describe(self, row: int, cells: Cells) -> dict[str, Any] | None:
        """What the row says of an asset; None when something is wrong with it."""
        before = len(self.problems)
        told = self._told(row, cells)
        return told if len(self.problems) == before else None

    def _told(self, row: int, cells: Cells) -> dict[str, Any]:
        mapping = self.mapping
        key, tag = mapping.key.filled(cells), mapping.tag.filled(cells)
        if not key:
            self._tell("key_missing", row, column=", ".join(mapping.key.columns))
        elif self._repeated("key_repeated", row, key):
            return {}
        if not tag:
            self._tell("pattern_empty", row, field="tag", pattern=mapping.tag.text)
        else:
            self._repeated("tag_repeated", row, tag)
        address = mapping.address.filled(cells) if mapping.address else ""
        return {
            "tag": tag,
            "name": mapping.name.filled(cells) or tag,
            "address": address or None,
            "source_key": key,
            "attributes": self._values(row, cells),
            "status": self._status(row, cells),
            "others": self._others(row, cells),
        }

    def _status(self, row: int, cells: Cells) -> str | None:
        rule = self.mapping.status
        return self._value(row, cells, rule, STATUS) if rule else None

    def _others(self, row: int, cells: Cells) -> dict[str, Any]:
        rules = self.mapping.others
        return {r.name: self._value(row, cells, r, OTHERS[r.name]) for r in rules}

    def _values(self, row: int, cells: Cells) -> dict[str, Any]:
        rules = self.mapping.attributes
        values = {r.name: self._value(row, cells, r, self.attributes[r.name]) for r in rules}
        for doubt in doubts(values) if self.mapping.class_code == VEHICLE else ():
            told = self.problems if doubt.grave else self.remarks
            told.append(Problem(doubt.code, row, doubt.details))
        return values

    def _value(self, row: int, cells: Cells, rule: AttributeRule, attribute: dict[str, Any]) -> Any:
        try:
            return attribute_value(rule, rule.pattern.filled(cells), attribute=attribute)
        except Unfit as unfit:
            self.problems.append(value_problem(rule, unfit, row=row))
            return None

    def _repeated(self, code: str, row: int, value: str) -> bool:
        """The first row has it, whatever else is wrong with that row: the same at every import."""
        first = self._first[code].setdefault(value, row)
        if first != row:
            self._tell(code, row, value=value, first=first)
        return first != row

    def _tell(self, code: str, row: int, **details: Any) -> None:
        self.problems.append(Problem(code, row, details))
