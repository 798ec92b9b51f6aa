"""List the files of an inbox that may be read."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from orchestration.landing.contracts import Candidate

SETTLING_SECONDS: Final = 10.0


def list_candidates(inbox: Path, *, now: float) -> list[Candidate]:
    """List the plain files of an inbox, by name.

    Dotfiles, folders, links, pipes, devices and ``*.part`` are no candidates.

    Parameters
    ----------
    inbox : Path
    now : float
        Seconds since the epoch: a file changed less than 10 s before it is waiting.

    Returns
    -------
    list of Candidate
        Empty where the folder does not exist.
    """
    if not inbox.is_dir():
        return []
    with os.scandir(inbox) as entries:
        paths = sorted(
            (Path(entry.path) for entry in entries if _has_name_of_a_file(entry.name)),
            key=lambda path: path.name,
        )
    first = {path: _stat_plain(path) for path in paths}
    candidates = []
    for path, before in first.items():
        after = _stat_plain(path)
        if before is None or after is None:
            continue
        is_changing = (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns)
        # A clock that runs ahead must not make a file wait for ever: only what is near waits.
        is_young = abs(now - after.st_mtime) < SETTLING_SECONDS
        candidates.append(
            Candidate(path, after.st_size, after.st_mtime, is_waiting=is_changing or is_young)
        )
    return candidates


def _has_name_of_a_file(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(".part")


def _stat_plain(path: Path) -> os.stat_result | None:
    """Describe a plain file; None for anything else, and for a file that has gone."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return found if stat.S_ISREG(found.st_mode) else None
