"""What a service asks, as the public page asks it."""

from asset_model.attributes import TYPES
from asset_model.incidents import Report
from tests.intake.clients import Client
from tests.intake.pages import details
from tests.intake.town import POTHOLE


def test_a_question_that_says_no_more_than_its_name_and_type_is_asked(client: Client) -> None:
    choice = {"name": "choix", "type": "choice", "choices": [{"code": "a"}]}
    others = [{"name": each, "type": each} for each in TYPES if each != "choice"]
    client.server.set("service", POTHOLE, questions=[choice, *others])

    page = details(client)
    answered = {"q_choix": "a", "q_text": "x", "q_integer": "3", "q_number": "1,5", "q_date": "",
                "q_boolean": "true"}  # fmt: skip
    page.fill("/send", description="Trou", **answered)

    assert "Merci. C’est reçu." in page.text
    (kept,) = client.server.rows(Report)
    assert kept.answers == {"choix": "a", "text": "x", "integer": 3, "number": 1.5, "boolean": True}
