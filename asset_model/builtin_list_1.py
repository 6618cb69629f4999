"""List 1, for heavy vehicles, as the product brings it.

The order of the headings and the way defects are numbered (1.1 minor, 1.A major) are those of
Schedule III of the regulation; headings 1 to 7 were read there. The wording is ours and shortened:
every text says that it is to be confirmed, and a town puts the prescribed text in a new edition.
"""

from asset_model.list_parts import Item, item

SOURCE = (
    "C-24.2, r. 32, annexe III (liste 1)\u00a0; texte abrégé, à remplacer par le texte prescrit"
)

_MOTOR = ("trailer",)
"""What only a motor vehicle has."""

LIST_1: tuple[Item, ...] = (
    item(
        "1",
        ("Attelage", "Coupling devices"),
        (
            ("Attache de l’attelage manquante, cassée ou desserrée", "Fastener missing or loose"),
            ("Attache de sûreté manquante ou mal fixée", "Safety fastener missing or insecure"),
        ),
        (
            ("Sellette ou pivot déformé, fissuré ou mal fixé", "Plate or kingpin bent or cracked"),
            ("Jeu entre la sellette et le cadre", "Movement between fifth wheel and frame"),
            ("Plus de 20\u00a0% des attaches endommagées", "More than 20% of fasteners damaged"),
            ("Au moins 25\u00a0% des goupilles manquantes", "25% or more of locking pins missing"),
            ("Attelage mal fermé ou mal verrouillé", "Coupling not closed or locked"),
            ("Pièce d’attelage qui risque de céder", "Coupling part might rupture or fall off"),
        ),
    ),
    item(
        "2",
        ("Cadre et carrosserie", "Frame and cargo body"),
        (
            ("Longeron fissuré ou traverse cassée", "Side rail cracked, cross member broken"),
            ("Élément fixe de la carrosserie mal fixé", "Fixed body component insecure"),
        ),
        (
            ("Longeron qui risque de céder", "Side rail might break"),
            ("Affaissement qui fait toucher une pièce mobile", "Sagging: a moving part touches"),
            ("Plus de 25\u00a0% des goupilles du chariot", "More than 25% of bogie pins missing"),
        ),
    ),
    item(
        "3",
        ("Chauffage et dégivrage", "Heater and defroster"),
        (("Ventilateur du pare-brise inopérant", "Windshield blower not operating"),),
        absent_on=_MOTOR,
    ),
    item(
        "4",
        ("Commandes du conducteur", "Driver controls"),
        (
            ("Accélérateur ou embrayage qui fonctionne mal", "Accelerator or clutch faulty"),
            ("Avertisseur sonore qui fonctionne mal", "Horn not operating properly"),
        ),
        (("Moteur qui ne revient pas au ralenti", "Engine fails to return to idle"),),
        absent_on=_MOTOR,
    ),
    item(
        "5",
        ("Direction", "Steering"),
        (
            ("Colonne déplacée ou volant qui ne reste pas réglé", "Column or wheel out of place"),
            ("Niveau de liquide de servodirection incorrect", "Power steering fluid level wrong"),
            ("Courroie de la pompe coupée", "Pump belt cut"),
        ),
        (
            ("Colonne ou volant qui risque de se séparer", "Column or wheel might separate"),
            ("Servodirection inopérante", "Power steering inoperative"),
        ),
        absent_on=_MOTOR,
    ),
    item(
        "6",
        ("Essuie-glace et lave-glace", "Windshield wiper and washer"),
        (
            ("Essuie-glace du passager manquant ou inadéquat", "Passenger’s wiper missing or bad"),
            ("Lave-glace inefficace", "Washer system ineffective"),
        ),
        (("Essuie-glace du conducteur manquant ou inadéquat", "Driver’s wiper missing or bad"),),
        absent_on=_MOTOR,
    ),
    item(
        "7",
        ("Matériel d’urgence", "Emergency material"),
        (
            ("Trousse exigée mal fixée ou peu accessible", "Required first-aid kit insecure"),
            ("Extincteur exigé mal fixé ou inadéquat", "Required extinguisher insecure or bad"),
        ),
        absent_on=_MOTOR,
    ),
    item(
        "8",
        ("Phares et feux", "Headlights and lights"),
        (("Phare, feu ou clignotant inopérant", "Headlight, light or signal not working"),),
        (
            ("Aucun phare de croisement en état", "No working low beam"),
            ("Aucun feu arrière ou de freinage en état", "No working rear or brake light"),
            ("Aucun clignotant arrière en état", "No working rear turn signal"),
        ),
    ),
    item(
        "9",
        ("Pneus", "Tires"),
        (("Pneu usé ou endommagé", "Tire worn or damaged"),),
        (
            ("Pneu à plat ou fuite d’air audible", "Flat tire or audible leak"),
            ("Matière étrangère ou renflement, toile visible", "Bulge or visible cords"),
        ),
    ),
    item(
        "10",
        ("Portières et autres issues", "Doors and other exits"),
        (("Portière qui s’ouvre ou se ferme mal", "Door that opens or closes badly"),),
        (("Portière ou capot qui ne s’enclenche pas", "Door or hood that does not latch"),),
        absent_on=_MOTOR,
    ),
    item(
        "11",
        ("Rétroviseurs et vitrage", "Mirrors and glazing"),
        (("Rétroviseur ou vitre cassé, sale ou mal fixé", "Mirror or glass broken or insecure"),),
        (("Pare-brise\u00a0: visibilité très réduite", "Windshield: visibility much reduced"),),
        absent_on=_MOTOR,
    ),
    item(
        "12",
        ("Roues, moyeux et fixations", "Wheels, hubs and fasteners"),
        (("Niveau d’huile du moyeu trop bas", "Hub oil level too low"),),
        (
            ("Fixation de roue manquante, desserrée ou cassée", "Wheel fastener missing or loose"),
            ("Roue ou jante fissurée ou endommagée", "Wheel or rim cracked"),
        ),
    ),
    item(
        "13",
        ("Siège", "Seat"),
        (("Siège du conducteur mal fixé ou mal réglé", "Driver’s seat insecure"),),
        (("Ceinture du conducteur manquante ou inadéquate", "Driver’s belt missing or bad"),),
        absent_on=_MOTOR,
    ),
    item(
        "14",
        ("Suspension", "Suspension"),
        (("Fuite d’air ou lame de ressort cassée", "Air leak or broken leaf"),),
        (
            ("Lame maîtresse ou 25\u00a0% des lames cassées", "Main leaf or 25% of leaves broken"),
            ("Ballon d’air dégonflé", "Air bag deflated"),
        ),
    ),
    item(
        "15",
        ("Alimentation en carburant", "Fuel system"),
        (("Bouchon du réservoir manquant", "Fuel cap missing"),),
        (("Réservoir mal fixé ou fuite de carburant", "Tank insecure or fuel leak"),),
        absent_on=_MOTOR,
    ),
    item(
        "16",
        ("Échappement", "Exhaust system"),
        (("Fuite d’échappement", "Exhaust leak"),),
        (("Gaz qui entrent dans la cabine", "Exhaust gas in the cab"),),
        absent_on=_MOTOR,
    ),
    item(
        "17",
        ("Freins électriques", "Electric brakes"),
        (("Raccord électrique lâche", "Loose electrical connection"),),
        (("Frein électrique inopérant", "Electric brake inoperative"),),
    ),
    item(
        "18",
        ("Freins hydrauliques", "Hydraulic brakes"),
        (("Liquide sous le minimum", "Fluid below the minimum"),),
        (
            ("Freinage réduit ou pédale qui s’enfonce", "Braking reduced or pedal sinks"),
            ("Témoin de frein allumé", "Brake warning light on"),
        ),
    ),
    item(
        "19",
        ("Freins pneumatiques", "Air brakes"),
        (
            ("Fuite d’air audible", "Audible air leak"),
            ("Pression qui monte lentement", "Slow build-up of pressure"),
        ),
        (
            ("Perte d’air au-delà de la norme", "Air loss above the limit"),
            ("Avertisseur de basse pression inopérant", "Low-pressure warning inoperative"),
            ("Frein de stationnement ou course hors norme", "Parking brake or stroke off limit"),
        ),
    ),
)
