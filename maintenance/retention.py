"""How long records are kept, and which may be destroyed: pure, and never before its time.

A period is a figure of law or policy; one without a number of months keeps for ever.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from asset_model.fleet_rules import Figure, Figures, months_after


@dataclass(frozen=True)
class Kind:
    """What is kept by one rule; `after_disposal`: and for a while after its unit is gone."""

    rule: str
    after_disposal: bool
    english: str
    french: str


KINDS = {
    "inspection": Kind(
        "circle_check_retention", False, "circle check report", "rapport de ronde"
    ),
    "maintenance_sheet": Kind(
        "maintenance_sheet_retention", True, "maintenance sheet", "fiche d’entretien"
    ),
    "defect": Kind(
        "repair_proof_retention", True, "defect with the proof of its repair",
        "défectuosité et preuve de sa réparation",
    ),
    "brake_measure": Kind(
        "brake_register_retention", True, "brake measure", "mesure de freins"
    ),
    "storage_period": Kind("storage_retention", True, "storage period", "période de remisage"),
    "service_exception": Kind(
        "exception_retention", False, "signed exception", "exception signée"
    ),
}  # fmt: skip
"""Of records of units, by table."""
CONTACTS = {
    "report_contact": Kind(
        "contact_retention", False, "who sent a report", "coordonnées de l’auteur d’une requête"
    ),
}
"""Of what citizens said of themselves: their day is that on which the incident was closed."""
DISPOSAL, HOLD = "disposal_retention", "retention_hold"

HOLDS = {
    # code: English, French
    "on_hold": ("its unit is on hold", "rien de l’unité n’est à détruire pour l’instant"),
    "defect_open": ("a defect that it tells of is open", "une défectuosité y est encore ouverte"),
    "order_open": ("its work order is open", "son bon de travail est ouvert"),
    "report_kept": ("a report that tells of it is kept", "un rapport qui en parle est conservé"),
    "incident_open": ("its incident is open", "son incident est ouvert"),
    "disposal_unknown": (
        "nobody knows since when its unit is gone", "on ignore depuis quand l’unité est partie",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Kept:
    """A record with what decides how long it is kept."""

    kind: str
    id: str
    unit_id: str
    dated_on: date
    """The day that its period counts from."""
    holds: tuple[str, ...] = ()
    """Codes of `HOLDS`: what still refers to it."""


@dataclass(frozen=True)
class Gone:
    """A unit that has left the fleet; None: nobody knows when."""

    left_on: date | None


@dataclass(frozen=True)
class Verdict:
    """Until when a record is kept (None: for ever), by which figure, and what else holds it."""

    kept: Kept
    rule: Figure
    until: date | None
    holds: tuple[str, ...]
    past: bool

    @property
    def over(self) -> bool:
        """Its time is past, and nothing holds it: it may be destroyed."""
        return self.past and not self.holds


def judged(
    records: Iterable[Kept],
    figures: Figures,
    gone: dict[str, Gone],
    tags: dict[str, str],
    *,
    today: date,
) -> Iterator[Verdict]:
    """What may be destroyed, and what not, and why. The last day of a period is still kept."""
    held = set(figures[HOLD].value["tags"])
    for kept in records:
        kind = (KINDS | CONTACTS)[kept.kind]
        left = gone.get(kept.unit_id) if kind.after_disposal else None
        holds = list(kept.holds)
        if tags.get(kept.unit_id) in held:
            holds.append("on_hold")
        if left is not None and left.left_on is None:
            holds.append("disposal_unknown")
        until = _until(kept, kind, figures, left)
        past = until is not None and until < today
        yield Verdict(kept, figures[kind.rule], until, tuple(holds), past)


def _until(kept: Kept, kind: Kind, figures: Figures, left: Gone | None) -> date | None:
    months = figures[kind.rule].value["months"]
    if months is None:
        return None
    until = months_after(kept.dated_on, months)
    if left is None or left.left_on is None:
        return until
    after = figures[DISPOSAL].value["months"]
    return None if after is None else max(until, months_after(left.left_on, after))
