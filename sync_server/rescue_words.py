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
        "{count} act(s) may lack a part, for damage, and were left out (--incomplete).",
        "{count} acte(s) ont peut-être perdu une partie et sont laissés de côté (--incomplete).",
    ),
    "garbled": (
        "{count} act(s) in the file make no sense and were left out.",
        "{count} acte(s) du fichier n’ont pas de sens et sont laissés de côté.",
    ),
    "unread": (
        "The file says that {count} thing(s) could not be read on the tablet.",
        "Le fichier dit que {count} chose(s) n’ont pas pu être lues sur la tablette.",
    ),
    "photos": (
        "{count} photo file(s) are still on the tablet only: keep its folder.",
        "{count} fichier(s) de photo ne sont encore que sur la tablette : gardez son dossier.",
    ),
    "sum": (
        "{into} act(s) brought in, {before} here already, {left} left to settle.",
        "{into} acte(s) repris, {before} déjà ici, {left} à régler.",
    ),
}
