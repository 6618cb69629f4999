"""The town's lists: its parts, and what citizens can ask of 311."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from asset_model.base import Base
from asset_model.catalogue import Part, Service
from sync_server import stock
from sync_server.demo.placing import demo_id
from sync_server.demo.reports import ASKED
from sync_server.tables import ServerBase
from sync_server.upkeep_tables import PlanPart, StockMovement

# Code, French, English, unit.
PARTS = (
    ("ENR-FROID", "Enrobé à froid, sac de 22,7 kg", "Cold mix asphalt, 22.7 kg bag", "sac"),
    ("ENR-CHAUD", "Enrobé à chaud EB-10", "Hot mix asphalt EB-10", "t"),
    ("PIERRE-20", "Pierre concassée MG-20", "Crushed stone MG-20", "t"),
    ("SABLE", "Sable", "Sand", "t"),
    ("SEL", "Sel de déglaçage", "De-icing salt", "t"),
    ("MANCH-150", "Manchon de réparation 150 mm", "Repair clamp, 150 mm", "un"),
    ("MANCH-200", "Manchon de réparation 200 mm", "Repair clamp, 200 mm", "un"),
    ("TUY-PVC150", "Tuyau PVC DR-18, 150 mm", "PVC pipe DR-18, 150 mm", "m"),
    ("BOITE-VANNE", "Boîte de vanne, section supérieure", "Valve box, top section", "un"),
    ("JOINT-BORNE", "Joint de borne d’incendie", "Hydrant gasket kit", "un"),
    ("GRAIS-ALIM", "Graisse alimentaire pour borne", "Food-grade hydrant grease", "kg"),
    ("GRILLE-PUI", "Grille de puisard", "Catch basin grate", "un"),
    ("CADRE-PUI", "Cadre de puisard ajustable", "Adjustable catch basin frame", "un"),
    ("PAN-ARRET", "Panneau P-010 « Arrêt », 600 mm", "P-010 “Stop” sign, 600 mm", "un"),
    ("POTEAU-SIG", "Poteau de signalisation en acier", "Steel sign post", "un"),
    ("LAMPE-DEL72", "Luminaire DEL 72 W", "LED luminaire, 72 W", "un"),
    ("CELLULE", "Cellule photoélectrique", "Photocell", "un"),
    ("LAME-CARB", "Lame au carbure, 1,2 m", "Carbide blade, 1.2 m", "un"),
    ("HUILE-15W40", "Huile moteur 15W-40", "Engine oil 15W-40", "L"),
    ("FILTRE-HUILE", "Filtre à huile, moteur diesel", "Oil filter, diesel engine", "un"),
)

# What an occurrence of each plan takes, and what was counted in the garage's store.
TAKEN = {
    "EP-01": {"HUILE-15W40": 38.0, "FILTRE-HUILE": 1.0},
    "EP-09": {"HUILE-15W40": 38.0, "FILTRE-HUILE": 1.0},
    "EP-12": {"LAME-CARB": 4.0},
}
COUNTED = {"HUILE-15W40": 205.0, "FILTRE-HUILE": 6.0, "LAME-CARB": 14.0, "SEL": 420.0}
COUNTED_BEFORE = timedelta(days=12)

_STREETS = ("Rues et trottoirs", "Streets and sidewalks")
_WATER = ("Eau et égout", "Water and sewer")
_WINTER = ("Hiver", "Winter")
_SAFETY = ("Éclairage et signalisation", "Lights and signs")
# Code, French, English, group.
SERVICES = (
    ("NID", "Nid-de-poule", "Pothole", _STREETS),
    ("TROTTOIR", "Trottoir endommagé", "Damaged sidewalk", _STREETS),
    ("DEBRIS", "Débris sur la chaussée", "Debris on the road", _STREETS),
    ("FUITE", "Fuite ou bris d’aqueduc", "Water leak or main break", _WATER),
    ("PRESSION", "Pression d’eau faible", "Low water pressure", _WATER),
    ("REFOULEMENT", "Refoulement d’égout", "Sewer backup", _WATER),
    ("PUISARD", "Puisard bouché", "Blocked catch basin", _WATER),
    ("DENEIGEMENT", "Rue ou trottoir non déneigé", "Street or sidewalk not plowed", _WINTER),
    ("GLACE", "Chaussée ou trottoir glacé", "Icy road or sidewalk", _WINTER),
    ("BRIS-DENEIG", "Bris causé par le déneigement", "Damage caused by plowing", _WINTER),
    ("LAMPADAIRE", "Lampadaire éteint", "Street light out", _SAFETY),
    ("PANNEAU", "Panneau manquant ou abîmé", "Missing or damaged sign", _SAFETY),
)


def catalogue_rows() -> Iterator[Base]:
    for code, french, english, unit in PARTS:
        yield Part(
            id=demo_id("part", code), code=code, label_fr=french, label_en=english, unit=unit
        )
    for code, french, english, (group_fr, group_en) in SERVICES:
        yield Service(
            id=demo_id("service", code),
            code=code,
            name_fr=french,
            name_en=english,
            group_fr=group_fr,
            group_en=group_en,
            **ASKED.get(code, {}),
        )


def stock_rows(*, now: datetime) -> Iterator[ServerBase]:
    """The server's own: they are on no tablet."""
    for plan, taken in TAKEN.items():
        for part, quantity in taken.items():
            yield PlanPart(
                plan_id=demo_id("plan", plan), part_id=demo_id("part", part), quantity=quantity
            )
    for part, quantity in COUNTED.items():
        yield StockMovement(
            id=demo_id("counted", part),
            part_id=demo_id("part", part),
            kind=stock.COUNTED,
            quantity=quantity,
            moved_at=now - COUNTED_BEFORE,
            made_at=now - COUNTED_BEFORE,
        )
