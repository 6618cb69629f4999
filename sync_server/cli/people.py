"""`voirie people`: who works here, and what each is trained for."""

from typing import Annotated

import typer
from sqlalchemy import select

from asset_model.codec import columns_of
from asset_model.people import Crew, Person
from asset_model.vocabulary import Skill
from sync_server import desk
from sync_server.cli import DatabaseOption, DataOption
from sync_server.cli.opening import clock, new_id, opened_or_exit, stop


def show(database: DatabaseOption = None, data: DataOption = None) -> None:
    """List everybody with their role, their crew and what they are trained for."""
    row = "{:<26}  {:<14}  {:<6}  {}"
    with opened_or_exit(database, data) as opened, opened.reading() as session:
        crews = {crew.id: crew.code for crew in session.scalars(select(Crew))}
        for each in session.scalars(select(Person).order_by(Person.name)):
            crew, skills = crews.get(each.crew_id or "", ""), ", ".join(each.skills)
            typer.echo(row.format(each.name, each.role, crew, skills).rstrip())


def train(
    name: Annotated[str, typer.Argument(help="The person, as `voirie people list` writes them.")],
    skills: Annotated[list[Skill] | None, typer.Argument(help="All of them; none: none.")] = None,
    database: DatabaseOption = None,
    data: DataOption = None,
) -> None:
    """Say what somebody is trained or carded for, in place of what was said before.

    Exit codes: 0 said; 2 nobody, or more than one, is called so: nothing is written.
    """
    told = [each.value for each in Skill if each in (skills or ())]
    with opened_or_exit(database, data) as opened, opened.writing() as session:
        found = session.scalars(select(Person).where(Person.name == name)).all()
        if len(found) != 1:
            raise stop(f"{len(found)} people are called {name!r}. `voirie people list` names all.")
        person, before = found[0], columns_of(found[0])
        change = desk.edited("person", person.id, before, {"skills": told}, new_id=new_id)
        if change.after:
            desk.write(session, [change], now=clock(), new_id=new_id)
    typer.echo(f"{name}: {', '.join(told) or 'nothing'}")
