"""Why a file is no archive that this version can read, in English and in French."""

from asset_model.findings import Words

WORDS: Words = {
    "unreadable": ("{file} cannot be read: {why}", "{file} ne se lit pas : {why}"),
    "none": (
        "{file} is not an archive of Voirie, or it is cut short",
        "{file} n’est pas une archive de Voirie, ou est incomplet",
    ),
    "damaged": ("{file} is damaged: {why}", "{file} est abîmé : {why}"),
    "no_manifest": (
        "the file has no manifest: it is not an archive of Voirie",
        "le fichier n’a pas de manifeste : ce n’est pas une archive de Voirie",
    ),
    "format": (
        "the archive is of format {format}; this version reads {known}",
        "l’archive est au format {format} ; cette version lit le {known}",
    ),
    "list": (
        "the archive's list of parts does not agree with itself",
        "la liste des parties de l’archive se contredit",
    ),
    "photo_name": (
        "a photo of the archive is not named by its hash",
        "une photo de l’archive ne porte pas le nom de son empreinte",
    ),
    "part_missing": ("the archive lacks its part {part}", "il manque à l’archive sa partie {part}"),
    "part_other": (
        "the archive's part {part} is not what was written",
        "la partie {part} de l’archive n’est pas ce qui y avait été écrit",
    ),
    "newer": (
        "it was made by a newer version of Voirie (tables {tables}): update this one first",
        (
            "elle vient d’une version plus récente de Voirie (tables {tables}) : "
            "mettez d’abord celle-ci à jour"
        ),
    ),
    "no_store": (
        "the archive holds photos, and there is no store for them",
        "l’archive contient des photos, et rien n’est prévu pour les garder",
    ),
    "columns": (
        "its table {table} has columns that no version had: {columns}",
        "sa table {table} a des colonnes qu’aucune version n’avait : {columns}",
    ),
    "rows": (
        "its table {table} has {count} rows, not {told}",
        "sa table {table} a {count} rangées, et non {told}",
    ),
}
