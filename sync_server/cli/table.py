"""Every command of the server: its name, and the function of this package that it is.

A function is imported when its command is asked for (decision 2).
"""

from collections.abc import Mapping
from typing import NamedTuple


class Group(NamedTuple):
    """Commands below one word, such as `voirie plans run`."""

    help: str
    commands: Mapping[str, str]


COMMANDS = {
    "serve": "serve.serve",
    "migrate": "migrate.migrate",
    "new-history": "new_history.new_history",
    "enrol": "enrol.enrol",
    "devices": "devices.devices",
    "revoke": "devices.revoke",
    "backup": "backup.backup",
    "restore": "restore.restore",
    "doctor": "doctor.doctor",
    "import-rescue": "rescue.import_rescue",
    "import": "importing.import_file",
    "export": "export.export",
    "ogc-key": "ogc_key.ogc_key",
    "open311-key": "open311_key.open311_key",
    "mapping": "mapping.mapping",
    "locate": "locate.locate",
    "figures": "figures.figures",
    "isolate": "isolate.isolate",
    "passes": "passes.passes",
    "tags": "tags.tags",
    "trace": "trace.trace",
    "vin": "vin.check",
    "demo": "demo.demo",
}
"""Of one word: `module.function`."""

GROUPS = {
    "check": Group(
        "Check what the town holds.",
        {
            "network": "check.network",
        },
    ),
    "closing-words": Group(
        "What crews may tell citizens as they finish an order.",
        {
            "export": "closing_words.export",
            "lint": "closing_words.lint",
            "publish": "closing_words.publish",
        },
    ),
    "closures": Group(
        "Streets closed to traffic, or narrowed.",
        {
            "list": "closures.listed",
            "add": "closures.add",
            "lift": "closures.lift",
        },
    ),
    "segment": Group(
        "Cut, join, turn and redraw streets and pipes.",
        {
            "split": "segment.split",
            "merge": "segment.merge",
            "reverse": "segment.reverse",
            "realign": "segment.realign",
            "undo": "segment.undo",
            "past": "segment.past",
            "events": "segment_report.events",
            "report": "segment_report.report",
        },
    ),
    "fleet": Group(
        "Units: what each owes, and its papers.",
        {
            "due": "fleet.due",
            "file": "fleet.unit_file",
            "report": "fleet.report",
            "load": "fleet_load.load",
            "retention": "retention.retention",
        },
    ),
    "checks": Group(
        "Circle checks: lists, figures, designations.",
        {
            "lists": "checks.lists",
            "publish": "checks.publish",
            "rules": "checks.rules",
            "rule": "checks.rule",
            "designate": "checks.designate",
        },
    ),
    "plans": Group(
        "Maintenance plans: what is due, and why.",
        {
            "run": "plans.run",
            "list": "plans.show",
            "forecast": "plans_ahead.forecast",
            "feed": "plans_ahead.feed",
            "parts": "stock.parts",
            "what-if": "plans_whatif.what_if",
            "publish": "plans_whatif.publish",
            "history": "plans_whatif.history",
            "templates": "plan_templates.templates",
            "adopt": "plan_templates.adopt",
        },
    ),
    "readings": Group(
        "Readings of meters: imports and review.",
        {
            "import": "readings.import_readings",
            "queue": "readings_review.queue",
            "review": "readings_review.review",
        },
    ),
    "stock": Group(
        "Parts in the stores.",
        {
            "list": "stock.show",
            "count": "stock.count",
            "receive": "stock.receive",
            "take": "stock.take",
        },
    ),
    "campaign": Group(
        "A fleet made ready before a day.",
        {
            "plan": "campaign.plan",
            "make": "campaign.make",
            "ready": "campaign.ready",
        },
    ),
    "templates": Group(
        "Job templates: orders as they are usually made.",
        {
            "list": "job_templates.show",
            "export": "job_templates.export",
            "import": "job_templates.bring_in",
        },
    ),
    "notices": Group(
        "What citizens are told, and what is not.",
        {
            "list": "notices.listed",
            "retry": "notices.retry",
            "preview": "notices.preview",
            "letters": "notices.letters",
            "lint": "notices.lint",
            "test-mail": "notices.try_mail",
        },
    ),
    "webhooks": Group(
        "Other systems that are called.",
        {
            "add": "webhooks.add",
            "open311": "webhooks.answer_to",
            "list": "webhooks.listed",
            "disable": "webhooks.disable",
            "enable": "webhooks.enable",
            "rotate": "webhooks.rotate",
            "test": "webhooks.try_out",
            "schema": "webhooks.schema",
        },
    ),
    "reports": Group(
        "Reports of citizens, and which are of one thing.",
        {
            "group": "reports.group",
            "learn": "reports_learn.learn",
            "measure": "reports.measure",
            "import": "reports_in.import_reports",
            "order": "reports_in.order",
            "contact": "reports_in.contact",
            "erase": "reports_in.erase",
        },
    ),
    "people": Group(
        "Who works here, and what they are trained for.",
        {
            "list": "people.show",
            "skills": "people.train",
        },
    ),
    "person": Group(
        "What is known of one citizen, and who looked.",
        {
            "find": "person.find",
            "export": "person.export",
            "erase": "person.erase",
            "retention": "person.retention",
            "access": "person.access",
        },
    ),
    "routing": Group(
        "Rules that say who takes an incident on, and how soon.",
        {
            "lint": "routing.lint",
            "replay": "routing.replay",
            "publish": "routing.publish",
            "show": "routing.show",
        },
    ),
    "tiles": Group(
        "The base map that tablets carry.",
        {
            "build": "tiles.build",
        },
    ),
}
