"""Letters are files that a town may replace: looked at beforehand, and never in the way."""

import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest
from typer.testing import CliRunner

from asset_model.commands import GROUP, gather
from sync_server.notices.letters import GAPS, OURS, Letters
from sync_server.notices.linting import faults, sample
from sync_server.settings import BadSettings, read_settings
from tests.notices.mail_server import MailServer, text_of
from tests.notices.sending import by_mail, own_letters, reported
from tests.sync.rig import Server

EVERY = [kind for kind in GAPS if kind != "footer"]


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("kind", EVERY)
def test_every_letter_is_there_in_both_languages(kind: str, language: str) -> None:
    words = Letters().strictly(kind, language, sample(kind, language))

    assert words.subject
    assert "http" in words.text or kind == "test"
    assert f'<html lang="{language}">' in words.html
    if language == "fr":
        said = re.sub(r"https?:\S+", "", words.subject + words.text)
        assert not re.search(r"(?<!\u00a0)[:;»]|«(?!\u00a0)|\s[?!]", said)


def test_our_own_letters_are_without_fault() -> None:
    assert list(faults(OURS)) == []


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("fr/received.txt", "Objet : x\n\n{{ numero }}", ":3: “numero” is not known here"),
        ("fr/received.txt", "Objet : x\n\n{% if report %}\nx", ":3: Unexpected end of template"),
        ("fr/received.txt", "Bonjour,\n\nx", ":1: the first line must be “Subject: …”"),
        ("fr/recieved.txt", "Objet : x\n\nx", ":1: no letter is called so"),
        ("es/planned.txt", "Subject: x\n\n{{ 1 / 0 }}", ":1: division by zero"),
        ("holds.toml", "[[hold]]\nfr = 'x'", "[[hold]] number 1"),
    ],
)
def test_a_fault_is_told_with_its_file_and_line(
    tmp_path: Path, name: str, text: str, said: str
) -> None:
    own_letters(tmp_path, name, text)

    (fault,) = faults(tmp_path)

    assert fault.startswith(str(tmp_path / name))
    assert said in fault


def test_the_town_s_own_letter_is_sent_and_ours_where_it_cannot_be(
    desk: Server, mail: MailServer, tmp_path: Path
) -> None:
    own = own_letters(tmp_path, "fr/received.txt", "Objet : {{ report }} !\n\nBien le bonjour.")
    reported(desk)
    by_mail(desk, mail.port, letters=own).run()
    own = own_letters(tmp_path, "fr/received.txt", "Objet : {{ nothing }}\n\nx")
    reported(desk)
    by_mail(desk, mail.port, letters=own).run()

    assert mail.subjects[0] == "REQ-2026-000001 !"
    assert "Bien le bonjour." in text_of(mail.letters[0])
    assert "Merci de votre signalement" in text_of(mail.letters[1])


def test_the_commands_look_at_letters_and_copy_them(tmp_path: Path) -> None:
    app, run = gather(entry_points(group=GROUP)), CliRunner().invoke
    data = ["--data", str(tmp_path)]

    assert (
        "votre signalement est reçu" in run(app, ["notices", "preview", "received", *data]).output
    )
    assert run(app, ["notices", "letters", "--lang", "fr", *data]).exit_code == 0
    assert run(app, ["notices", "lint", *data]).exit_code == 0
    letter = tmp_path / "letters" / "fr" / "planned.txt"
    letter.write_text("Objet : x\n\n{{ moi }}", encoding="utf-8")
    done = run(app, ["notices", "lint", *data])
    assert (done.exit_code, f"{letter}:3" in done.output.replace("\n", "")) == (1, True)


def test_a_mail_server_without_a_sender_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOIRIE_SMTP_HOST", "mail.exemple.ca")

    with pytest.raises(BadSettings, match="VOIRIE_MAIL_FROM"):
        read_settings()


def test_a_password_is_read_from_its_file_and_shown_nowhere(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cret\n")
    monkeypatch.setenv("VOIRIE_SMTP_PASSWORD_FILE", str(file))
    assert read_settings().password == "s3cret"
    monkeypatch.delenv("VOIRIE_SMTP_PASSWORD_FILE")
    monkeypatch.setenv("VOIRIE_SMTP_PASSWORD", "s3cret")

    assert "s3cret" not in repr(read_settings())
    assert read_settings().password == "s3cret"
