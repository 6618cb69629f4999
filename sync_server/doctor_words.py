"""What `voirie doctor` says of a server, in English and in French."""

from asset_model.findings import Words

WORDS: Words = {
    "damage": (
        "The database is damaged: {error}. Stop the server and restore a backup.",
        "La base de données est abîmée : {error}. Arrêtez le serveur et restaurez une copie.",
    ),
    "schema_differs": (
        "The tables are of {stand}, this version wants {newest}: run `voirie migrate`.",
        "Les tables sont de {stand}, cette version veut {newest} : lancez `voirie migrate`.",
    ),
    "disk_low": (
        "Only {free_mb} MB are left on the disk of the data folder.",
        "Il ne reste que {free_mb} Mo sur le disque du dossier de données.",
    ),
    "stale_file": (
        "{file} was never finished, for more than a day.",
        "{file} est inachevé depuis plus d’un jour.",
    ),
    "behind_mark": (
        "The database is an older copy: it was seen at {seen}, and stands at {position}.",
        "La base est une copie plus ancienne : vue à {seen}, elle est à {position}.",
    ),
    "parked": (
        "{count} act(s) wait since {since}: {code}.",
        "{count} acte(s) attendent depuis le {since} : {code}.",
    ),
    "refused": (
        "{count} act(s) were refused, in all; they are kept in the journal.",
        "{count} acte(s) ont été refusés en tout ; ils sont gardés au journal.",
    ),
    "contested": (
        "{count} value(s) wait for a foreman to decide, since {since}.",
        "{count} valeur(s) attendent la décision d’un contremaître, depuis le {since}.",
    ),
    "device_never": (
        "The device {device}, enrolled on {day}, has never synchronized.",
        "L’appareil {device}, inscrit le {day}, ne s’est jamais synchronisé.",
    ),
    "device_silent": (
        "The device {device} has not synchronized since {day}.",
        "L’appareil {device} ne s’est pas synchronisé depuis le {day}.",
    ),
    "device_clock": (
        "The clock of {device} is {minutes} min ahead of ours.",
        "L’horloge de {device} avance de {minutes} min sur la nôtre.",
    ),
    "device_report": (
        "The device {device} was reported on {day}: {kind}.",
        "L’appareil {device} a été signalé le {day} : {kind}.",
    ),
    "device_ahead": (
        "{device} says it read to {position}; we were at {head}. Older copy: `voirie new-history`.",
        "{device} dit avoir lu à {position} ; ici, {head}. Copie ancienne : `voirie new-history`.",
    ),
    "photos_lost": (
        "{count} photo file(s) that were here are gone, the first is {first}.",
        "{count} fichier(s) de photo ont disparu, le premier est {first}.",
    ),
    "row_differs": (
        "{count} row(s) of {table} are not what the tablets are told, the first is {first}.",
        "{count} fiche(s) de {table} ne sont pas ce qui est dit aux tablettes, d’abord {first}.",
    ),
    "row_missing": (
        "The tablets are told of {count} row(s) of {table} that are not there.",
        "Les tablettes reçoivent {count} fiche(s) de {table} qui n’existent pas.",
    ),
    "beyond_head": (
        "{count} row(s) stand beyond the position {head} of the history.",
        "{count} fiche(s) sont au-delà de la position {head} de l’histoire.",
    ),
    "hash_wrong": (
        "{count} row(s) had a hash that was not theirs.",
        "{count} fiche(s) avaient une empreinte qui n’était pas la leur.",
    ),
    "digest_wrong": (
        "The sum of the bucket {bucket} was not that of its rows.",
        "La somme du lot {bucket} n’était pas celle de ses fiches.",
    ),
    "notices_unsent": (
        "{count} notice(s) to citizens were not sent: no mail server is named (VOIRIE_SMTP_HOST).",
        "{count} avis aux citoyens non envoyés : aucun serveur de courriel (VOIRIE_SMTP_HOST).",
    ),
    "notices_failed": (
        "{count} notice(s) by {channel} were given up: `voirie notices list` says why.",
        "{count} avis par {channel} ont été abandonnés : `voirie notices list` dit pourquoi.",
    ),
    "notices_late": (
        "{count} notice(s) by {channel} wait since {since}: nothing leaves.",
        "{count} avis par {channel} attendent depuis le {since} : rien ne part.",
    ),
    "well": ("All is well.", "Tout va bien."),
}
