"""The command `voirie`."""

import signal


def main() -> None:
    """Run the command that the arguments name.

    Until it begins there is nothing to tidy: Ctrl-C ends the process amid whichever import.
    """
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeded:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from importlib.metadata import entry_points

    from asset_model.commands import GROUP, gather

    app = gather(entry_points(group=GROUP))
    if heeded:
        signal.signal(signal.SIGINT, signal.default_int_handler)
    app()


if __name__ == "__main__":
    main()
