"""The command `voirie`."""

import gc
import signal
import sys


def main() -> None:
    """Run the command that the arguments name.

    Until it begins there is nothing to tidy: Ctrl-C ends the process amid whichever import. And
    nothing to sweep: what is imported stays, and to look it through again and again for garbage
    takes a fifth of the start.
    """
    gc.disable()
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeded:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from importlib.metadata import entry_points

    from asset_model.commands import GROUP, gather

    app = gather(entry_points(group=GROUP), _asked())
    gc.freeze()
    gc.enable()
    if heeded:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    app()


def _asked() -> str:
    """The command that the arguments begin with; "" where they ask for the help."""
    first = sys.argv[1] if len(sys.argv) > 1 else ""
    return "" if first.startswith("-") else first


if __name__ == "__main__":
    main()
