"""What pages write: files in the shop's inbox, which the next run lands like any other."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from dashboards.lib import serving

INBOX: Final = "inbox"
COLUMNS: Final = ("style_id", "sku", "noted_at", "owner", "state", "note")
ACTION_COLUMNS: Final = (
    *("action_id", "style_id", "opened_on", "finding", "action", "status", "effective_from"),
)
OPEN: Final = "open"
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


@dataclass(frozen=True)
class Action:
    """What somebody did about a style.

    Attributes
    ----------
    style_id : str
    text, finding : str
        What was done, and why.
    effective_from : date
        From when it holds.
    """

    style_id: str
    text: str
    finding: str
    effective_from: date


def write_note(note: Note, *, noted_at: datetime) -> Path:
    """Put a note into the inbox of the shop that this process serves.

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
    row = (
        note.style_id,
        note.sku or WHOLE_STYLE,
        moment.strftime(MOMENT),
        " ".join(note.owner.split()),
        note.state,
        " ".join(note.text.split()),
    )
    return _write_file("worklist_notes", [COLUMNS, row], moment=moment)


def write_action(action: Action, *, opened_on: date, noted_at: datetime) -> Path:
    """Put an action on a style into the inbox of the shop that this process serves.

    Parameters
    ----------
    action : Action
    opened_on : date
        The shop's day.
    noted_at : datetime
        With its time zone; names the action.

    Returns
    -------
    Path

    Raises
    ------
    OSError
        If the inbox cannot be written.
    """
    moment = noted_at.astimezone(UTC)
    row = (
        f"written-{moment.strftime(MOMENT_IN_NAME)}",
        action.style_id,
        opened_on.isoformat(),
        " ".join(action.finding.split()),
        " ".join(action.text.split()),
        OPEN,
        action.effective_from.isoformat(),
    )
    return _write_file("product_actions", [ACTION_COLUMNS, row], moment=moment)


def _write_file(entity: str, rows: Sequence[Sequence[str]], *, moment: datetime) -> Path:
    """Write a file of one row.

    It is whole before it gets its name: a run that looks at the inbox in between sees nothing,
    and what is written in the same moment gets the next name.
    """
    inbox = serving.read_shop_folder() / INBOX
    inbox.mkdir(exist_ok=True)
    path = inbox / f"{entity}-{moment.strftime(MOMENT_IN_NAME)}.csv"
    part = path.with_suffix(f".{os.getpid()}.part")
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    with part.open("w", encoding="utf-8", newline="") as file:
        file.write(text.getvalue())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    return path
