"""What pages write: files in the shop's inbox, which the next run lands like any other."""

from __future__ import annotations

import csv
import io
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from dashboards.lib import serving

INBOX: Final = "inbox"
COLUMNS: Final = ("style_id", "sku", "noted_at", "owner", "state", "note")
WHOLE_STYLE: Final = "*"
MOMENT: Final = "%Y-%m-%dT%H:%M:%S.%fZ"
MOMENT_IN_NAME: Final = "%Y%m%dT%H%M%S%fZ"


@dataclass(frozen=True)
class Note:
    """What somebody writes about a row of the list.

    Attributes
    ----------
    style_id : str
    sku : str or None
        None: the style as a whole.
    owner : str
    state : {"open", "working", "waiting", "done", "dismissed"}
    text : str
    """

    style_id: str
    sku: str | None
    owner: str
    state: str
    text: str


def write_note(note: Note, *, noted_at: datetime) -> Path:
    """Put a note into the inbox of the shop that this process serves.

    The file is whole before it gets its name: a run that looks at the inbox in between sees
    nothing, and a note that is written in the same moment gets the next name.

    Parameters
    ----------
    note : Note
    noted_at : datetime
        With its time zone; the newest note of a row counts.

    Returns
    -------
    Path

    Raises
    ------
    OSError
        If the inbox cannot be written.
    """
    moment = noted_at.astimezone(UTC)
    inbox = serving.read_shop_folder() / INBOX
    inbox.mkdir(exist_ok=True)
    path = inbox / f"worklist_notes-{moment.strftime(MOMENT_IN_NAME)}.csv"
    part = path.with_suffix(f".{os.getpid()}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        file.write(_write_rows(note, moment=moment))
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path


def _write_rows(note: Note, *, moment: datetime) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerow(
        [
            note.style_id,
            note.sku or WHOLE_STYLE,
            moment.strftime(MOMENT),
            " ".join(note.owner.split()),
            note.state,
            " ".join(note.text.split()),
        ]
    )
    return text.getvalue()
