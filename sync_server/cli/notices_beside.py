"""What a server sends out by itself: letters, and calls to other systems."""

from datetime import timedelta
from random import SystemRandom

from asset_model.database import Database
from sync_server.cli.opening import clock, new_id
from sync_server.intake.town import Town
from sync_server.jobs import Job
from sync_server.notices.delivery import Courier, Delivery
from sync_server.notices.tables import Channel
from sync_server.notices.ways import letter_courier
from sync_server.notices.webhook_courier import WebhookCourier
from sync_server.settings import ServerSettings

EVERY = timedelta(seconds=10)
_chance = SystemRandom()


def notice_jobs(database: Database, settings: ServerSettings, town: Town, key: bytes) -> list[Job]:
    """One a channel, so that a mail server that is slow keeps no other system waiting."""
    letters = letter_courier(settings, database, town, key, clock)
    holder = new_id()
    calls = WebhookCourier(database, clock)
    couriers: dict[Channel, Courier | None] = {Channel.EMAIL: letters, Channel.WEBHOOK: calls}
    return [
        Job(
            f"notices by {channel}",
            EVERY,
            Delivery(database, channel, courier, holder, clock, _chance.random).run,
        )
        for channel, courier in couriers.items()
    ]
