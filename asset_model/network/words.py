"""What the printed list of valves and the reopening checklist say, in English and in French."""

from asset_model.findings import Words

WORDS: Words = {
    "title": ("Break at {asset}", "Bris à {asset}"),
    "failed": ("Taken not to hold: {tags}", "Ne retiennent pas l’eau : {tags}"),
    "sources": (
        "No valve holds these back; stop them at the source: {tags}",
        "Aucune vanne ne les retient ; arrêtez-les à la source : {tags}",
    ),
    "close": ("Valves to close, in this order:", "Vannes à fermer, dans cet ordre :"),
    "close_none": ("No valve is to be closed.", "Aucune vanne n’est à fermer."),
    "turns": ("{turns} turns", "{turns} tours"),
    "clockwise": ("clockwise", "sens horaire"),
    "counterclockwise": ("counterclockwise", "sens antihoraire"),
    "unfed": ("no pressure behind it", "sans pression derrière"),
    "instead_of": ("instead of {tag}", "au lieu de {tag}"),
    "keep_closed": (
        "Normally closed: look that they are",
        "Normalement fermées : vérifiez qu’elles le sont",
    ),
    "besides": (
        "Closed, and not asked for here: {tags}",
        "Fermées sans être demandées ici : {tags}",
    ),
    "closed": ("Closed", "Fermée"),
    "cannot_turn": ("Cannot turn", "Ne tourne pas"),
    "not_found": ("Not found", "Introuvable"),
    "ok": ("Done", "Fait"),
    "not_closed": ("Was not closed", "N’avait pas été fermée"),
    "break": ("The break is at {tag}", "Le bris est à {tag}"),
    "close_one": ("Close {tag}", "Fermer {tag}"),
    "without": ("Without water:", "Sans eau :"),
    "pipes": ("  pipes: {count} ({tags})", "  conduites : {count} ({tags})"),
    "nodes": ("  nodes: {count} ({tags})", "  nœuds : {count} ({tags})"),
    "hydrants": ("  hydrants: {count} ({tags})", "  bornes d’incendie : {count} ({tags})"),
    "customers": ("  customers: {count}", "  abonnés : {count}"),
    "told": ("to be told in person", "à aviser en personne"),
    "addresses": ("  addresses: {count}", "  adresses : {count}"),
    "street": ("    {street}: {numbers}", "    {street} : {numbers}"),
    "supply_unknown": (
        "No water source is recorded: what lies beyond, cut off, cannot be told.",
        "Aucune source d’eau n’est inscrite : ce qui est coupé au-delà n’est pas connu.",
    ),
    "astray": (
        "Not on any pipe, and left out: {count} ({tags})",
        "Sur aucune conduite, et laissés de côté : {count} ({tags})",
    ),
    "part": (
        "Told from what this tablet holds: beyond its districts, ask the office.",
        "D’après ce que contient cette tablette ; au-delà de ses secteurs, demandez au bureau.",
    ),
    "reopening": ("Reopening:", "Remise en eau :"),
    "confirm_repair": (
        "The repair is done and seen by the foreman",
        "La réparation est faite et vue par le contremaître",
    ),
    "restart_source": ("Start {tag} again", "Remettre {tag} en marche"),
    "open_to_fill": (
        "Open {tag} by a few turns, and let the pipe fill",
        "Ouvrir {tag} de quelques tours et laisser remplir",
    ),
    "flush": (
        "Flush at {tag} until the water is clear and without air",
        "Purger à {tag} jusqu’à une eau claire et sans air",
    ),
    "open": (
        "Open {tag} fully; write down the turns",
        "Ouvrir {tag} au complet ; noter les tours",
    ),
    "confirm_closed": (
        "{tag} is still closed, as it normally is",
        "{tag} est encore fermée, comme d’habitude",
    ),
    "sample": (
        "Chlorine and samples are taken, the result is on the order",
        "Chlore et échantillons pris, le résultat est au bon de travail",
    ),
    "confirm_water": ("{tag} has water again", "{tag} a de l’eau de nouveau"),
}
