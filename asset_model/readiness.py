"""Whether a unit may go, and why not: worked out from signed facts, the same on both sides.

Nothing here is stored, so nothing has to be merged: a defect that arrives late counts from then on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from asset_model.combinations import TRAILER
from asset_model.errors import Refused
from asset_model.fleet_rules import Figures
from asset_model.fleet_vocabulary import Cognizance, MadeAs, Severity, Standing
from asset_model.vocabulary import AssetStatus


@dataclass(frozen=True)
class Unit:
    """What of a vehicle decides which checks it needs. Weight is the gross rating."""

    id: str
    tag: str
    name: str
    kind: str | None
    gross_weight_kg: float | None
    status: str = AssetStatus.IN_SERVICE


@dataclass(frozen=True)
class Check:
    """A report, as far as it says whether the unit may go."""

    id: str
    person_id: str
    made_as: str
    ended_at: datetime


@dataclass(frozen=True)
class OpenDefect:
    """A defect that no certificate names."""

    id: str
    severity: str
    label_fr: str
    label_en: str
    found_at: datetime
    due_at: datetime | None = None


@dataclass(frozen=True)
class Exemption:
    """A signed exception: the codes it sets aside, for these defects, until then."""

    reasons: frozenset[str]
    covers: frozenset[str]
    until: datetime


@dataclass(frozen=True)
class Taken:
    """A driver took cognizance of a report, or refused to."""

    inspection_id: str
    person_id: str
    result: str


@dataclass(frozen=True)
class Known:
    """Everything that is known of one unit."""

    checks: tuple[Check, ...] = ()
    defects: tuple[OpenDefect, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    taken: tuple[Taken, ...] = ()

    @property
    def last_check(self) -> Check | None:
        return max(self.checks, key=lambda check: (check.ended_at, check.id), default=None)


@dataclass(frozen=True)
class Coupled:
    """Another unit of the same combination, with what is known of it."""

    unit: Unit
    known: Known


@dataclass(frozen=True)
class Reason:
    """Why a unit may not go, or what to know before it does. `code` is one of the catalogue."""

    code: str
    details: dict[str, Any] = field(default_factory=dict)
    stands: Standing = Standing.READY
    defect_id: str | None = None
    at: datetime | None = None
    """The moment it is about: when it was found, when it ends."""


@dataclass(frozen=True)
class Readiness:
    """Where a unit stands, and why. `valid_until` is when its last check ends.

    `blocking` are the reasons that no exception sets aside, the gravest first.
    """

    standing: Standing
    reasons: tuple[Reason, ...] = ()
    blocking: tuple[Reason, ...] = ()
    valid_until: datetime | None = None
    excepted_until: datetime | None = None

    @property
    def may_start(self) -> bool:
        return self.standing in (Standing.READY, Standing.EXCEPTED)

    @property
    def may_be_planned(self) -> bool:
        """An order of tomorrow may be given to a unit that is checked tomorrow."""
        return self.standing != Standing.OUT_OF_SERVICE


def needs_check(unit: Unit, figures: Figures, beside: Iterable[Unit] = ()) -> bool:
    """Whether the law asks for a circle check. A weight that nobody knows is taken as heavy.

    `beside`: what it is coupled with. Of a combination each needs one as soon as one of them does.
    """
    if _is_exempt(unit, figures):
        return False
    each_of = figures["circle_check_combination"].value["every_member"]
    return _is_heavy(unit, figures) or (
        each_of and any(_is_heavy(one, figures) for one in beside if not _is_exempt(one, figures))
    )


def _is_exempt(unit: Unit, figures: Figures) -> bool:
    exempt = figures["circle_check_exempt"].value
    if unit.kind in figures["circle_check_always"].value["kinds"]:
        return False
    return unit.kind in exempt["kinds"] or unit.tag in exempt.get("tags", ())


def _is_heavy(unit: Unit, figures: Figures) -> bool:
    if unit.kind in figures["circle_check_always"].value["kinds"]:
        return True
    heavy_from: float = figures["circle_check_weight"].value["kg"]
    return unit.gross_weight_kg is None or unit.gross_weight_kg >= heavy_from


def readiness(
    unit: Unit,
    known: Known,
    figures: Figures | None,
    *,
    now: datetime,
    driver_id: str | None = None,
    beside: Sequence[Coupled] = (),
) -> Readiness:
    """Where the unit stands for whoever would drive it; without a driver, for anybody.

    Without figures, as far as defects tell: whether it is out of service. `beside`: what it is
    coupled with; what keeps a trailer of its own from the road keeps it as well.
    """
    with_it = [unit, *(each.unit for each in beside)]
    reasons = _reasons(unit, known, figures, now, driver_id, with_it)
    exemptions = [each for each in known.exemptions if each.until > now]
    for each in beside if unit.kind != TRAILER else ():
        if each.unit.kind == TRAILER:
            reasons += _reasons(each.unit, each.known, figures, now, driver_id, with_it)
            exemptions += [one for one in each.known.exemptions if one.until > now]
    left = [reason for reason in reasons if not _excepted(reason, exemptions)]
    standing = _worst(reason.stands for reason in left)
    excepted_until = None
    if standing == Standing.READY and _worst(r.stands for r in reasons) != Standing.READY:
        standing = Standing.EXCEPTED
        excepted_until = min(_until(r, exemptions) for r in reasons if _excepted(r, exemptions))
    return Readiness(
        standing, tuple(reasons), _blocking(left), _valid_until(known, figures), excepted_until
    )


def _reasons(
    unit: Unit,
    known: Known,
    figures: Figures | None,
    now: datetime,
    driver_id: str | None,
    with_it: Sequence[Unit],
) -> list[Reason]:
    """Of one unit by itself; whether it needs a check goes by all that it is coupled with."""
    reasons = [*_at_rest(unit), *_of_defects(unit, known.defects, now)]
    if figures is not None and needs_check(unit, figures, with_it):
        reasons += _of_check(unit, known, figures, now, driver_id)
    return reasons


def _blocking(left: Iterable[Reason]) -> tuple[Reason, ...]:
    """What stands in the way, the gravest first."""
    wanted = [reason for reason in left if reason.stands != Standing.READY]
    return tuple(sorted(wanted, key=lambda reason: reason.stands != Standing.OUT_OF_SERVICE))


def _valid_until(known: Known, figures: Figures | None) -> datetime | None:
    check = known.last_check
    return check.ended_at + figures.check_valid if check and figures else None


def check_may_start(found: Readiness) -> None:
    """:raises Refused: ``unit_…``, the gravest reason why it may not leave"""
    if not found.may_start:
        raise Refused(found.blocking[0].code, **found.blocking[0].details)


def check_may_be_planned(found: Readiness) -> None:
    """:raises Refused: ``unit_…``, the gravest reason why it is out of service"""
    if not found.may_be_planned:
        raise Refused(found.blocking[0].code, **found.blocking[0].details)


def _worst(standings: Iterable[Standing]) -> Standing:
    found = set(standings)
    for standing in (Standing.OUT_OF_SERVICE, Standing.CHECK_NEEDED):
        if standing in found:
            return standing
    return Standing.READY


def _at_rest(unit: Unit) -> Iterable[Reason]:
    if unit.status != AssetStatus.IN_SERVICE:
        yield Reason("unit_at_rest", {"unit": unit.tag}, Standing.OUT_OF_SERVICE)


def _of_defects(unit: Unit, defects: Iterable[OpenDefect], now: datetime) -> Iterable[Reason]:
    for defect in sorted(
        defects, key=lambda each: (each.severity != Severity.MAJOR, each.found_at)
    ):
        told = {"unit": unit.tag, "defect": {"fr": defect.label_fr, "en": defect.label_en}}
        if defect.severity == Severity.MAJOR:
            yield Reason(
                "unit_major_defect", told, Standing.OUT_OF_SERVICE, defect.id, defect.found_at
            )
        elif defect.due_at is not None and defect.due_at <= now:
            yield Reason(
                "unit_minor_overdue", told, Standing.OUT_OF_SERVICE, defect.id, defect.due_at
            )
        else:
            yield Reason("unit_minor_open", told, Standing.READY, defect.id, defect.due_at)


def _of_check(
    unit: Unit, known: Known, figures: Figures, now: datetime, driver_id: str | None
) -> Iterable[Reason]:
    if unit.gross_weight_kg is None:
        yield Reason("unit_weight_unknown", {"unit": unit.tag})
    check, needed = known.last_check, Standing.CHECK_NEEDED
    hours = figures["circle_check_validity"].value["hours"]
    told = {"unit": unit.tag, "hours": hours}
    if check is None:
        yield Reason("unit_unchecked", told, needed)
    elif check.ended_at + figures.check_valid <= now:
        yield Reason("unit_check_expired", told, needed, at=check.ended_at + figures.check_valid)
    elif driver_id is not None and not _is_theirs(check, known.taken, driver_id):
        yield Reason("unit_to_countersign", {"unit": unit.tag}, needed, at=check.ended_at)


def _is_theirs(check: Check, taken: Iterable[Taken], driver_id: str) -> bool:
    """A driver goes on their own check, or on one of which they have taken cognizance."""
    if check.person_id == driver_id and check.made_as == MadeAs.DRIVER:
        return True
    return any(
        one.inspection_id == check.id
        and one.person_id == driver_id
        and one.result == Cognizance.ACKNOWLEDGED
        for one in taken
    )


def _excepted(reason: Reason, exemptions: Iterable[Exemption]) -> bool:
    """Whether an exception was signed for this; a defect found since then it does not cover."""
    return any(_covers(each, reason) for each in exemptions)


def _until(reason: Reason, exemptions: Iterable[Exemption]) -> datetime:
    return max(each.until for each in exemptions if _covers(each, reason))


def _covers(exemption: Exemption, reason: Reason) -> bool:
    known = reason.defect_id is None or reason.defect_id in exemption.covers
    blocks = reason.stands != Standing.READY
    return blocks and known and reason.code in exemption.reasons
