"""What lies in the inbox, and the hash of its bytes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestration.landing.contracts import Candidate, FileChangedError
from orchestration.landing.inbox import list_candidates
from orchestration.ledger import SeenFile
from orchestration.verifying import compute_sha256
from orchestration.wording import Progress, Words

WAIT_SECONDS: Final = 15.0
PAUSE_SECONDS: Final = 0.5

WAITING: Final = Words(
    ja="まだ書き込み中かもしれないファイルが {count} 件あります。最大 {seconds:.0f} 秒待ちます。",
    en="{count} file(s) may still be written; waiting up to {seconds:.0f} s.",
)


@dataclass(frozen=True)
class InboxFile:
    """One file of the inbox with the hash of its bytes.

    Attributes
    ----------
    path : Path
    seen : SeenFile
    """

    path: Path
    seen: SeenFile


@dataclass(frozen=True)
class InboxScan:
    """The inbox at one moment.

    Attributes
    ----------
    files : tuple of InboxFile
        Ready to be read, by name.
    waiting : tuple of str
        Names of files that are too young or still change.
    """

    files: tuple[InboxFile, ...]
    waiting: tuple[str, ...]


def scan_inbox(
    inbox: Path, *, known: Mapping[str, SeenFile], progress: Progress, wait_seconds: float
) -> InboxScan:
    """List the files of the inbox and hash those that changed since they were last hashed.

    Parameters
    ----------
    inbox : Path
    known : mapping of file name to SeenFile
        How the files looked the last time.
    progress : Progress
    wait_seconds : float
        How long files that may still be written are waited for.

    Returns
    -------
    InboxScan
    """
    candidates = _wait_for_candidates(inbox, progress=progress, wait_seconds=wait_seconds)
    waiting = [one.path.name for one in candidates if one.is_waiting]
    files: list[InboxFile] = []
    for candidate in sorted(candidates, key=lambda one: one.path.name):
        if candidate.is_waiting:
            continue
        try:
            seen = _see(candidate.path, known=known.get(candidate.path.name))
        except FileChangedError:
            waiting.append(candidate.path.name)
        except FileNotFoundError:
            continue
        else:
            files.append(InboxFile(path=candidate.path, seen=seen))
    return InboxScan(files=tuple(files), waiting=tuple(sorted(waiting)))


def look_at(path: Path, *, sha256: str) -> SeenFile:
    """Take down how a file looks: size, times and inode."""
    facts = path.stat()
    return SeenFile(
        file_name=path.name,
        size_bytes=facts.st_size,
        modified_ns=facts.st_mtime_ns,
        changed_ns=facts.st_ctime_ns,
        inode=facts.st_ino,
        sha256=sha256,
    )


def require_unchanged(file: InboxFile) -> None:
    """Make sure that a file still is what was hashed.

    Raises
    ------
    FileChangedError
        If it was written to, replaced or removed.
    """
    try:
        looks = look_at(file.path, sha256=file.seen.sha256)
    except FileNotFoundError as error:
        raise FileChangedError(file.path.name) from error
    if looks != file.seen:
        raise FileChangedError(file.path.name)


def _wait_for_candidates(
    inbox: Path, *, progress: Progress, wait_seconds: float
) -> list[Candidate]:
    deadline = time.monotonic() + wait_seconds
    is_announced = False
    while True:
        candidates = list_candidates(inbox, now=time.time())
        count = sum(one.is_waiting for one in candidates)
        if count == 0 or time.monotonic() >= deadline:
            return candidates
        if not is_announced:
            progress(WAITING, count=count, seconds=wait_seconds)
            is_announced = True
        time.sleep(PAUSE_SECONDS)


def _see(path: Path, *, known: SeenFile | None) -> SeenFile:
    if known is not None and look_at(path, sha256=known.sha256) == known:
        return known
    before = look_at(path, sha256="")
    sha256 = compute_sha256(path)
    if look_at(path, sha256="") != before:
        raise FileChangedError(path.name)
    return look_at(path, sha256=sha256)
