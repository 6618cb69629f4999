"""Why a row is refused: English, French, and how to mend it in both."""

SUBSTITUTE = "Mend the cell, or give the value its meaning in the mapping."
SUBSTITUTE_FR = "Corrigez la cellule, ou donnez un sens à cette valeur dans la correspondance."

READ_AGAIN = "Read it again on the plate."
READ_AGAIN_FR = "Relisez-le sur la plaque."

ROW_REASONS: dict[str, tuple[str, str, str, str]] = {
    # code: (English, French, how to mend it, comment le corriger)
    "row_malformed": (
        "The row cannot be cut into cells: {why}.",
        "La ligne ne se découpe pas en cellules : {why}.",
        "Mend the quotes and separators of this line; its text is in “_raw”.",
        "Corrigez les guillemets et les séparateurs de cette ligne ; son texte est dans « _raw ».",
    ),
    "cell_count": (
        "The row has {found} cells where the header has {wanted}.",
        "La ligne a {found} cellules et l’en-tête en a {wanted}.",
        "Look for a missing quote or separator; the line's text is in “_raw”.",
        "Cherchez un guillemet ou un séparateur manquant ; la ligne est dans « _raw ».",
    ),
    "inp_line": (
        "Line {line} of the model has too few words: {text}",
        "La ligne {line} du modèle a trop peu de mots : {text}",
        "Mend it in EPANET or SWMM.",
        "Corrigez-la dans EPANET ou SWMM.",
    ),
    "key_missing": (
        "The key in “{column}” is empty.",
        "La clé dans « {column} » est vide.",
        "Give the row its key: it is how a later import finds the same asset.",
        "Donnez sa clé à la ligne : c’est par elle qu’un prochain import retrouvera l’actif.",
    ),
    "key_repeated": (
        "The key “{value}” is already that of row {first}.",
        "La clé « {value} » est déjà celle de la ligne {first}.",
        "Keep one of the two rows, or give this one its own key.",
        "Gardez une des deux lignes, ou donnez sa propre clé à celle-ci.",
    ),
    "tag_repeated": (
        "The tag “{value}” is already that of row {first}.",
        "Le repère « {value} » est déjà celui de la ligne {first}.",
        "Give this row other values in the columns that make the tag.",
        "Changez dans cette ligne les colonnes qui forment le repère.",
    ),
    "tag_taken": (
        "The tag “{value}” belongs to another asset ({owner}).",
        "Le repère « {value} » appartient à un autre actif ({owner}).",
        "Change the columns that make the tag, or the tag in the mapping.",
        "Changez les colonnes qui forment le repère, ou le repère dans la correspondance.",
    ),
    "pattern_empty": (
        "The columns that make the {field} are empty ({pattern}).",
        "Les colonnes qui forment le champ « {field} » sont vides ({pattern}).",
        "Fill one of them.",
        "Remplissez-en au moins une.",
    ),
    "geometry_missing": (
        "There is no geometry in “{column}”.",
        "Il n’y a pas de géométrie dans « {column} ».",
        "Draw it, or take the row out.",
        "Dessinez-la, ou retirez la ligne.",
    ),
    "geometry_unreadable": (
        "The geometry in “{column}” cannot be read: {value}",
        "La géométrie dans « {column} » est illisible : {value}",
        "Write it as WKT, for instance LINESTRING (-75.73 45.43, -75.74 45.44).",
        "Écrivez-la en WKT, par exemple LINESTRING (-75.73 45.43, -75.74 45.44).",
    ),
    "line_of_one_point": (
        "The line has one point only: {value}",
        "La ligne n’a qu’un seul point : {value}",
        "Add the other end, from the map.",
        "Ajoutez l’autre bout, d’après la carte.",
    ),
    "ring_parentheses": (
        "The polygon has one pair of parentheses where two are needed: {value}",
        "Le polygone a une paire de parenthèses au lieu de deux : {value}",
        "Write POLYGON ((…)).",
        "Écrivez POLYGON ((…)).",
    ),
    "geometry_kind": (
        "The geometry is a {found}; this class needs a {wanted}.",
        "La géométrie est de type {found} ; cette classe demande {wanted}.",
        "Take the row out, or import it as another class.",
        "Retirez la ligne, ou importez-la dans une autre classe.",
    ),
    "geometry_invalid": (
        "The shape is not valid: {why}.",
        "La forme n’est pas valide : {why}.",
        "Redraw it so that its outline does not cross itself.",
        "Redessinez-la pour que son contour ne se croise pas.",
    ),
    "line_without_length": (
        "All the points of the line are in the same place.",
        "Tous les points de la ligne sont au même endroit.",
        "Redraw the line from one end to the other.",
        "Redessinez la ligne d’un bout à l’autre.",
    ),
    "coordinate_unreadable": (
        "“{value}” in “{column}” is not a coordinate.",
        "« {value} » dans « {column} » n’est pas une coordonnée.",
        "Write a number.",
        "Écrivez un nombre.",
    ),
    "coordinates_swapped": (
        "The coordinates ({x}, {y}) are in the wrong order: longitude comes first.",
        "Les coordonnées ({x}, {y}) sont inversées : la longitude vient d’abord.",
        "Swap them.",
        "Inversez-les.",
    ),
    "outside_crs": (
        "The coordinates ({x}, {y}) do not exist in {crs}.",
        "Les coordonnées ({x}, {y}) n’existent pas dans {crs}.",
        "Correct them, or name the right coordinate system in the mapping.",
        "Corrigez-les, ou nommez le bon système de coordonnées dans la correspondance.",
    ),
    "far_away": (
        "The place ({longitude}, {latitude}) is outside the territory of this source.",
        "L’endroit ({longitude}, {latitude}) est hors du territoire de cette source.",
        "Correct the coordinates, or widen “within” in the mapping.",
        "Corrigez les coordonnées, ou élargissez « within » dans la correspondance.",
    ),
    "value_unknown": (
        "“{value}” in “{column}” is not a known value ({known}).",
        "« {value} » dans « {column} » n’est pas une valeur connue ({known}).",
        SUBSTITUTE,
        SUBSTITUTE_FR,
    ),
    "value_type": (
        "“{value}” in “{column}” is not {wanted}.",
        "« {value} » dans « {column} » n’est pas {wanted_fr}.",
        SUBSTITUTE,
        SUBSTITUTE_FR,
    ),
    "value_outside": (
        "“{value}” in “{column}” is not between {minimum} and {maximum}.",
        "« {value} » dans « {column} » n’est pas entre {minimum} et {maximum}.",
        SUBSTITUTE,
        SUBSTITUTE_FR,
    ),
    "value_needed": (
        "“{column}” is empty, and this class needs it.",
        "« {column} » est vide, et cette classe en a besoin.",
        "Fill the cell.",
        "Remplissez la cellule.",
    ),
    "vin_length": (
        "“{vin}” has {count} characters, and a vehicle’s number 17.",
        "« {vin} » a {count} caractères, et un NIV 17.",
        READ_AGAIN,
        READ_AGAIN_FR,
    ),
    "vin_characters": (
        "“{vin}” has {found}: a vehicle’s number has no I, O, Q or signs.",
        "« {vin} » contient {found} : un NIV n’a ni I, ni O, ni Q, ni signes.",
        READ_AGAIN,
        READ_AGAIN_FR,
    ),
    "vin_check_digit": (
        "“{vin}” is mistyped: its ninth character is {found}, the others ask for {wanted}.",
        "« {vin} » est mal transcrit : son neuvième caractère est {found}, on attend {wanted}.",
        READ_AGAIN,
        READ_AGAIN_FR,
    ),
    "vin_year": (
        "“{vin}” says model year {years}, and the row {year}.",
        "« {vin} » dit l’année {years}, et la ligne {year}.",
        "Correct the one or the other.",
        "Corrigez l’un ou l’autre.",
    ),
}
