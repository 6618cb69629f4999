"""What the commands on segments say, in English and in French."""

from asset_model.findings import Words

WORDS: Words = {
    "born": ("{tag} is made: {length} m", "{tag} est créé : {length} m"),
    "retired": (
        "{tag} is retired; its finished work stays on it",
        "{tag} est retiré ; son travail terminé y reste",
    ),
    "restored": ("{tag} stands again", "{tag} est rétabli"),
    "redrawn": ("{tag} is drawn anew: {length} m", "{tag} est redessiné : {length} m"),
    "rehung": ("{tag} hangs on {parent} now", "{tag} relève maintenant de {parent}"),
    "order": (
        "Order {number} is on {tag} now, from {from_m} to {to_m} m",
        "Le bon {number} est maintenant sur {tag}, de {from_m} à {to_m} m",
    ),
    "closed": (
        "The closure is on {tag} now, from {from_m} to {to_m} m",
        "La fermeture est maintenant sur {tag}, de {from_m} à {to_m} m",
    ),
    "plan": ("Plan {plan} goes on at {tag}", "Le plan {plan} continue sur {tag}"),
    "plan_ended": (
        "Plan {plan} ends: its piece is part of one again",
        "Le plan {plan} prend fin : son morceau est réuni aux autres",
    ),
    "meter": ("{measure} goes on at {tag}", "{measure} continue sur {tag}"),
    "dry_run": (
        "Nothing was changed: leave out --dry-run to do it.",
        "Rien n’a été changé : enlevez --dry-run pour le faire.",
    ),
    "undo_file": (
        "To take it back: voirie segment undo {file}",
        "Pour annuler : voirie segment undo {file}",
    ),
    "undone": ("Taken back: {count} changes.", "Annulé : {count} changements."),
    "event": ("{from_m}–{to_m} m {side} · {what}", "{from_m}–{to_m} m {side} · {what}"),
    "no_events": ("Nothing is known along {tag}.", "Rien n’est connu le long de {tag}."),
    "left": ("left", "gauche"),
    "right": ("right", "droite"),
    "both": ("", ""),
    "work": ("work", "travaux"),
    "closure": ("closure", "fermeture"),
    "pass": ("pass", "passage"),
    "forward": ("along", "dans le sens"),
    "backward": ("against", "à contresens"),
    "condition": ("condition", "état"),
    "asset": ("asset", "actif"),
    "line": (
        (
            "{tag} {name}: {length} m · {orders} order(s), {open} open · {hours} h"
            " · {cost} $ ({per_km} $/km){unpriced} · {condition}"
        ),
        (
            "{tag} {name} : {length} m · {orders} bon(s), {open} ouvert(s) · {hours} h"
            " · {cost} $ ({per_km} $/km){unpriced} · {condition}"
        ),
    ),
    "total": (
        (
            "{count} segments, {length} km · {orders} order(s) ({orders_per_km} per km)"
            " · {hours} h · {cost} $ ({per_km} $/km){unpriced} · {condition}"
        ),
        (
            "{count} tronçons, {length} km · {orders} bon(s) ({orders_per_km} par km)"
            " · {hours} h · {cost} $ ({per_km} $/km){unpriced} · {condition}"
        ),
    ),
    "unpriced": (", {count} without a rate", ", {count} sans taux"),
    "no_condition": ("no condition read", "aucun état relevé"),
    "read": ("{measure} {value} ({day})", "{measure} {value} ({day})"),
    "mean": (
        "{measure} {value} on {share} % of the length",
        "{measure} {value} sur {share} % de la longueur",
    ),
}
