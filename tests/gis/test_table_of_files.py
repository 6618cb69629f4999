"""The documents tell what becomes of every file of open data, as the tests of today do."""

from tests.gis.table_of_files import DOCUMENT, written


def test_the_table_in_the_documents_is_current() -> None:
    """Else: ``python -m tests.gis.table_of_files``."""
    document = DOCUMENT.read_text(encoding="utf-8")

    assert document == written(document)
