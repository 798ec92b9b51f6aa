"""The desk of the review: asks the command line what to read, and keeps what people say.

The queue is the command's: ``kaeru reasons queue``. A label is a file of the shop's ``labels/``,
in the form that ``kaeru reasons retrain`` learns from.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from dashboards.lib import serving
from dashboards.lib.quotes import Span

LABELS: Final = "labels"
SUFFIX: Final = ".parquet"
SITTING: Final = 40  # texts that are asked for at a time
SECONDS: Final = 180.0  # that the command may take: it reads up to 6,000 texts
NAME: Final = re.compile(r"[\w.:-]{1,80}")  # as the command takes it
MOMENT: Final = "%Y-%m-%dT%H:%M:%SZ"
PACE_DAYS: Final = 28
LONGEST_PAUSE: Final = 300.0  # seconds; a longer gap is a pause, not a text
LEAST_GAPS: Final = 5
SCHEMA: Final = pa.schema(
    [
        *((name, pa.string()) for name in ("text_hash", "annotator", "labelled_at", "verdict")),
        ("codes", pa.list_(pa.string())),
        *((name, pa.string()) for name in ("direction", "zone", "text", "model_version")),
        ("was_random", pa.bool_()),
        ("kind", pa.string()),
    ]
)


class DeskError(Exception):
    """The command did not answer; the message is its own."""


@dataclass(frozen=True)
class Asked:
    """One text that a person should read.

    Attributes
    ----------
    text_hash, text, model_version : str
    why : {"escalated", "uncertain", "random", "second_opinion"}
    was_random : bool
    codes : tuple of (str, float)
        Most probable first.
    spans : tuple of (code, span)
        Words that decided; an empty code: of an injury.
    direction : str
        Empty where no size is spoken of.
    zones : tuple of str
    amount : int
        At stake.
    """

    text_hash: str
    text: str
    model_version: str
    why: str
    was_random: bool
    codes: tuple[tuple[str, float], ...]
    spans: tuple[tuple[str, Span], ...]
    direction: str
    zones: tuple[str, ...]
    amount: int


@dataclass(frozen=True)
class Answer:
    """What a person says of a text.

    Attributes
    ----------
    verdict : {"codes", "none", "cannot_tell"}
    codes : tuple of str
    direction, zone : str
        Empty where not said.
    """

    verdict: str
    codes: tuple[str, ...] = ()
    direction: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Agreed:
    """How far two sides agree: micro-F1 with its 95 % interval.

    Attributes
    ----------
    f1 : float
    low, high : float
        NaN where the gate was of a day that kept none.
    n : int
        Texts.
    """

    f1: float
    low: float
    high: float
    n: int


@dataclass(frozen=True)
class People:
    """How far people agree, and the reading with them.

    Attributes
    ----------
    people : Agreed or None
        On texts read by two people.
    reading : Agreed or None
        On texts drawn by lot that somebody read.
    """

    people: Agreed | None
    reading: Agreed | None


@dataclass(frozen=True)
class Done:
    """What one person has read.

    Attributes
    ----------
    today : int
    seconds : float or None
        The usual time for a text; None where it is not known.
    """

    today: int
    seconds: float | None


def ask_queue(annotator: str, *, size: int = SITTING) -> list[Asked]:
    """Ask what one person should read next.

    Raises
    ------
    DeskError
        If the command fails, such as while a run writes the store.
    """
    found = _ask("queue", "--annotator", annotator, "--size", str(size))
    return [_parse_asked(one) for one in found]


def ask_people() -> People:
    """Ask how far people agree, by the newest gate that compared them.

    Raises
    ------
    DeskError
        If the command fails.
    """
    gates = [one["gate"] for one in _ask("models") if one["gate"]]
    if not gates:
        return People(None, None)
    gate = gates[-1]
    reads = "champion_f1" if gate["reasons"] else "challenger_f1"
    return People(
        people=_parse_agreed(gate["figures"], "agreement", texts="second_opinions"),
        reading=_parse_agreed(gate["figures"], reads, texts="n"),
    )


def write_label(asked: Asked, answer: Answer, *, annotator: str, labelled_at: datetime) -> str:
    """Keep what a person says of a text; the last answer of a person for a text counts.

    Returns
    -------
    str
        Name of the file, which is whole before it gets its name.

    Raises
    ------
    OSError
        If ``labels/`` cannot be written.
    """
    moment = labelled_at.astimezone(UTC)
    row = {
        "text_hash": asked.text_hash,
        "annotator": annotator,
        "labelled_at": moment.strftime(MOMENT),
        "verdict": answer.verdict,
        "codes": sorted(set(answer.codes)),
        "direction": answer.direction,
        "zone": answer.zone,
        "text": asked.text,
        "model_version": asked.model_version,
        "was_random": asked.was_random,
        "kind": "person",
    }
    folder = serving.read_shop_folder() / LABELS
    folder.mkdir(exist_ok=True)
    path = folder / f"{moment:%Y%m%dT%H%M%S}-{secrets.token_hex(6)}{SUFFIX}"
    part = path.with_name(f".{path.name}")
    pq.write_table(pa.Table.from_pylist([row], schema=SCHEMA), part)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(path)
    return path.name


def read_done(annotator: str, *, now: datetime, since: datetime) -> Done:
    """Read what one person has read: since a moment, and how fast in the last weeks.

    Parameters
    ----------
    annotator : str
    now, since : datetime
        With their time zones; ``since`` is when the shop's day began.
    """
    moments = sorted(_read_moments(annotator, after=now - timedelta(days=PACE_DAYS)))
    gaps = [(late - early).total_seconds() for early, late in pairwise(moments)]
    worked = [gap for gap in gaps if 0 < gap <= LONGEST_PAUSE]
    return Done(
        today=sum(moment >= since for moment in moments),
        seconds=median(worked) if len(worked) >= LEAST_GAPS else None,
    )


def _read_moments(annotator: str, *, after: datetime) -> list[datetime]:
    """Read when one person labelled; of a text that was labelled again, the first time."""
    first: dict[str, datetime] = {}
    begin = f"{after.astimezone(UTC):%Y%m%dT%H%M%S}"
    folder = serving.read_shop_folder() / LABELS
    for path in sorted(folder.glob(f"[0-9]*{SUFFIX}")):
        if path.name < begin:
            continue
        table = pq.read_table(path, columns=["text_hash", "annotator", "labelled_at"])
        for row in table.to_pylist():
            if row["annotator"] == annotator:
                moment = datetime.strptime(row["labelled_at"], MOMENT).replace(tzinfo=UTC)
                first.setdefault(row["text_hash"], moment)
    return list(first.values())


def _ask(*words: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "orchestration.cli", "reasons", *words, "--json"]
    try:
        done = subprocess.run(  # noqa: S603 - our own command; the name was checked
            command,
            env=serving.build_environment(serving.read_shop_folder()),
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise DeskError(f"no answer after {SECONDS:.0f} s") from error
    if done.returncode:
        raise DeskError((done.stderr.strip().splitlines() or [""])[-1])
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _parse_agreed(figures: dict[str, float], name: str, *, texts: str) -> Agreed | None:
    if name not in figures:
        return None
    low, high = (figures.get(f"{end}_{name}", float("nan")) for end in ("low", "high"))
    return Agreed(figures[name], low, high, int(figures.get(texts, 0)))


def _parse_asked(found: dict[str, Any]) -> Asked:
    spans: Sequence[dict[str, Any]] = found["evidence"]
    return Asked(
        text_hash=found["text_hash"],
        text=found["text"],
        model_version=found["model_version"],
        why=found["why"],
        was_random=found["was_random"],
        codes=tuple((one["code"], float(one["probability"])) for one in found["codes"]),
        spans=tuple((one["code"] or "", (one["start"], one["end"])) for one in spans),
        direction=found["direction"] or "",
        zones=tuple(found["zones"]),
        amount=int(found["amount"]),
    )
