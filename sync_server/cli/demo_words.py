"""What `voirie demo` says, in English and in French."""

from asset_model.findings import Words

WORDS: Words = {
    "filling": (
        "Filling the town, or finding it filled…",
        "La ville se remplit, ou l’est déjà…",
    ),
    "other_town": (
        "This database holds another town's people. Give the demo one of its own.",
        "Cette base de données a les gens d’une autre ville. Donnez-en une à la démo.",
    ),
    "ready": ("The town of {name} is ready: {url}", "La ville de {name} est prête : {url}"),
    "port": (
        "Port {port} cannot be used: {why}. Choose another {option}.",
        "Le port {port} ne peut pas servir : {why}. Choisissez un autre {option}.",
    ),
    "office": ("\n  The office (foremen): {at}", "\n  Le bureau (contremaîtres) : {at}"),
    "tablet": ("  The tablet ({code}): {at}", "  La tablette ({code}) : {at}"),
    "public": ("  The citizens' page: {at}", "  La page des citoyens : {at}"),
    "mailbox": (
        "  Letters to citizens, which go no further: {at}\n",
        "  Les courriels aux citoyens, qui ne vont pas plus loin : {at}\n",
    ),
    "people": (
        "  Who can sign in, and their PIN:",
        "  Qui peut se connecter, et son NIP :",
    ),
    "both": ("office and tablet", "bureau et tablette"),
    "office_only": ("office", "bureau"),
    "try": (
        (
            "\n  To try: as a foreman at the office, dispatch an order to the tablet's crew; see it"
            "\n  arrive on the tablet. Stop the server alone: kill {pid}"
            "\n  The tablet works on: finish the order. Ctrl-C, `make demo` again: it arrives,"
            "\n  once. Ctrl-C stops everything.\n"
        ),
        (
            "\n  À essayer : en contremaître au bureau, confiez un bon à l’équipe de la tablette ;"
            "\n  voyez-le arriver sur la tablette. Arrêtez le serveur seul : kill {pid}"
            "\n  La tablette continue : terminez le bon. Ctrl-C, puis `make demo` : il arrive, une"
            "\n  seule fois. Ctrl-C arrête tout.\n"
        ),
    ),
    "starting": ("Starting the server…", "Le serveur démarre…"),
    "still": ("The server is still starting…", "Le serveur démarre encore…"),
    "gone": (
        "The server has stopped; the tablet works on without it.",
        "Le serveur s’est arrêté ; la tablette continue sans lui.",
    ),
    "server_ended": (
        "The server has ended by itself (exit code {code}); see above why.",
        "Le serveur s’est arrêté de lui-même (code {code}) ; la raison est plus haut.",
    ),
    "tablet_ended": (
        "The tablet has ended by itself (exit code {code}); see above why.",
        "La tablette s’est arrêtée d’elle-même (code {code}) ; la raison est plus haut.",
    ),
    "stopped": ("Stopped. The town stays in {folder}", "Arrêté. La ville reste dans {folder}"),
}
