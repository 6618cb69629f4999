"""What the tablet's commands say of its folder, in English and in French."""

from asset_model.findings import Words

EXPORT: Words = {
    "exported": (
        "In {file}: acts, {groups}; names of photo files, {photos}.",
        "Dans {file} : actes, {groups} ; noms de fichiers de photo, {photos}.",
    ),
    "no_log": (
        "There is no tablet.sqlite-wal: unless the tablet was stopped, the last acts are in it.",
        "Il n’y a pas de tablet.sqlite-wal : sauf après un arrêt, les derniers actes y sont.",
    ),
    "log_damaged": (
        "The log is damaged. Pages after the damage that were read one by one: {frames}.",
        "Le journal est abîmé. Pages lues une à une après la partie abîmée : {frames}.",
    ),
    "table_cut_short": (
        "Of the table {table} SQLite could read so many rows: {rows}. Then: {error}.",
        "Lignes que SQLite a pu lire de la table {table} : {rows}. Ensuite : {error}.",
    ),
    "change_garbled": (
        "The change at place {place} makes no sense and was left out.",
        "Le changement à la place {place} n’a pas de sens et est laissé de côté.",
    ),
    "found_in_pages": (
        "Changes that SQLite could not reach, found page by page: {changes}.",
        "Changements que SQLite n’atteint plus, trouvés page par page : {changes}.",
    ),
    "changes_missing": (
        "Changes that could not be read, or were cleared long ago, by their place: {places}.",
        "Changements illisibles, ou effacés depuis longtemps, par leur place : {places}.",
    ),
    "groups_incomplete": (
        "Acts beside what is missing, which may lack a part: {groups}.",
        "Actes à côté de ce qui manque, peut-être incomplets : {groups}.",
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
        "Acts not sent yet: {count}, since {since}.",
        "Actes pas encore envoyés : {count}, depuis {since}.",
    ),
    "parked": (
        "Acts that wait on the server for a person or a record: {count}, since {since}.",
        "Actes qui attendent au serveur une personne ou une fiche : {count}, depuis {since}.",
    ),
    "refused": (
        "Acts that were refused: {count}, since {since}; the reason is on each.",
        "Actes refusés : {count}, depuis {since} ; la raison est sur chacun.",
    ),
    "contested": (
        "Values that wait for a foreman to decide: {count}.",
        "Valeurs qui attendent la décision d’un contremaître : {count}.",
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
        "Records kept twice, with nothing waiting on them: {count}.",
        "Fiches gardées en double, sans rien qui attende dessus : {count}.",
    ),
    "photos_waiting": (
        "Photo files not sent yet: {count}.",
        "Fichiers de photo pas encore envoyés : {count}.",
    ),
    "photos_refused": (
        "Photo files that were refused: {count}; they stay on this disk.",
        "Fichiers de photo refusés : {count} ; ils restent sur ce disque.",
    ),
    "photos_lost": (
        "Photo files gone from this disk without having been sent: {count}.",
        "Fichiers de photo disparus de ce disque sans être envoyés : {count}.",
    ),
    "well": ("All is well.", "Tout va bien."),
}

WORDS: Words = {**EXPORT, **DOCTOR}
