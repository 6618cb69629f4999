"""Words as rules look for them: whole ones, without accents, whatever stands between them."""

import re

from asset_model.grouping.concepts import folded

_WORD = re.compile(r"\w+")


def words_of(text: str) -> str:
    """« L’égout, bouché! » as ``l egout bouche``."""
    return " ".join(_WORD.findall(folded(text)))
