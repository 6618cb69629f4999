"""What layers and maps refuse to who reads them, in a file or on the web: English, then French."""

LAYER_SENTENCES: dict[str, tuple[str, str]] = {
    "layer_unknown": (
        "There is no layer “{layer}” here. There are: {known}.",
        "Il n’y a pas de couche « {layer} » ici. Il y a : {known}.",
    ),
    "district_unknown": (
        "There is no district “{district}”. There are: {known}.",
        "Il n’y a pas de secteur « {district} ». Il y a : {known}.",
    ),
    "filter_unknown": (
        "“{parameter}” is no field of {layer}. Its fields: {known}.",
        "« {parameter} » n’est pas un champ de {layer}. Ses champs : {known}.",
    ),
    "filter_value": (
        "“{value}” does not fit “{parameter}” ({wanted}).",
        "« {value} » ne convient pas à « {parameter} » ({wanted}).",
    ),
    "parameter_unknown": (
        "“{parameter}” is no parameter here. There are: {known}.",
        "« {parameter} » n’est pas un paramètre ici. Il y a : {known}.",
    ),
    "parameter_invalid": (
        "“{value}” does not fit the parameter “{parameter}”. Expected: {why}.",
        "« {value} » ne convient pas au paramètre « {parameter} ». Attendu : {why}.",
    ),
    "collection_unknown": (
        "There is no collection “{collection}” that this key may read.",
        "Il n’y a pas de collection « {collection} » que cette clé permette de lire.",
    ),
    "feature_unknown": (
        "There is no feature “{feature}” in “{collection}”.",
        "Il n’y a pas d’objet « {feature} » dans « {collection} ».",
    ),
    "key_unknown": (
        "A key is needed to read here. Ask the town’s administrator for one.",
        "Il faut une clé pour lire ici. Demandez-en une à l’administrateur de la ville.",
    ),
    "pack_out_of_scope": (
        "This base map is not of a district that this tablet works in.",
        "Ce fond de carte n’est pas d’un secteur où cette tablette travaille.",
    ),
    "pack_gone": (
        "This base map is not kept any more. Ask for the one of today.",
        "Ce fond de carte n’est plus gardé. Demandez celui du jour.",
    ),
}
