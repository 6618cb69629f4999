"""Pages for a person with a browser: where to go, and what can be asked. Nothing else."""

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


def api_page(definition: dict[str, Any]) -> str:
    """The definition as a list: each path, what it gives, and its parameters."""
    known = definition["components"]["parameters"]
    lines = []
    for path, operations in definition["paths"].items():
        told = operations["get"]
        names = [known[p["$ref"].rpartition("/")[2]]["name"] if "$ref" in p else p["name"]
                 for p in told["parameters"]]  # fmt: skip
        lines.append(
            f"<li><code>GET {escape(path)}</code> {escape(told['summary'])}"
            f"<br><small>{escape(', '.join(names))}</small></li>"
        )
    info = {name: escape(definition["info"][name]) for name in ("title", "description")}
    return PAGE.format(links="\n".join(lines), **info)


def landing_page(document: dict[str, Any]) -> str:
    links = "\n".join(
        f'<li><a href="{escape(link["href"])}" rel="{escape(link["rel"])}">'
        f"{escape(link['title'])}</a></li>"
        for link in document["links"]
    )
    told = {name: escape(document[name]) for name in ("title", "description")}
    return PAGE.format(links=links, **told)
