"""The street names of Val-des-Pins, in the parts that Québec's toponymy gives them."""

from typing import NamedTuple


class StreetName(NamedTuple):
    """``Rue`` + ``des`` + ``Érables``; `link` may be empty, or end in an apostrophe."""

    generic: str
    link: str
    specific: str

    @property
    def full(self) -> str:
        """As a line of a list begins: ``Rue des Érables``."""
        glue = "" if self.link.endswith("’") else " "
        linked = f"{self.link}{glue}{self.specific}" if self.link else self.specific
        return f"{self.generic} {linked}"

    @property
    def spoken(self) -> str:
        """As it reads inside a sentence: ``rue des Érables``."""
        return self.full[0].lower() + self.full[1:]


def _names(generic: str, text: str) -> list[StreetName]:
    """One name per line of `text`: the link, a bar, the specific."""
    parts = [line.strip().partition("|") for line in text.strip().splitlines()]
    return [StreetName(generic, link, specific) for link, _, specific in parts]


ACROSS = {
    1: StreetName("Rue", "", "Saint-Jean-Baptiste"),
    3: StreetName("Boulevard", "", "Saint-Joseph"),
    5: StreetName("Rue", "de la", "Rivière"),
    6: StreetName("Chemin", "du", "Bord-de-l’Eau"),
    9: StreetName("Boulevard", "des", "Pins"),
    11: StreetName("Rue", "du", "Collège"),
}
"""West to east, by row of the grid, counted from the south."""

UP = {
    2: StreetName("Rue", "du", "Moulin"),
    7: StreetName("Rue", "", "Principale"),
    12: StreetName("Rue", "de la", "Gare"),
}
"""South to north over a bridge, by column of the grid, counted from the west."""

RURAL = {
    "west": StreetName("Rang", "", "Saint-Antoine"),
    "east": StreetName("Chemin", "du", "Lac"),
    "north": StreetName("Montée", "", "Saint-Michel"),
    "south": StreetName("Rang", "du", "Bras"),
    "cottages": StreetName("Chemin", "des", "Chalets"),
}

STREETS = [
    *_names(
        "Rue",
        """
        de l’|Église
        des|Érables
        des|Bouleaux
        des|Épinettes
        du|Tilleul
        des|Ormes
        des|Mélèzes
        du|Sorbier
        des|Cèdres
        des|Peupliers
        |Notre-Dame
        |Saint-Louis
        |Saint-Georges
        |Sainte-Anne
        |Saint-Pierre
        |Saint-Charles
        |Sainte-Marie
        |Saint-François
        |Lafontaine
        |Papineau
        |Cartier
        |Champlain
        |Frontenac
        |Montcalm
        |Laurier
        |Bourassa
        |Mercier
        |Gabrielle-Roy
        |Émile-Nelligan
        |Anne-Hébert
        |Félix-Leclerc
        |Alys-Robi
        |Maurice-Richard
        |Marie-Curie
        de l’|Hôtel-de-Ville
        du|Marché
        de l’|Aqueduc
        de la|Fabrique
        des|Forgerons
        des|Draveurs
        des|Bûcherons
        du|Portage
        du|Barrage
        de la|Colline
        des|Sources
        """,
    ),
    *_names(
        "Avenue",
        """
        du|Parc
        des|Mésanges
        des|Hirondelles
        du|Cardinal
        des|Chardonnerets
        du|Pic-Bois
        """,
    ),
]
"""For the streets of the grid, dealt out in a shuffled order."""

CRESCENTS = _names("Croissant", "des|Lilas\ndes|Pivoines\ndu|Muguet\nde l’|Ancolie")

DEAD_ENDS = [
    *_names(
        "Place",
        """
        du|Ruisseau
        de la|Clairière
        du|Vallon
        des|Fougères
        de l’|Orée
        du|Sous-Bois
        des|Pionniers
        de la|Meunière
        du|Verger
        """,
    ),
    *_names(
        "Impasse",
        """
        du|Huard
        de la|Loutre
        du|Castor
        du|Renard
        du|Lièvre
        de la|Chouette
        de l’|Orignal
        du|Cerf
        de la|Perdrix
        """,
    ),
]
