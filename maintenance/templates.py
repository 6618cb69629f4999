"""Plans that the law of Québec asks for, as data: each with where it was read, and how surely.

A town adopts one and may change it; nothing here works by itself. `confirmed` is true where the
figure was read on a page of the body that sets it. Tool vehicles are left out by kind, as they are
of the circle check; that they are exempt from maintenance too is to be confirmed.
"""

from dataclasses import dataclass, field
from typing import Any

from asset_model.vocabulary import StepKind, WorkOrderKind

Line = dict[str, Any]

ON_THE_ROAD = [
    "pickup", "dump_truck", "plow_truck", "sweeper", "vacuum_truck", "tractor", "tow_truck",
    "trailer", "other",
]  # fmt: skip
HEAVY_KG, BRAKE_REGISTER_KG = 4_500, 7_258
SAAQ_FILE = "SAAQ, «\u00a0Dossier du véhicule\u00a0»"
SAAQ_CHECK = "SAAQ, «\u00a0Vérification mécanique périodique\u00a0»"
REGULATION_200 = "C-24.2, r.\u00a032, art.\u00a0200"


def _line(kind: StepKind, french: str, english: str, **more: Any) -> Line:
    return {"kind": kind.value, "label_fr": french, "label_en": english, "required": True, **more}


def _item(french: str, english: str) -> Line:
    return _line(StepKind.PASS_FAIL, french, english)


SHEET: tuple[Line, ...] = (
    _item(
        "Freins de service\u00a0: garnitures, tambours, fuites", "Service brakes: linings, leaks"
    ),
    _item("Frein de stationnement", "Parking brake"),
    _item("Direction et suspension", "Steering and suspension"),
    _item("Pneus et roues", "Tires and wheels"),
    _item("Éclairage et signaux", "Lights and signals"),
    _item("Cadre, carrosserie et attelage", "Frame, body and coupling"),
    _item("Moteur, alimentation et échappement", "Engine, fuel and exhaust"),
    _item("Vitres, essuie-glaces et rétroviseurs", "Glass, wipers and mirrors"),
    _item("Appareils de commande et tableau de bord", "Controls and dashboard"),
    _line(StepKind.TEXT, "Remarques", "Remarks") | {"required": False},
)
BRAKES: tuple[Line, ...] = (
    _line(StepKind.CHECK, "Mesures inscrites au registre des freins",
          "Measures entered in the brake register"),
    _item("Chaque mesure dans sa limite", "Every measure within its limit"),
)  # fmt: skip


@dataclass(frozen=True)
class Template:
    """A plan still to be adopted: for whom, how often, and which text asks for it."""

    code: str
    title_fr: str
    title_en: str
    rule: str
    asset_filter: dict[str, Any]
    basis: str
    confirmed: bool
    steps: tuple[Line, ...]
    lead_days: int
    estimated_hours: float
    note_fr: str
    note_en: str
    kind: str = WorkOrderKind.PREVENTIVE
    nests: tuple[str, ...] = ()
    nest_days: int = 0
    class_code: str = field(default="vehicle")

    @property
    def basis_told(self) -> str:
        return self.basis if self.confirmed else f"{self.basis} (à confirmer)"

    def columns(self) -> dict[str, Any]:
        """The columns of the plan it becomes, but for its id, its first day and its crew."""
        return {
            "code": self.code,
            "title_fr": self.title_fr,
            "title_en": self.title_en,
            "class_code": self.class_code,
            "rule": self.rule,
            "floating": True,
            "legal": True,
            "basis": self.basis_told,
            "asset_filter": self.asset_filter,
            "steps": [dict(line) for line in self.steps],
            "lead_days": self.lead_days,
            "estimated_hours": self.estimated_hours,
            "kind": self.kind,
            "nests": list(self.nests),
            "nest_days": self.nest_days,
        }


TEMPLATES: dict[str, Template] = {
    template.code: template
    for template in (
        Template(
            code="LEG-EM6",
            title_fr="Entretien mécanique obligatoire",
            title_en="Mandatory mechanical maintenance",
            rule="FREQ=MONTHLY;INTERVAL=6",
            asset_filter={"gross_weight_kg": {"minimum": HEAVY_KG}, "kind": ON_THE_ROAD},
            basis=SAAQ_FILE,
            confirmed=True,
            steps=SHEET,
            lead_days=21,
            estimated_hours=3.0,
            nests=("LEG-FR6",),
            nest_days=30,
            note_fr="Au moins tous les 6 mois, fiche signée, chaque point conforme ou non. Ne"
            " remplace pas la vérification périodique. Liste des points abrégée, à confirmer.",
            note_en="At least every 6 months, sheet signed, each line conforming or not. Does not"
            " replace the periodic verification. List of lines shortened, to be confirmed.",
        ),
        Template(
            code="LEG-FR6",
            title_fr="Mesures de freins, registre",
            title_en="Brake measures, register",
            rule="FREQ=MONTHLY;INTERVAL=6",
            asset_filter={"gross_weight_kg": {"minimum": BRAKE_REGISTER_KG}, "kind": ON_THE_ROAD},
            basis=REGULATION_200,
            confirmed=True,
            steps=BRAKES,
            lead_days=21,
            estimated_hours=1.0,
            note_fr="PNBV de 7\u00a0258 kg ou plus\u00a0: mesures tous les 6 mois, au registre.",
            note_en="Gross weight of 7,258 kg or more: measures every 6 months, in a register.",
        ),
        Template(
            code="LEG-VM12",
            title_fr="Vérification mécanique périodique",
            title_en="Periodic mechanical verification",
            rule="FREQ=YEARLY",
            asset_filter={"gross_weight_kg": {"minimum": HEAVY_KG}, "kind": ON_THE_ROAD},
            basis=SAAQ_CHECK,
            confirmed=True,
            steps=SHEET,
            lead_days=30,
            estimated_hours=5.0,
            kind=WorkOrderKind.INSPECTION,
            nests=("LEG-EM6", "LEG-FR6"),
            nest_days=30,
            note_fr="Tous les 12 mois\u00a0; vignette. Un programme d’entretien préventif (PEP)"
            " reconnu la remplace\u00a0: mettez alors ce plan au repos.",
            note_en="Every 12 months; sticker. A recognised preventive maintenance program (PEP)"
            " replaces it: put this plan to rest then.",
        ),
        Template(
            code="LEG-VM6",
            title_fr="Vérification mécanique des autobus et minibus",
            title_en="Mechanical verification of buses and minibuses",
            rule="FREQ=MONTHLY;INTERVAL=6",
            asset_filter={"kind": ["bus", "minibus"]},
            basis=SAAQ_CHECK,
            confirmed=True,
            steps=SHEET,
            lead_days=30,
            estimated_hours=5.0,
            kind=WorkOrderKind.INSPECTION,
            note_fr="Tous les 6 mois, quel que soit le poids.",
            note_en="Every 6 months, whatever the weight.",
        ),
    )
}

STORAGE_NOTE = (
    (
        "While a unit is stored nothing falls due on it, and what would have is due on the day it"
        " returns; the days of storage are added to nothing. To be confirmed in the official text."
    ),
    (
        "Pendant le remisage rien n’échoit\u00a0; ce qui aurait échu est à faire le jour du retour."
        " Les jours de remisage ne s’ajoutent à rien. À confirmer dans le texte officiel."
    ),
)
"""English, French."""
