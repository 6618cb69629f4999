"""Moving the files of photos, one small step at a time, whenever the rows leave the link free."""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from random import Random

from asset_model.database import Database
from asset_model.documents import is_pdf
from asset_model.errors import Refused
from asset_model.pictures import check_picture
from field_app.store import photos
from field_app.store.local import FileState, PhotoFile
from field_app.store.photo_folder import PhotoFolder
from field_app.sync.loop import BACK_OFF_MAX_S, FileMoved, back_off_s
from field_app.sync.transport import LinkDown, NotEnrolled
from field_app.sync.tus import FileLink, Garbled, NeverTaken, NotYet, Standing, UploadGone

log = logging.getLogger(__name__)

PIECE_MIN_BYTES = 4 * 1024
PIECE_FIRST_BYTES = 64 * 1024
PIECE_MAX_BYTES = 4 * 1024 * 1024
PIECE_AIM_S = 2.0
"""How long a piece should take: as long as a row may have to wait for the link."""

TIDY_EVERY = timedelta(hours=12)


@dataclass
class PieceSize:
    """Grows while the link is quick, shrinks when it is slow, and halves when it breaks."""

    bytes: int = PIECE_FIRST_BYTES

    def took(self, sent: int, elapsed_s: float) -> None:
        """A piece of `sent` bytes went through; a clock that jumped says nothing."""
        if sent < self.bytes or not 0 < elapsed_s < 3600:
            return
        wanted = int(sent / elapsed_s * PIECE_AIM_S)
        self._set(min(max(wanted, self.bytes // 2), self.bytes * 2))

    def broke(self) -> None:
        self._set(self.bytes // 2)

    def _set(self, wanted: int) -> None:
        self.bytes = min(max(wanted, PIECE_MIN_BYTES), PIECE_MAX_BYTES)


class PhotoQueue:
    """The queue of one tablet's files. It has its own patience: rows do not wait for it."""

    def __init__(
        self,
        database: Database,
        folder: PhotoFolder,
        link: FileLink,
        *,
        clock: Callable[[], datetime],
        random: Random,
    ) -> None:
        self._database = database
        self._folder = folder
        self._link = link
        self._clock = clock
        self._random = random
        self.pieces = PieceSize()
        self._known: Standing | None = None
        """Where the upload under way stands, while nothing has put it in doubt."""
        self._failures = 0
        self._quiet_until: datetime | None = None
        self._tidied_at: datetime | None = None

    def send_next(self) -> FileMoved | None:
        """One step, which is one request. None: nothing is to be done, or not now."""
        now = self._clock()
        if self._is_quiet(now):
            return None
        with self._database.reading() as session:
            file = photos.next_file(session, now=now)
        if file is None:
            self._tidy(now)
            return None
        try:
            progress = self._fetch(file) if file.state == FileState.WANTED else self._send(file)
        except (LinkDown, NotEnrolled, OSError) as error:
            self._broke(error)
            return None
        self._failures = 0
        return progress

    def _is_quiet(self, now: datetime) -> bool:
        until = self._quiet_until
        # Further off than any wait of ours: the clock was wrong when it was set.
        return until is not None and timedelta(0) < until - now <= timedelta(seconds=BACK_OFF_MAX_S)

    def _broke(self, error: Exception) -> None:
        self._known = None
        self.pieces.broke()
        self._failures += 1
        pause_s = back_off_s(self._failures, self._random)
        if isinstance(error, LinkDown):
            pause_s = min(error.retry_after_s or pause_s, BACK_OFF_MAX_S)
        self._quiet_until = self._clock() + timedelta(seconds=pause_s)

    def _send(self, file: PhotoFile) -> FileMoved:
        try:
            return self._step(file)
        except UploadGone:
            self._doubt(file)
        except NotYet as error:
            self._later(file, str(error))
        except Garbled as error:
            self._later(file, str(error))
            self._doubt(file)
            self._look_at_the_disk(file)
        except NeverTaken as refusal:
            log.warning("the server will not take %s: %s", file.sha256, refusal.code)
            refused = {"state": FileState.REFUSED, "code": refusal.code, "details": refusal.details}
            self._note(file, **refused)
        return FileMoved(file.sha256, 0, file.size)

    def _step(self, file: PhotoFile) -> FileMoved:
        """Ask where the upload stands, if that is in doubt; else send its next piece."""
        known = self._known
        if file.upload is None:
            return self._take(file, self._link.begin(file.sha256, file.size))
        if known is None or known.upload != file.upload:
            return self._take(file, self._link.standing(file.upload))
        if not self._folder.holds(file.sha256, file.size):
            self._note(file, state=FileState.LOST, code="photo_lost")
            return FileMoved(file.sha256, 0, file.size)
        piece = self._folder.read(file.sha256, known.offset, self.pieces.bytes)
        begun = self._clock()
        standing = self._link.send(file.upload, known.offset, piece)
        self.pieces.took(len(piece), (self._clock() - begun).total_seconds())
        return self._take(file, standing)

    def _take(self, file: PhotoFile, standing: Standing) -> FileMoved:
        """What the server says of the upload; the whole only counts by the file's own hash."""
        if standing.whole == file.sha256:
            self._known = None
            with self._database.writing() as session:
                photos.note_confirmed(session, file.sha256, now=self._clock())
            return FileMoved(file.sha256, file.size, file.size)
        if not standing.offset < file.size:
            raise LinkDown(f"byte {standing.offset} of {file.size}, and not confirmed")
        self._known = standing
        here = {"state": FileState.WAITING, "upload": standing.upload, "moved": standing.offset}
        self._note(file, **here)
        return FileMoved(file.sha256, standing.offset, file.size)

    def _doubt(self, file: PhotoFile) -> None:
        """The upload is gone, or elsewhere: the next step asks. Asked already, it begins anew."""
        was_known = self._known is not None
        self._known = None
        if not was_known:
            self._later(file, "upload_unknown")
            self._note(file, state=FileState.WAITING, upload=None, moved=0)

    def _look_at_the_disk(self, file: PhotoFile) -> None:
        """The server found other bytes than we announced: were they damaged here?"""
        if self._folder.holds(file.sha256, file.size) and self._folder.is_sound(file.sha256):
            return
        log.error("%s is damaged on this disk", file.sha256)
        self._note(file, state=FileState.LOST, code="photo_lost")

    def _fetch(self, file: PhotoFile) -> FileMoved:
        part = self._folder.arriving(file.sha256)
        part.parent.mkdir(parents=True, exist_ok=True)
        start = part.stat().st_size if part.exists() else 0
        try:
            if start < file.size:
                length = min(self.pieces.bytes, file.size - start)
                piece = self._link.fetch(file.sha256, start, length)
                if not piece:
                    raise LinkDown("nothing came")
                with part.open("ab") as stream:
                    stream.write(piece)
                start += len(piece)
        except NotYet as error:
            self._later(file, str(error))
            return FileMoved(file.sha256, 0, file.size)
        if start < file.size:
            self._note(file, moved=start)
            return FileMoved(file.sha256, start, file.size)
        self._take_in(file, part.read_bytes())
        part.unlink()
        return FileMoved(file.sha256, file.size, file.size)

    def _take_in(self, file: PhotoFile, data: bytes) -> None:
        try:
            if hashlib.sha256(data).hexdigest() != file.sha256:
                raise Refused("photo_garbled")
            if file.thumbnail or not is_pdf(BytesIO(data)):
                check_picture(BytesIO(data), thumbnail=file.thumbnail)
        except Refused as refusal:
            self._later(file, refusal.code)
            return
        self._folder.keep(data)
        self._note(file, state=FileState.FETCHED, moved=file.size, code=None)

    def _later(self, file: PhotoFile, code: str) -> None:
        with self._database.writing() as session:
            photos.note_failure(session, file.sha256, code, now=self._clock())

    def _note(self, file: PhotoFile, **values: object) -> None:
        with self._database.writing() as session:
            photos.note(session, file.sha256, **values)

    def _tidy(self, now: datetime) -> None:
        """Now and then, when nothing else is to be done."""
        if self._tidied_at is not None and abs(now - self._tidied_at) < TIDY_EVERY:
            return
        self._tidied_at = now
        with self._database.writing() as session:
            freed = photos.free(session, now=now)
        for sha256 in freed:
            self._folder.drop(sha256)
