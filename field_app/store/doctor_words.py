"""What the tablet's commands say of its folder, in English and in French."""

from asset_model.findings import Words

EXPORT: Words = {
    "exported": (
        "{groups} act(s) and the names of {photos} photo file(s) are in {file}.",
        "{groups} acte(s) et les noms de {photos} fichier(s) de photo sont dans {file}.",
    ),
    "no_log": (
        "There is no tablet.sqlite-wal: unless the tablet was stopped, the last acts are in it.",
        "Il n’y a pas de tablet.sqlite-wal : sauf après un arrêt, les derniers actes y sont.",
    ),
    "log_damaged": (
        "The log is damaged: {frames} page(s) after the damage were read one by one.",
        "Le journal est abîmé : {frames} page(s) après la partie abîmée ont été lues une à une.",
    ),
    "table_cut_short": (
        "Of the table {table} SQLite could read {rows} row(s), then: {error}.",
        "De la table {table}, SQLite a pu lire {rows} ligne(s), puis : {error}.",
    ),
    "change_garbled": (
        "The change at place {place} makes no sense and was left out.",
        "Le changement à la place {place} n’a pas de sens et est laissé de côté.",
    ),
    "found_in_pages": (
        "{changes} change(s) that SQLite could not reach were found page by page.",
        "{changes} changement(s) que SQLite n’atteint plus ont été trouvés page par page.",
    ),
    "changes_missing": (
        "The change(s) at place {places} could not be read, or were cleared long ago.",
        "Les changements à la place {places} sont illisibles, ou effacés depuis longtemps.",
    ),
    "groups_incomplete": (
        "{groups} act(s) stand beside what is missing, and may lack a part.",
        "{groups} acte(s) sont à côté de ce qui manque, et ont peut-être perdu une partie.",
    ),
}

DOCTOR: Words = {
    "damage": (
        "The database is damaged: {error}. Save what is unsent: `voirie tablet export`.",
        "La base est abîmée : {error}. Sauvez ce qui n’est pas envoyé : `voirie tablet export`.",
    ),
    "schema_differs": (
        "The tables are of {stand}, this version wants {newest}: start the tablet once.",
        "Les tables sont de {stand}, cette version veut {newest} : démarrez la tablette une fois.",
    ),
    "disk_low": (
        "Only {free_mb} MB are left on the disk.",
        "Il ne reste que {free_mb} Mo sur le disque.",
    ),
    "stale_file": (
        "{file} was never finished, for more than a day.",
        "{file} est inachevé depuis plus d’un jour.",
    ),
    "file_unreadable": ("{file} cannot be read: {error}.", "{file} est illisible : {error}."),
    "not_enrolled": ("This tablet is not enrolled.", "Cette tablette n’est pas inscrite."),
    "no_marker": (
        "The installation's marker is missing; it is made anew at the next start.",
        "Le repère de l’installation manque ; il est refait au prochain démarrage.",
    ),
    "pending": (
        "{count} act(s) are not sent yet, since {since}.",
        "{count} acte(s) ne sont pas encore envoyés, depuis {since}.",
    ),
    "parked": (
        "{count} act(s) wait on the server for a person or a record, since {since}.",
        "{count} acte(s) attendent au serveur une personne ou une fiche, depuis {since}.",
    ),
    "refused": (
        "{count} act(s) were refused, since {since}; the reason is on each.",
        "{count} acte(s) ont été refusés, depuis {since} ; la raison est sur chacun.",
    ),
    "contested": (
        "{count} value(s) wait for a foreman to decide.",
        "{count} valeur(s) attendent la décision d’un contremaître.",
    ),
    "never_heard": (
        "The server has never answered this tablet.",
        "Le serveur n’a jamais répondu à cette tablette.",
    ),
    "silent": (
        "The server has not answered since {since}.",
        "Le serveur n’a pas répondu depuis {since}.",
    ),
    "clock": (
        "This tablet's clock is {minutes} min ahead of the server's.",
        "L’horloge de la tablette avance de {minutes} min sur celle du serveur.",
    ),
    "reading_again": (
        "Everything is being read again from the server.",
        "Tout est en train d’être relu du serveur.",
    ),
    "bucket_differs": (
        "The bucket {bucket} is not what the server holds.",
        "Le lot {bucket} n’est pas ce que le serveur détient.",
    ),
    "orphan_images": (
        "{count} record(s) are kept twice, with nothing waiting on them.",
        "{count} fiche(s) sont gardées en double, sans rien qui attende dessus.",
    ),
    "photos_waiting": (
        "{count} photo file(s) are not sent yet.",
        "{count} fichier(s) de photo ne sont pas encore envoyés.",
    ),
    "photos_refused": (
        "{count} photo file(s) were refused; they stay on this disk.",
        "{count} fichier(s) de photo ont été refusés ; ils restent sur ce disque.",
    ),
    "photos_lost": (
        "{count} photo file(s) are gone from this disk and were not sent.",
        "{count} fichier(s) de photo ont disparu de ce disque sans être envoyés.",
    ),
    "well": ("All is well.", "Tout va bien."),
}

WORDS: Words = {**EXPORT, **DOCTOR}
