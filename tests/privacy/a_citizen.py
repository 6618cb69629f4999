"""Odile Lachance, who tells who she is also where nobody asked; and all places she may be in."""

from collections.abc import Iterator

from sqlalchemy import inspect
from typer import Typer
from typer.testing import CliRunner, Result

from asset_model.database import Database
from sync_server.cli import register
from tests.intake.clients import Client, a_picture, a_request
from tests.intake.pages import details
from tests.sync.rig import Server

EMAIL, PHONE = "odile.lachance@exemple.ca", "819 555-0142"
TRACES = ("lachance", "555-0142", "8195550142")
"""By any of these she would be known."""
WORDS = "Gros trou. Odile Lachance, 819-555-0142, odile.lachance@exemple.ca."
AGENT, FOREMAN = "Isabelle Nguyen", "Julie Côté"


def by_open311(client: Client, words: str = WORDS, status: int = 201) -> str:
    """The number of her report, with a picture."""
    said = {"first_name": "Odile", "last_name": "Lachance", "email": EMAIL, "phone": PHONE}
    answer = client.post(
        data=a_request(api_key=client.key, description=words, **said),
        files={"photo1": ("1.jpg", a_picture(), "image/jpeg")},
    )
    assert answer.status_code == status, answer.text
    return str(answer.json()[0].get("service_request_id"))


def by_the_page(client: Client, status: int = 200) -> str:
    """The address of the page of another report of hers, elsewhere in town."""
    visitor = details(client, "LAMPE.É 1")
    sent = visitor.fill(
        "/send", description=WORDS, name="Odile Lachance", email=EMAIL.upper(), phone="(819)5550142"
    )
    assert sent.page.status_code == status, sent.page.text
    return sent.page.url if status == 200 else sent.page.text


def run(server: Server, *arguments: str) -> Result:
    app = Typer()
    register(app)
    url = server.database.engine.url.render_as_string(hide_password=False)
    return CliRunner().invoke(app, [*arguments, "--database", url])


def told_everywhere(database: Database) -> Iterator[str]:
    """Every value of every table, as text: the feed and the journal as well."""
    with database.engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            for row in connection.exec_driver_sql(f'SELECT * FROM "{name}"'):
                yield f"{name}: {' '.join(map(str, row))}"


def traces(database: Database) -> list[str]:
    """Where she is still to be found: the names of tables."""
    return sorted(
        {
            text.partition(":")[0]
            for text in told_everywhere(database)
            if any(trace in text.lower() for trace in TRACES)
        }
    )
