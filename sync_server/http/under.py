"""An application under an address, whatever follows that address."""

import re

from starlette.routing import Mount
from starlette.types import ASGIApp


class Under(Mount):
    """Starlette's own would pass by an address with a new line in it, and the answer would come
    from elsewhere, in another form.
    """

    def __init__(self, path: str, app: ASGIApp) -> None:
        super().__init__(path, app)
        self.path_regex = re.compile(self.path_regex.pattern, re.DOTALL)
