"""The table of every file of open data, for the documents: `python -m tests.gis.table_of_files`."""

import re
from collections.abc import Iterator
from pathlib import Path

from gis.problems import REASONS
from tests.gis.test_every_file import IMPORTED, NOWHERE, REFUSED, WITHOUT_PLACES, File

DOCUMENT = Path(__file__).parents[2] / "docs" / "importing.md"
BEGINS, ENDS = "<!-- table of files -->\n", "<!-- end of the table -->\n"


def table() -> str:
    lines = [
        "| file | rows in | assets out | problems, or why it is refused |",
        "|---|---|---|---|",
    ]
    lines += [_row(file) for file in IMPORTED]
    lines += [f"| {path} | – | – | refused: {_reason(code)} |" for path, code in REFUSED]
    lines += [f"| {path} | – | – | refused: {_reason('crs_missing')} |" for path in NOWHERE]
    lines.append(f"| {WITHOUT_PLACES} | – | – | refused: {_reason('places_none')} |")
    return "\n".join(lines) + "\n"


def written(document: str) -> str:
    """The document with the table as it is now."""
    before, _, rest = document.partition(BEGINS)
    _, _, after = rest.partition(ENDS)
    return f"{before}{BEGINS}{table()}{ENDS}{after}"


def _row(file: File) -> str:
    layer = f" ({file.mapping.rpartition('_')[2]})" if file.path.endswith("sample.gpkg") else ""
    return f"| {file.path}{layer} | {file.rows} | {file.assets} | {'; '.join(_problems(file))} |"


def _problems(file: File) -> Iterator[str]:
    for code, count in file.refused.items():
        yield f"{count} × {_reason(code)}"
    if file.left_aside:
        yield f"{file.left_aside} left aside, as its mapping says"
    if file.crs:
        yield f"{file.crs}, which only its maker says"


def _reason(code: str) -> str:
    """The sentence of the reason, without what is of one row or file."""
    told = re.sub(r"[;:][^;:]*\{\w+\}\.?$", "", REASONS[code][0])
    return re.sub(r"“?\{\w+\}”?", "…", told).rstrip(". ")


if __name__ == "__main__":
    DOCUMENT.write_text(written(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")
