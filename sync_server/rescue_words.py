"""What `voirie import-rescue` says, in English and in French."""

from asset_model.findings import Words

KINDS: Words = {
    "work_order": ("work order", "bon de travail"),
    "step": ("checklist answer", "réponse à la liste"),
    "time_worked": ("time worked", "temps travaillé"),
    "material_used": ("material used", "matériel utilisé"),
    "comment": ("comment", "commentaire"),
    "status_change": ("progress", "avancement"),
    "photo": ("photo", "photo"),
    "matter": ("matter to settle", "point à régler"),
    "settlement": ("settlement", "règlement"),
    "contested_value": ("contested value", "valeur contestée"),
}

WORDS: Words = {
    "in": ("brought in.", "repris."),
    "before": ("was here already.", "était déjà ici."),
    "merged": (
        "brought in; the server kept its own value of {columns}.",
        "repris ; le serveur a gardé sa valeur de {columns}.",
    ),
    "parked": ("kept, and waits.", "gardé, en attente."),
    "refused": ("refused, and kept in the journal.", "refusé, et gardé au journal."),
    "doubtful": (
        "Left out, as they may lack a part, for damage (--incomplete): {count}.",
        "Laissés de côté, car il leur manque peut-être une partie (--incomplete) : {count}.",
    ),
    "garbled": (
        "Left out, as they make no sense: {count}.",
        "Laissés de côté, car ils n’ont pas de sens : {count}.",
    ),
    "unread": (
        "What could not be read on the tablet, says the file: {count}.",
        "Ce qui n’a pas pu être lu sur la tablette, dit le fichier : {count}.",
    ),
    "photos": (
        "Photo files that are still on the tablet only: {count}. Keep its folder.",
        "Fichiers de photo encore sur la tablette seulement : {count}. Gardez son dossier.",
    ),
    "sum": (
        "Acts brought in: {into}; here already: {before}; left to settle: {left}.",
        "Actes repris : {into} ; déjà ici : {before} ; à régler : {left}.",
    ),
}
