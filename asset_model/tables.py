"""Every synchronized table by the name it has on the wire, parents before children."""

from asset_model.alerts import Acknowledgement, Alert, AlertCall
from asset_model.assets import Asset, AssetClass
from asset_model.base import Base
from asset_model.catalogue import Part, Service
from asset_model.closing_words import ClosingWords
from asset_model.closures import Closure
from asset_model.dispatching import (
    Contact,
    HandoverNote,
    NoteRead,
    TabletStanding,
)
from asset_model.documents import AssetDocument
from asset_model.facts import (
    Comment,
    ContestedValue,
    EquipmentUsed,
    MaterialUsed,
    OrderTransfer,
    StatusChange,
    TimeWorked,
)
from asset_model.fleet import (
    Countersignature,
    Defect,
    Designation,
    Inspection,
    InspectionForm,
    LegalRule,
    RepairCertificate,
    ServiceException,
    UnitAssignment,
)
from asset_model.incidents import (
    GroupingDecision,
    GroupingWeights,
    Incident,
    IncidentUpdate,
    Report,
    ReportPhoto,
)
from asset_model.job_templates import JobTemplate
from asset_model.matters import Matter, Settlement
from asset_model.meters import Meter, MeterReading
from asset_model.passes import Pass
from asset_model.people import Credential, Crew, District, Person
from asset_model.photos import Photo
from asset_model.plans import MaintenancePlan, Occurrence, PlanEvent, Shop
from asset_model.stores import Store, StoreMovement
from asset_model.upkeep import BrakeMeasure, MaintenanceSheet, OutsideCost, Rate, StoragePeriod
from asset_model.work_orders import Step, WorkOrder

MODELS: tuple[type[Base], ...] = (
    District,
    Crew,
    Person,
    Credential,
    AssetClass,
    Asset,
    Meter,
    MeterReading,
    LegalRule,
    InspectionForm,
    Designation,
    Inspection,
    Countersignature,
    Defect,
    RepairCertificate,
    ServiceException,
    Part,
    Store,
    StoreMovement,
    Rate,
    Shop,
    MaintenancePlan,
    PlanEvent,
    Occurrence,
    MaintenanceSheet,
    BrakeMeasure,
    StoragePeriod,
    Service,
    Incident,
    Report,
    ReportPhoto,
    IncidentUpdate,
    GroupingDecision,
    GroupingWeights,
    WorkOrder,
    Step,
    UnitAssignment,
    Closure,
    Pass,
    TimeWorked,
    MaterialUsed,
    EquipmentUsed,
    OrderTransfer,
    OutsideCost,
    Comment,
    Photo,
    StatusChange,
    ContestedValue,
    Matter,
    Settlement,
    JobTemplate,
    Alert,
    AlertCall,
    Acknowledgement,
    HandoverNote,
    NoteRead,
    Contact,
    TabletStanding,
    AssetDocument,
    ClosingWords,
)

SYNCED: dict[str, type[Base]] = {model.__tablename__: model for model in MODELS}

OF_AN_ORDER: tuple[str, ...] = tuple(
    name for name, model in SYNCED.items() if "work_order_id" in model.__table__.columns
)
"""Tables whose rows go wherever their work order goes."""

OF_AN_ASSET = (
    "meter",
    "meter_reading",
    "plan_event",
    "occurrence",
    "inspection",
    "countersignature",
    "defect",
    "repair_certificate",
    "service_exception",
    "maintenance_sheet",
    "brake_measure",
    "storage_period",
    "pass",
    "asset_document",
)
"""Tables whose rows go wherever their asset goes; those of no asset are the town's."""

SCHEMA = 16
"""The revision of these tables that messages name; `sync/wire.py` names the protocol's.

2: photos.

3: matters to settle, and settlements.

4: plans by meter, condition and event; meters and their readings; occurrences.

5: circle checks: figures of law, lists, reports, defects, certificates; units of an order.

6: maintenance sheets, the brake register, storage; rates and invoices from outside.

7: hours of equipment, orders handed over; stores and what goes in and out of them.

8: 311: incidents, reports, their photos and updates; an order's incident; what services ask.

9: street closures.

10: alerts, job templates, notes between shifts, telephones, tablets' standing; orders of orders.

11: what people decided of reports and incidents, the town's weights; promises that stand still.

12: passes along streets.

13: editions of job templates; material and skill of orders; steps withdrawn.

14: papers and pictures of assets; a note on a reading.

15: what people are trained for.

16: the town's sentences for citizens, of which a crew chooses as it finishes.
"""
