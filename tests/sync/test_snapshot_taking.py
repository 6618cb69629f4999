"""Taking a first copy by file: nothing of the tablet's own is lost, whenever it is interrupted."""

import errno
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asset_model.facts import Comment
from asset_model.work_orders import WorkOrder
from field_app.actions import work_orders
from field_app.actions.facts import write_comment
from field_app.store import bulk_intake
from field_app.store.local import BucketPosition, LocalChange, LocalSetting, Replica, State
from field_app.sync import first_copy
from field_app.sync.first_copy import Copying
from field_app.sync.part_file import PartFile
from sync_server import feed
from sync_server.snapshots import Snapshots
from tests.sync import rig, town
from tests.sync.copies import (
    CopyLink,
    FileTablet,
    Killed,
    a_file_tablet,
    indexes_on_disk,
    keep_copies,
    of_all_kinds,
    rows_on_disk,
)
