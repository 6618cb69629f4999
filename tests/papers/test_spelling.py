"""How papers write numbers."""

import pytest

from sync_server.papers.spelling import Spelling


@pytest.mark.parametrize(("language", "told"), [("fr", "64,29\u00a0%"), ("en", "64.29%")])
def test_a_share_is_written_as_its_language_writes_it(language: str, told: str) -> None:
    assert Spelling(language).number(64.2857, "%") == told
