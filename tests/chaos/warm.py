"""`python -m tests.chaos.warm`: runs commands of `voirie` in children that need not start anew.

For each line of its input, a list of arguments, a child is forked from a process that has imported
everything; its id is told at once, and how it ended when it has. So whoever kills it by time
strikes in the middle of the command's work, and not in that of Python's start.
"""

import json
import os
import sys
from importlib.metadata import entry_points

from asset_model.commands import gather
from sync_server.cli import backup, restore  # noqa: F401 -- a child need not import them


def main() -> None:
    app = gather(entry_points(group="voirie.commands"))
    for line in sys.stdin:
        child = os.fork()
        if not child:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            app(json.loads(line))
            os._exit(0)
        _tell(child)
        _tell(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))


def _tell(number: int) -> None:
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
