"""The outbox: never twice by two workers, never lost, given up in the open."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from asset_model.database import open_database
from asset_model.matters import Matter
from sync_server.doctor import examine
from sync_server.notices import outbox
from sync_server.notices.delivery import Delivery, Send
from sync_server.notices.outbox import ATTEMPTS_MAX, pause_after
from sync_server.notices.tables import Channel, Notice, State
from tests.intake.town import with_services
from tests.notices.mail_server import MailServer, text_of
from tests.notices.sending import by_mail, notices, reported
from tests.sync import rig
from tests.sync.rig import Server, group, insert
from tests.sync.town import BOSS, START
from tests.threads import together


def test_of_many_workers_at_once_one_takes_each_notice(either: Server, mail: MailServer) -> None:
    for n in range(6):
        reported(either, f"anne{n}@exemple.ca")
    workers = [by_mail(either, mail.port, holder=f"worker {n}") for n in range(3)]

    together(*[worker.run for worker in workers])

    assert sorted(to for _, to in mail.envelopes) == [f"anne{n}@exemple.ca" for n in range(6)]


def test_what_a_dead_worker_held_is_taken_up_when_its_lease_ends(either: Server) -> None:
    reported(either)
    now = either.clock()
    held = outbox.claim(either.database, Channel.EMAIL, "dead", now=now)
    assert held is not None

    assert outbox.claim(either.database, Channel.EMAIL, "other", now=now) is None
    later = now + outbox.LEASE_LASTS
    taken = outbox.claim(either.database, Channel.EMAIL, "other", now=later)

    assert taken is not None
    assert (taken.id, taken.attempts) == (held.id, 2)
    with either.database.writing() as session:
        assert outbox.end(session, held, State.SENT, now=later) is False


def test_what_a_clock_that_was_a_year_ahead_put_off_is_due_when_it_is_right_again(
    either: Server,
) -> None:
    reported(either)
    now, year = either.clock(), timedelta(days=365)
    held = outbox.claim(either.database, Channel.EMAIL, "ahead", now=now + year)
    assert held is not None

    again = outbox.claim(either.database, Channel.EMAIL, "right", now=now)
    assert again is not None
    with either.database.writing() as session:
        outbox.postpone(
            session, again, now=now + year, chance=lambda: 0.5, code="mail_refused", counted=True
        )

    assert outbox.claim(either.database, Channel.EMAIL, "right", now=now) is not None


@dataclass
class SlowHere:
    """A courier to whom one of the endpoints answers late."""

    server: Server
    heard: list[str] = field(default_factory=list)
    apart: bool = True

    @contextmanager
    def round(self) -> Iterator[Send]:
        yield self._call

    def _call(self, notice: Notice) -> None:
        self.heard.append(notice.recipient)
        if notice.recipient == "SLOW":
            self.server.clock.forward(seconds=10)


def test_an_endpoint_that_is_slow_keeps_no_other_one_waiting(desk: Server) -> None:
    named = ["SLOW", "SLOW", "SLOW", "QUICK", "QUICK"]
    queued = [
        outbox.notice(
            Channel.WEBHOOK, to, f"{n}", "test", now=START + timedelta(seconds=n), facts={}
        )
        for n, to in enumerate(named)
    ]
    with desk.database.writing() as session:
        outbox.add(session, queued)
    desk.clock.forward(minutes=1)
    courier = SlowHere(desk)

    Delivery(desk.database, Channel.WEBHOOK, courier, "w", desk.clock, lambda: 0.5).run()

    assert courier.heard == ["SLOW", "QUICK", "QUICK", "SLOW", "SLOW"]


def test_pauses_grow_to_half_a_day_and_no_further() -> None:
    pauses = [pause_after(n, 0.5) for n in range(1, ATTEMPTS_MAX + 1)]

    assert pauses[:4] == [timedelta(minutes=4**n) for n in range(4)]
    assert pauses[-1] == timedelta(hours=12)
    assert pause_after(1, 0.0) < pauses[0] < pause_after(1, 1.0)


def test_a_refused_address_is_given_up_at_once_and_the_office_is_told(
    desk: Server, mail: MailServer
) -> None:
    reported(desk)
    mail.refusing = "550 5.1.1 <{address}>: unknown"

    by_mail(desk, mail.port).run()

    (notice,) = notices(desk)
    assert (notice.state, notice.code, notice.attempts) == ("failed", "mail_refused", 1)
    assert notice.details["why"] == "550 5.1.1 <[…]>: unknown"
    (matter,) = desk.rows(Matter)
    assert (matter.kind, matter.code) == ("notice", "mail_refused")
    assert matter.details == {"count": 1, "first": "REQ-2026-000001"}
    found = [f.code for f in examine(desk.database, Path("nowhere"), now=desk.clock())]
    assert "notices_failed" in found


def test_a_letter_that_is_refused_for_now_is_tried_so_often_and_then_given_up(
    desk: Server, mail: MailServer
) -> None:
    reported(desk)
    mail.refusing = "451 greylisted"
    sending = by_mail(desk, mail.port)

    tries = 0
    while notices(desk)[0].state == "waiting":
        sending.later(hours=13)
        tries += 1

    assert tries == ATTEMPTS_MAX
    assert [matter.code for matter in desk.rows(Matter)] == ["mail_refused"]


def test_failures_of_a_day_are_one_matter_that_the_office_settles(
    desk: Server, mail: MailServer
) -> None:
    mail.refusing = "550 unknown"
    for _ in range(3):
        reported(desk)
    by_mail(desk, mail.port).run()
    (matter,) = desk.rows(Matter)
    assert matter.details["count"] == 3
    seen = insert(
        "settlement", matter_id=matter.id, person_id=BOSS, choice="seen",
        settled_at="2026-11-23T08:30:00.000Z",
    )  # fmt: skip

    desk.push(group(seen, person=BOSS), device="B1")

    assert [matter.state for matter in desk.rows(Matter)] == ["settled"]


def test_a_mail_server_that_is_away_wears_no_letter_out(desk: Server, free_port: int) -> None:
    for _ in range(3):
        reported(desk)
    away = by_mail(desk, free_port)

    away.run()

    assert {(n.state, n.code, n.attempts) for n in notices(desk)} >= {
        ("waiting", "mail_server_away", 0)
    }
    assert all(n.due_at > desk.clock() for n in notices(desk))
    assert desk.rows(Matter) == []
    away.later(hours=3)
    assert [matter.code for matter in desk.rows(Matter)] == ["mail_server_away"]


DIES = """
import sys
from tests.notices.dying import die_after_the_mail_server_said_yes
die_after_the_mail_server_said_yes(sys.argv[1], int(sys.argv[2]))
"""


def test_a_death_between_the_server_s_yes_and_the_mark_sends_the_same_letter_again(
    sqlite_url: str, mail: MailServer
) -> None:
    server = on_file(sqlite_url)
    reported(server)
    arguments = [sys.executable, "-c", DIES, sqlite_url, str(mail.port)]

    ended = subprocess.run(arguments, check=False, timeout=60)

    assert ended.returncode == -signal.SIGKILL
    (notice,) = notices(server)
    assert (notice.state, len(mail.letters)) == ("waiting", 1)
    server.clock.forward(minutes=1)
    assert by_mail(server, mail.port).run() == 0
    server.clock.forward(minutes=10)
    assert by_mail(server, mail.port).run() == 1
    first, second = mail.letters
    assert first["Message-ID"] == second["Message-ID"] == f"<{notice.id}@exemple.ca>"
    assert text_of(first) == text_of(second)
    server.database.close()


def on_file(url: str) -> Server:
    database = open_database(url)
    rig.fill_sqlite(database)
    return with_services(rig.with_devices(rig.Server(database)))
