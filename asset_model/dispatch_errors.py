"""The catalogue's part on dispatching: orders made of others, alerts, notes between shifts."""

DISPATCH_SENTENCES: dict[str, tuple[str, str]] = {
    "children_open": (
        "{count} of the jobs it is made of are not finished: it cannot become “{wanted}” yet.",
        "{count} des travaux qui le composent ne sont pas finis : pas encore « {wanted} ».",
    ),
    "alert_closed": (
        "This alert is closed. Raise another one if something new has happened.",
        "Cette alerte est fermée. Lancez-en une autre s’il arrive du nouveau.",
    ),
    "nobody_called": (
        "Nobody would be called. Choose at least one person.",
        "Personne ne serait appelé. Choisissez au moins une personne.",
    ),
    "template_unknown": (
        "This job template is not on this tablet any more. Choose another one.",
        "Ce modèle de travail n’est plus sur cette tablette. Choisissez-en un autre.",
    ),
}
