"""The catalogue's part on what the office's screens ask of the server."""

BULLETIN_SENTENCES: dict[str, tuple[str, str]] = {
    "desk_silent": (
        "The server does not answer.",
        "Le serveur ne répond pas.",
    ),
}
