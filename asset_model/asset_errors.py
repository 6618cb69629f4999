"""The catalogue's part on assets: how good they are, and the papers that are kept with them."""

ASSET_SENTENCES: dict[str, tuple[str, str]] = {
    "grade_unknown": (
        "“{value}” is no grade: a condition is judged from 1, very good, to 5, very poor.",
        "« {value} » n’est pas une cote : l’état va de 1, très bon, à 5, très mauvais.",
    ),
    "document_unreadable": (
        "This file cannot be kept: a document is a PDF, or a JPEG, PNG or WebP picture.",
        "Ce fichier ne peut pas être gardé : un document est un PDF, un JPEG, un PNG ou un WebP.",
    ),
    "document_too_large": (
        "This file has {size} MB; a document has at most {limit} MB.",
        "Ce fichier fait {size} Mo ; un document fait au plus {limit} Mo.",
    ),
    "document_of_office": (
        "Manuals, plans and warranties are attached by the office.",
        "C’est le bureau qui joint les manuels, les plans et les garanties.",
    ),
}
