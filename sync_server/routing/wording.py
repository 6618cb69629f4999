"""Words as rules look for them: whole ones, without accents, whatever stands between them."""

import re
from functools import lru_cache

from asset_model.grouping.concepts import REMEMBERED, folded

_WORD = re.compile(r"\w+")


@lru_cache(maxsize=REMEMBERED)
def words_of(text: str) -> str:
    """« L’égout, bouché! » as ``l egout bouche``."""
    return " ".join(_WORD.findall(folded(text)))
