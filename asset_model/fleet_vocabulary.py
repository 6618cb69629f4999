"""The words of circle checks, as the database and the wire spell them."""

from enum import StrEnum


class Severity(StrEnum):
    MINOR = "minor"
    MAJOR = "major"


class Answer(StrEnum):
    OK = "ok"
    MINOR = "minor"
    MAJOR = "major"
    NOT_APPLICABLE = "na"


class FormPart(StrEnum):
    LEGAL = "legal"
    OWN = "own"
    """The operator's section: after the legal list, and never in its stead."""


class MadeAs(StrEnum):
    DRIVER = "driver"
    DESIGNATED = "designated"


class Task(StrEnum):
    CIRCLE_CHECK = "circle_check"


class SignedWith(StrEnum):
    PIN = "pin"
    NAME = "name"


class Cognizance(StrEnum):
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"


class FoundDuring(StrEnum):
    CHECK = "check"
    TRIP = "trip"
    SHOP = "shop"


class Certified(StrEnum):
    REPAIRED = "repaired"
    NO_REPAIR_NEEDED = "no_repair_needed"


class Standing(StrEnum):
    """Whether a unit may go. Worked out, and never stored."""

    READY = "ready"
    CHECK_NEEDED = "check_needed"
    """It may be planned for, and may not leave."""
    OUT_OF_SERVICE = "out_of_service"
    EXCEPTED = "excepted"
    """Somebody has signed that it may go all the same, for a while."""
