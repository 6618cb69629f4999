"""The rule of each figure of the page, as people read it beside the number.

A rule that is changed takes a new version, as those of `maintenance.figures.rules` do.
"""

from maintenance.figures.rules import Rule

RULES: dict[str, Rule] = {
    "emergencies": Rule(
        1,
        "Emergency orders that are not done, closed or cancelled.",
        "Bons d’urgence qui ne sont ni terminés, ni fermés, ni annulés.",
    ),
    "overdue": Rule(
        1,
        "Open orders past their date. By law: repairs of defects found on checks, and orders of"
        " plans that the law asks for. By policy: all others.",
        "Bons ouverts dont la date est passée. Selon la loi\u00a0: réparations de défectuosités"
        " trouvées en ronde, et bons des plans exigés par la loi. Selon la politique\u00a0: tous"
        " les autres.",
    ),
    "backlog": Rule(
        1,
        "Estimated hours of open orders ÷ hours that one crew of the trade works in a week (those"
        " of the shop ÷ its crews). Orders without an estimate add nothing, and are told.",
        "Heures estimées des bons ouverts ÷ heures qu’une équipe du métier travaille par semaine"
        " (celles de l’atelier ÷ ses équipes). Les bons sans estimation n’ajoutent rien, et sont"
        " signalés.",
    ),
    "compliance": Rule(
        1,
        "Occurrences due in the month and done by their deadline ÷ those that are done or past it."
        " Deadline: the date itself where it is the law's, else the date + the grace of the plan."
        " Skipped and missed ones count as not done.",
        "Échéances du mois faites à temps ÷ celles qui sont faites ou dont la limite est passée."
        " Limite\u00a0: la date même si elle est légale, sinon la date + la tolérance du plan."
        " Sautée ou manquée compte comme non faite.",
    ),
    "fleet": Rule(
        1,
        "Units that may leave now ÷ units of the fleet: no major defect, no minor one past its"
        " delay, a circle check in its 24 hours where the law asks for one, or a signed exception.",
        "Unités qui peuvent partir maintenant ÷ unités du parc\u00a0: ni défectuosité majeure, ni"
        " mineure hors délai, une ronde de moins de 24 h si la loi l’exige, ou une exception"
        " signée.",
    ),
    "cost": Rule(
        2,
        "Hours worked × the rate of the role that day + hours of machines × their rate + material ×"
        " its price that day + invoices of suppliers, by kind of order. A month that is not over is"
        " compared with the same days of last year. What has no rate is not in it, and is told.",
        "Heures travaillées × taux du rôle ce jour-là + heures de machine × leur taux + matériel ×"
        " prix de ce jour + factures des fournisseurs, par sorte de bon. Un mois en cours est"
        " comparé aux mêmes jours de l’an dernier. Ce qui n’a pas de taux n’y est pas, et est"
        " signalé.",
    ),
    "requests": Rule(
        1,
        "Open orders born of a citizen's request.",
        "Bons ouverts nés d’une requête de citoyen.",
    ),
    "requests_on_time": Rule(
        1,
        "Orders born of a request and finished in the month by their date ÷ those finished in the"
        " month that had a date.",
        "Bons nés d’une requête et terminés dans le mois avant leur date ÷ ceux terminés dans le"
        " mois qui avaient une date.",
    ),
}  # fmt: skip
"""In the order of the page."""
