"""Several queues of files over one link, the more important first."""

from field_app.sync.loop import FileMoved, FileQueue


class InTurn:
    """A `FileQueue` that looks at a queue only while those before it have nothing to do."""

    def __init__(self, *queues: FileQueue) -> None:
        self._queues = queues

    def send_next(self) -> FileMoved | None:
        moved = (queue.send_next() for queue in self._queues)
        return next((step for step in moved if step is not None), None)
