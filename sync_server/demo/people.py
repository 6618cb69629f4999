"""Who works in Val-des-Pins, in which crew, and with which PIN."""

from collections.abc import Iterator
from dataclasses import dataclass

from asset_model.base import Base
from asset_model.people import Credential, Crew, District, Person
from asset_model.pins import hash_pin
from asset_model.vocabulary import Role, Skill
from sync_server.demo.ground import chance
from sync_server.demo.placing import NORTH, SOUTH, demo_id
from sync_server.enrolment import Place

DISTRICTS = {NORTH: "Secteur Nord", SOUTH: "Secteur Sud"}

ROADS_NORTH, ROADS_SOUTH, WATER, GARAGE = "VN", "VS", "AE", "AT"
# By code: name, district, shop.
CREWS = {
    ROADS_NORTH: ("Voirie nord", NORTH, "voirie"),
    ROADS_SOUTH: ("Voirie sud", SOUTH, "voirie"),
    WATER: ("Aqueduc et égout", None, "aqueduc"),
    GARAGE: ("Atelier mécanique", None, "garage"),
}


@dataclass(frozen=True)
class DemoPerson:
    """Someone to sign in as. The PIN is of the demo: it protects nothing."""

    key: str
    name: str
    role: Role
    pin: str
    crew: str | None = None
    language: str = "fr"
    skills: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return demo_id("person", self.key)

    @property
    def crew_name(self) -> str | None:
        return CREWS[self.crew][0] if self.crew else None


PAVERS = (Skill.ROADS, Skill.PAVING, Skill.WINTER)
PLUMBERS = (Skill.WATER, Skill.SEWER)
PLOWERS, SIGNERS = (Skill.ROADS, Skill.WINTER), (Skill.ROADS, Skill.SIGNS)
PEOPLE = (
    DemoPerson("marie_eve", "Marie-Ève Tremblay", Role.FOREMAN, "4710", ROADS_NORTH),
    DemoPerson("stephane", "Stéphane Bouchard", Role.FOREMAN, "4720", WATER),
    DemoPerson("luc", "Luc Gagnon", Role.CREW_MEMBER, "2501", ROADS_NORTH, skills=PAVERS),
    DemoPerson("nadia", "Nadia Benali", Role.CREW_MEMBER, "2502", ROADS_NORTH, skills=PLOWERS),
    DemoPerson(
        "jean_francois",
        "Jean-François Côté",
        Role.CREW_MEMBER,
        "2503",
        ROADS_SOUTH,
        skills=SIGNERS,
    ),
    DemoPerson(
        "emily", "Emily Stewart", Role.CREW_MEMBER, "2504", WATER, language="en", skills=PLUMBERS
    ),
    DemoPerson("rejean", "Réjean Pelletier", Role.MECHANIC, "2505", GARAGE),
    DemoPerson("sophie", "Sophie Bergeron", Role.FLEET_MANAGER, "4730", GARAGE),
    DemoPerson("isabelle", "Isabelle Nguyen", Role.AGENT_311, "3110"),
    DemoPerson("helene", "Hélène Marchand", Role.DIRECTOR, "4900"),
)

BY_KEY = {person.key: person for person in PEOPLE}

FIRST_TABLET = 214
"""Tablets bear numbers that crews say on the radio: T214 is that of voirie nord."""


def district_id(code: str | None) -> str | None:
    return None if code is None else demo_id("district", code)


def crew_id(code: str) -> str:
    return demo_id("crew", code)


def tablets() -> tuple[Place, ...]:
    """One tablet for each crew, in their order, to be enrolled."""
    return tuple(
        Place(f"T{number}", "tablet", crew_id(code), district_id(CREWS[code][1]))
        for number, code in enumerate(CREWS, start=FIRST_TABLET)
    )


def people_rows(*, seed: int) -> Iterator[Base]:
    """Districts, crews, people, and the hash of each PIN."""
    random = chance(seed, "people")
    for code, name in DISTRICTS.items():
        yield District(id=demo_id("district", code), code=code, name=name)
    for code, (name, district, shop) in CREWS.items():
        yield Crew(
            id=crew_id(code), code=code, name=name, district_id=district_id(district), shop=shop
        )
    for person in PEOPLE:
        yield Person(
            id=person.id,
            name=person.name,
            role=person.role,
            language=person.language,
            crew_id=crew_id(person.crew) if person.crew else None,
            active=True,
            skills=list(person.skills),
        )
    for person in PEOPLE:
        salt = random.randbytes(16)
        pin_hash = hash_pin(person.pin, salt=salt)
        yield Credential(
            id=demo_id("credential", person.key), person_id=person.id, pin_hash=pin_hash
        )
