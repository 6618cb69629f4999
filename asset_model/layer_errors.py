"""What layers refuse to those who read them, in a file or on the web: English, then French."""

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
}
