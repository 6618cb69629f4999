"""The words of the trade, as the database and the wire spell them."""

from enum import StrEnum


class WorkOrderStatus(StrEnum):
    DRAFT = "draft"
    PLANNED = "planned"
    DISPATCHED = "dispatched"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    ON_HOLD = "on_hold"
    DONE = "done"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WorkOrderKind(StrEnum):
    CORRECTIVE = "corrective"
    PREVENTIVE = "preventive"
    INSPECTION = "inspection"
    EMERGENCY = "emergency"
    WINTER = "winter"
    PROJECT = "project"


class Skill(StrEnum):
    """What a job asks of whoever does it."""

    ROADS = "roads"
    PAVING = "paving"
    WATER = "water"
    SEWER = "sewer"
    SIGNS = "signs"
    LIGHTING = "lighting"
    WINTER = "winter"


class WorkOrderSource(StrEnum):
    PERSON = "person"
    PLAN = "plan"
    DEFECT = "defect"
    INCIDENT = "incident"
    ALERT = "alert"


class StepKind(StrEnum):
    CHECK = "check"
    PASS_FAIL = "pass_fail"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    PHOTO = "photo"
    """Answered by a photo's id; `choices` may name its moment, before or after."""
    SIGNATURE = "signature"
    METER_READING = "meter_reading"


class AssetStatus(StrEnum):
    PLANNED = "planned"
    IN_SERVICE = "in_service"
    OUT_OF_SERVICE = "out_of_service"
    RETIRED = "retired"


class OccurrenceStatus(StrEnum):
    """What became of one time that a plan asked for work. Those of the forecast have no row."""

    FORECAST = "forecast"
    """It was absorbed by work that was then cancelled: it asks for its own again."""
    GENERATED = "generated"
    ABSORBED = "absorbed"
    DONE = "done"
    SKIPPED = "skipped"
    MISSED = "missed"


class Measure(StrEnum):
    """What the built-in meters measure; a town may name its own."""

    ODOMETER = "odometer"
    ENGINE_HOURS = "engine_hours"
    PLOW_HOURS = "plow_hours"
    CYCLES = "cycles"
    FUEL_USED = "fuel_used"
    CONDITION = "condition"
    """A grade from 1 to 5 (`asset_model/conditions.py`)."""


class MeterKind(StrEnum):
    COUNTER = "counter"
    GAUGE = "gauge"


class Review(StrEnum):
    """Whether a reading is trusted: as it came, or by somebody's word."""

    SOUND = "sound"
    QUEUED = "queued"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


TRUSTED = (Review.SOUND, Review.ACCEPTED)


class ReadingSource(StrEnum):
    PERSON = "person"
    ORDER = "order"
    TELEMATICS = "telematics"
    FUEL_CARD = "fuel_card"
    IMPORT = "import"


class GeometryKind(StrEnum):
    POINT = "point"
    LINE = "line"
    POLYGON = "polygon"
    NONE = "none"


class Role(StrEnum):
    CREW_MEMBER = "crew_member"
    MECHANIC = "mechanic"
    FOREMAN = "foreman"
    FLEET_MANAGER = "fleet_manager"
    AGENT_311 = "agent_311"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Flag(StrEnum):
    """Why a foreman should look at an order again."""

    WORKED_AFTER_CANCEL = "worked_after_cancel"
    STEPS_MISSING = "steps_missing"
    UNIT_OUT_OF_SERVICE = "unit_out_of_service"
    """Work began with a unit that may not go."""


OPEN_STATUSES = (
    WorkOrderStatus.DRAFT,
    WorkOrderStatus.PLANNED,
    WorkOrderStatus.DISPATCHED,
    WorkOrderStatus.ACCEPTED,
    WorkOrderStatus.IN_PROGRESS,
    WorkOrderStatus.ON_HOLD,
)
