"""The landing page for a person with a browser: its links, and nothing else."""

from html import escape
from typing import Any

PAGE = """<!doctype html>
<html lang="fr">
<head><meta charset="utf-8"><title>{title}</title>
<style>body{{font-family:sans-serif;max-width:40rem;margin:2rem auto;padding:0 1rem}}
li{{margin:.5rem 0}}</style></head>
<body><h1>{title}</h1><p>{description}</p><ul>
{links}
</ul></body></html>
"""


def landing_page(document: dict[str, Any]) -> str:
    links = "\n".join(
        f'<li><a href="{escape(link["href"])}" rel="{escape(link["rel"])}">'
        f"{escape(link['title'])}</a></li>"
        for link in document["links"]
    )
    told = {name: escape(document[name]) for name in ("title", "description")}
    return PAGE.format(links=links, **told)
