"""What a citizen wrote, as it may go on to those who need the problem and not the person."""

import re

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)(\+?1[ .-]?)?(\(\d{3}\)|\d{3})[ .-]?\d{3}[ .-]?\d{4}(?!\d)")
HIDDEN = "[…]"


def without_contacts(text: str | None) -> str | None:
    """The words without addresses of mail and numbers of telephones."""
    return _PHONE.sub(HIDDEN, _EMAIL.sub(HIDDEN, text)) if text else None
