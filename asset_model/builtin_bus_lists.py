"""Lists 2 and 3, for buses and motor coaches, as the product brings them.

What each list is for was read in the regulation (Schedules III and V, "Application"), as were
headings 1 to 7 of List 3 with the numbers of their defects; Schedule IV was not. The rest follows
List 1 and the trade, shortened: every text says that it is to be confirmed.
"""

from asset_model.builtin_list_1 import LIST_1
from asset_model.list_parts import Item, item

SOURCE_2 = (
    "C-24.2, r. 32, annexe IV (liste 2), non lue\u00a0; rubriques d’après la liste 1 et le métier,"
    " à remplacer par le texte prescrit"
)
SOURCE_3 = (
    "C-24.2, r. 32, annexe V (liste 3)\u00a0; rubriques 1 à 7 lues en anglais, texte abrégé, à"
    " remplacer par le texte prescrit"
)

TOWING = ("bus", "minibus", "motor_coach")
BUS_KINDS = ("bus", "minibus", *(f"trailer:{kind}" for kind in TOWING))
"""By the "Application" of List 1 and List 3: any trailer that one of them tows is of List 2."""
COACH_KINDS = ("motor_coach",)

_BAGGAGE = (
    "Porte extérieure d’un compartiment inadéquate ou mal fixée",
    "Outside door of a compartment inadequate or insecure",
)
_EXITS = item(
    "10",
    ("Portières et autres issues", "Doors and other exits"),
    (
        ("Portière qui s’ouvre ou se ferme mal", "Door that opens or closes badly"),
        ("Marche ou main courante endommagée", "Step or handrail damaged"),
    ),
    (
        ("Portière ou capot qui ne s’enclenche pas", "Door or hood that does not latch"),
        ("Protection contre l’ouverture des portes défectueuse", "Door-opening guard faulty"),
        ("Sortie de secours obstruée ou inadéquate", "Emergency exit blocked or inadequate"),
        ("Dispositif d’accès qui ne se rétracte pas", "Access device that does not retract"),
    ),
)
_SEATS = item(
    "13",
    ("Sièges et plancher", "Seats and floor"),
    (
        ("Siège du conducteur mal fixé ou mal réglé", "Driver’s seat insecure"),
        ("Siège ou ceinture d’un passager en mauvais état", "Passenger’s seat or belt damaged"),
    ),
    (
        ("Ceinture du conducteur manquante ou inadéquate", "Driver’s belt missing or bad"),
        ("Plancher perforé\u00a0: danger pour les occupants", "Floor pierced: danger to occupants"),
    ),
)
_OF_BUSES = {
    "2": item(
        "2",
        ("Cadre et carrosserie", "Frame and cargo body"),
        (
            ("Longeron fissuré ou traverse cassée", "Side rail cracked, cross member broken"),
            ("Élément fixe de la carrosserie mal fixé", "Fixed body component insecure"),
            _BAGGAGE,
        ),
        (
            ("Longeron qui risque de céder", "Side rail might break"),
            ("Affaissement qui fait toucher une pièce mobile", "Sagging: a moving part touches"),
        ),
    ),
    "10": _EXITS,
    "13": _SEATS,
}
_OF_COACHES = {
    "1": item(
        "1",
        ("Attelage", "Coupling devices"),
        (
            ("Attache de l’attelage manquante, cassée ou desserrée", "Fastener missing or loose"),
            ("Attache de sûreté manquante ou mal fixée", "Safety fastener missing or insecure"),
        ),
        (
            ("Plus de 20\u00a0% des attaches endommagées", "More than 20% of fasteners damaged"),
            ("Pièce d’attelage qui risque de céder", "Coupling part might rupture or fall off"),
        ),
        numbered=("1.1", "1.2", "1.C", "1.F"),
    ),
    "2": item(
        "2",
        ("Cadre et carrosserie", "Frame and cargo body"),
        (("Élément fixe de la carrosserie mal fixé", "Fixed body component insecure"), _BAGGAGE),
        numbered=("2.2", "2.3"),
    ),
    "10": _EXITS,
    "13": _SEATS,
}

LIST_2: tuple[Item, ...] = tuple(_OF_BUSES.get(each["code"], each) for each in LIST_1)
LIST_3: tuple[Item, ...] = tuple(_OF_COACHES.get(each["code"], each) for each in LIST_1)
