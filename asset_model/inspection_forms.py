"""Which list a unit is checked by, what of it is asked, and whether a report answers it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from asset_model.builtin_lists import builtin_forms
from asset_model.combinations import kinds_of, rank_of
from asset_model.errors import Refused
from asset_model.fleet import InspectionForm
from asset_model.fleet_vocabulary import Answer, FormPart

Item = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """What one check asks: the legal list whole and in its order, then the operator's section."""

    legal: InspectionForm | None
    own: InspectionForm | None
    items: tuple[Item, ...]
    kinds: tuple[str, ...] = ()
    """By which words lists name the unit (`combinations.kinds_of`)."""

    def to_ask(self) -> list[Item]:
        """The items of which somebody must say how they are."""
        given = self.at_first()
        return [item for item in self.items if item["code"] not in given]

    def at_first(self) -> dict[str, str]:
        """The answers of what such a unit has not: in the report they stand as in the list."""
        return {
            item["code"]: Answer.NOT_APPLICABLE
            for item in self.items
            if not set(item.get("absent_on") or ()).isdisjoint(self.kinds)
        }

    @property
    def form_id(self) -> str:
        """The list that the report is made by; the operator's own where the law asks for none.

        :raises Refused: ``check_unknown_form`` where there is neither
        """
        form = self.legal or self.own
        if form is None:
            raise Refused("check_unknown_form")
        return form.id

    @property
    def own_form_id(self) -> str | None:
        return self.own.id if self.own is not None and self.legal is not None else None

    def check_answered(self, answers: Mapping[str, str]) -> None:
        """:raises Refused: ``check_unanswered``, with how many are left"""
        left = [item for item in self.items if answers.get(item["code"]) not in list(Answer)]
        if left:
            raise Refused("check_unanswered", count=len(left))


def every_form(rows: Iterable[InspectionForm]) -> list[InspectionForm]:
    """The editions that are on record, and those of the product that are not."""
    known = {row.id: row for row in rows}
    built_in = [form for form in builtin_forms() if form.id not in known]
    return [*built_in, *known.values()]


def asked_of(
    forms: Iterable[InspectionForm],
    kind: str | None,
    mounted: Iterable[str],
    *,
    on: date,
    by_law: bool,
    behind: str | None = None,
) -> Asked:
    """The editions in force on a day for a kind of vehicle, and what they ask of this unit.

    `behind`: of a trailer, the kind of what pulls it.

    Nothing of the legal list is left out; the operator's section asks for what is mounted.
    """
    every = list(forms)
    kinds = kinds_of(kind, behind)
    legal = _in_force(every, FormPart.LEGAL, kinds, on) if by_law else None
    own = _in_force(every, FormPart.OWN, kinds, on)
    there = set(mounted)
    items = [*_items(legal), *(item for item in _items(own) if _is_there(item, there))]
    return Asked(legal, own, tuple(items), kinds)


def _in_force(
    forms: Sequence[InspectionForm], part: str, kinds: tuple[str, ...], on: date
) -> InspectionForm | None:
    """The newest edition of the day; one that names the kind comes before one for all."""
    fit = [
        form
        for form in forms
        if form.part == part
        and form.effective_on <= on
        and (form.retired_on is None or on < form.retired_on)
        and (not form.vehicle_kinds or rank_of(form.vehicle_kinds, kinds))
    ]
    return max(
        fit,
        key=lambda form: (rank_of(form.vehicle_kinds, kinds), form.effective_on, form.edition),
        default=None,
    )


def _items(form: InspectionForm | None) -> list[Item]:
    return list(form.items) if form is not None else []


def _is_there(item: Item, mounted: set[str]) -> bool:
    needs = item.get("mounted") or ()
    return not needs or not mounted.isdisjoint(needs)


def defects_of(item: Item, severity: str) -> list[Item]:
    """The defects that the list knows for an item, in its order."""
    return list(item.get(severity) or ())


def check_form(columns: Mapping[str, Any]) -> None:
    """A list that can be read, before it is kept.

    :raises Refused: ``form_unreadable``, naming what is wrong
    """
    if columns["part"] not in list(FormPart):
        raise Refused("form_unreadable", field="part", expected=", ".join(FormPart))
    items = columns["items"]
    if not isinstance(items, list) or not items:
        raise Refused("form_unreadable", field="items", expected="[…]")
    codes: list[str] = []
    for item in items:
        codes += [_code(item), *(_code(d) for s in ("minor", "major") for d in _listed(item, s))]
    twice = {code for code in codes if codes.count(code) > 1}
    if twice:
        raise Refused("form_unreadable", field="code", expected=f"1 × {min(twice)}")


def _listed(item: Item, severity: str) -> list[Item]:
    listed = item.get(severity, [])
    if not isinstance(listed, list):
        raise Refused("form_unreadable", field=severity, expected="[…]")
    return listed


def _code(line: Any) -> str:
    names = ("code", "label_fr", "label_en")
    if not isinstance(line, dict) or not all(isinstance(line.get(n), str) for n in names):
        raise Refused("form_unreadable", field="items", expected=", ".join(names))
    return str(line["code"])
