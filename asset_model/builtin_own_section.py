"""What a town adds after the legal list: what is mounted on the unit, the beacon, the alarm."""

from asset_model.list_parts import Item, item

SOURCE = "Section de l’exploitant (art. 192)\u00a0; proposition du logiciel"

OWN_SECTION: tuple[Item, ...] = (
    item(
        "V1",
        ("Chasse-neige", "Plow"),
        (("Lame ou patin usé", "Blade or shoe worn"), ("Fuite hydraulique lente", "Slow leak")),
        (
            ("Goupille ou attache manquante", "Pin or fastener missing"),
            ("Ne reste pas levé", "Does not stay up"),
        ),
        mounted=("plow",),
    ),
    item(
        "V2",
        ("Aile de côté", "Wing"),
        (("Lame ou patin usé", "Blade or shoe worn"),),
        (
            ("Câble ou chaîne de retenue abîmé", "Cable or safety chain damaged"),
            ("Ne se replie pas", "Does not fold"),
        ),
        mounted=("wing",),
    ),
    item(
        "V3",
        ("Épandeur", "Spreader"),
        (("Débit irrégulier ou tourniquet bloqué", "Uneven rate or jammed spinner"),),
        (("Épandeur mal fixé", "Spreader insecure"),),
        mounted=("spreader",),
    ),
    item(
        "V4",
        ("Souffleuse", "Blower"),
        (("Boulon de cisaillement à remplacer", "Shear bolt to replace"),),
        (("Protecteur manquant", "Guard missing"),),
        mounted=("blower",),
    ),
    item(
        "V5",
        ("Gyrophare", "Beacon"),
        (("Gyrophare faible ou sale", "Beacon weak or dirty"),),
        (("Gyrophare inopérant, unité de déneigement", "Beacon not working on a snow unit"),),
        absent_on=("trailer",),
    ),
    item(
        "V6",
        ("Avertisseur de recul et caméra", "Back-up alarm and camera"),
        (("Caméra embuée ou en panne", "Camera fogged or dead"),),
        (("Avertisseur de recul inopérant", "Back-up alarm not working"),),
        absent_on=("trailer",),
    ),
)
