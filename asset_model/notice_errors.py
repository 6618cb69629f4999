"""Why something could not be told outside the town, in English, then in French."""

NOTICE_SENTENCES: dict[str, tuple[str, str]] = {
    "no_mail_server": (
        "Not sent: no mail server is named.",
        "Non envoyé : aucun serveur de courriel n’est indiqué.",
    ),
    "mail_server_away": (
        "The mail server does not answer, or does not let us in. It is tried again.",
        "Le serveur de courriel ne répond pas, ou nous refuse. On essaie encore.",
    ),
    "mail_refused": (
        "The mail server refused the letter: the address may be wrong. Call the citizen.",
        "Le serveur de courriel a refusé la lettre : l’adresse est sans doute fausse. Appelez.",
    ),
    "address_unusable": (
        "What the citizen left is no e-mail address. Call them.",
        "Ce que le citoyen a laissé n’est pas une adresse de courriel. Appelez-le.",
    ),
    "notice_unusable": (
        "The letter could not be made. Tell whoever looks after the server.",
        "La lettre n’a pas pu être faite. Dites-le à qui s’occupe du serveur.",
    ),
    "address_erased": (
        "Not sent: the citizen’s address was erased.",
        "Non envoyé : l’adresse du citoyen a été effacée.",
    ),
    "not_wished": (
        "Not sent: the citizen wishes for no more letters.",
        "Non envoyé : le citoyen ne veut plus de courriels.",
    ),
    "too_late": (
        "Not sent: it came too late to be of use.",
        "Non envoyé : il était trop tard pour que ce soit utile.",
    ),
    "overtaken": (
        "Not sent: it was no longer so a minute later.",
        "Non envoyé : ce n’était plus vrai une minute après.",
    ),
    "webhook_away": (
        "The other system does not answer. It is tried again.",
        "L’autre système ne répond pas. On essaie encore.",
    ),
    "webhook_refused": (
        "The other system refused what it was told.",
        "L’autre système a refusé ce qu’on lui disait.",
    ),
    "webhook_gone": (
        "The other system wishes for no more: it is called no longer.",
        "L’autre système n’en veut plus : on ne l’appelle plus.",
    ),
    "webhook_silent": (
        "The other system has not answered for days: it is called no longer.",
        "L’autre système ne répond pas depuis des jours : on ne l’appelle plus.",
    ),
    "webhook_forbidden": (
        "The address is inside the town’s network, and was not allowed.",
        "L’adresse est dans le réseau de la Ville, et n’est pas permise.",
    ),
    "webhook_inside": (
        "{address} is inside the town’s own network. Say --private if that is meant.",
        "{address} est dans le réseau de la Ville. Dites --private si c’est voulu.",
    ),
}
