"""Setting a paper with Typst: tagged PDF (PDF/UA-1) with real text and bookmarks.

No font, file or package of the machine is looked at: the same words give the same paper anywhere.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Final

LAYOUT = Path(__file__).parent / "layout"
STANDARD: Final = "ua-1"

Content = dict[str, Any]


def print_pdf(layout: str, content: Content, *, now: datetime) -> bytes:
    """The paper as PDF. `content` is plain JSON; its texts are set as they are."""
    import typst

    made_on = {"year": now.year, "month": now.month, "day": now.day}
    made = typst.compile(
        LAYOUT / f"{layout}.typ",
        root=LAYOUT,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps({**content, "made_on": made_on})},
        pdf_standards=STANDARD,
        timestamp=int(now.timestamp()),
    )
    assert isinstance(made, bytes), "one document is one file"
    return made
