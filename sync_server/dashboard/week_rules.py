"""The rules of the figures of a week, as people read them beside the numbers."""

from maintenance.figures.rules import Rule

WEEK_RULE = Rule(
    1,
    "From Monday to Sunday. A week that is not over counts up to now, and is compared up to the"
    " same day and hour: with the week before, and with the same week of last year (52 weeks ago)."
    " What is not entered or not synchronized yet is in none.",
    "Du lundi au dimanche. Une semaine en cours compte jusqu’à maintenant, et se compare au même"
    " jour et à la même heure\u00a0: à la semaine d’avant, et à la même semaine de l’an dernier"
    " (il y a 52 semaines). Ce qui n’est pas encore inscrit ou synchronisé n’y est pas.",
)
"""Of all of them."""

WEEK_RULES: dict[str, Rule] = {
    "opened": Rule(
        1,
        "Orders created in the week, whatever became of them.",
        "Bons créés dans la semaine, quoi qu’il en soit advenu.",
    ),
    "finished": Rule(
        1,
        "Orders whose work was finished in the week, and is done or closed.",
        "Bons dont le travail a été fini dans la semaine, et qui sont terminés ou fermés.",
    ),
    "closed": Rule(
        1,
        "Orders that the office closed in the week; one that was opened again and closed again"
        " counts once.",
        "Bons que le bureau a fermés dans la semaine\u00a0; un bon rouvert et refermé compte une"
        " fois.",
    ),
    "calls": Rule(
        1,
        "What citizens reported in the week, by telephone, on the web or by another program. Of a"
        " district or crew: that of the incident.",
        "Ce que des citoyens ont signalé dans la semaine, par téléphone, sur le web ou par un autre"
        " programme. D’un secteur ou d’une équipe\u00a0: ceux de l’incident.",
    ),
    "week_compliance": Rule(
        1,
        "Occurrences due in the week and done by their deadline ÷ those that are done or past it."
        " Compared only when no occurrence of either week may still be done in time.",
        "Échéances de la semaine faites à temps ÷ celles qui sont faites ou dont la limite est"
        " passée. Comparé seulement quand aucune échéance des deux semaines ne peut encore être"
        " faite à temps.",
    ),
    "week_cost": Rule(
        1,
        "What the work of the week cost, counted as the cost of the month is.",
        "Ce qu’a coûté le travail de la semaine, compté comme le coût du mois.",
    ),
    "streets": Rule(
        1,
        "Length of the passes made in the week; one there and back told as one counts once. Of a"
        " crew: that of whoever made it.",
        "Longueur des passages de la semaine\u00a0; un aller-retour dit en un seul compte une fois."
        " D’une équipe\u00a0: celle de la personne qui l’a fait.",
    ),
    "spread": Rule(
        1,
        "Rate in kg/km × length of the passes of the week that spread something. Those without a"
        " rate, or with one in g/m², have no weight, and are told.",
        "Taux en kg/km × longueur des passages de la semaine qui ont épandu. Ceux qui n’ont pas de"
        " taux, ou un taux en g/m², n’ont pas de poids, et sont signalés.",
    ),
}  # fmt: skip
"""In the order of the page."""
