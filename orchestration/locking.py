"""One writer at a time: a lock that ends with its process, however that ends."""

from __future__ import annotations

import contextlib
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestration.folder import ShopFolder
from orchestration.wording import KaeruError, Words

ATTEMPTS: Final = 4
PAUSE_SECONDS: Final = 0.05

LOCKED: Final = Words(
    ja="このショップではほかの処理が実行中です（プロセス {pid}）。"
    "終わってからもう一度実行してください。",
    en="Another process works on this shop (process {pid}). Run again when it has ended.",
)


@dataclass
class _Held:
    descriptor: int
    depth: int


# flock belongs to an open file, so a second open of the same process would wait for itself:
# the asset that lands files runs inside the command that holds the lock.
_HELD: Final[dict[Path, _Held]] = {}
_GUARD: Final = threading.Lock()


@contextlib.contextmanager
def hold_lock(shop: Path) -> Iterator[None]:
    """Hold the shop's lock; a process that has it already may take it again.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Raises
    ------
    KaeruError
        If another process holds it; the message names the process.
    """
    path = ShopFolder(shop.resolve()).lock
    _acquire(path)
    try:
        yield
    finally:
        _release(path)


def _acquire(path: Path) -> None:
    with _GUARD:
        held = _HELD.get(path)
        if held is not None:
            held.depth += 1
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        if not _try_lock(descriptor):
            pid = os.pread(descriptor, 32, 0).decode("ascii", errors="replace").strip()
            os.close(descriptor)
            raise KaeruError(LOCKED, pid=pid or "?")
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()}\n".encode("ascii"), 0)
        _HELD[path] = _Held(descriptor=descriptor, depth=1)


def _try_lock(descriptor: int) -> bool:
    """Try a few times: ``find_lock_holder`` of another process holds the lock for a moment."""
    for attempt in range(ATTEMPTS):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if attempt + 1 < ATTEMPTS:
                time.sleep(PAUSE_SECONDS)
        else:
            return True
    return False


def _release(path: Path) -> None:
    with _GUARD:
        held = _HELD[path]
        held.depth -= 1
        if held.depth == 0:
            del _HELD[path]
            os.close(held.descriptor)


def find_lock_holder(shop: Path) -> str | None:
    """Find which process holds the shop's lock, without waiting for it.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    str or None
        Process id; None when nobody holds it.
    """
    path = ShopFolder(shop.resolve()).lock
    if not path.exists():
        return None
    with path.open("rb") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return stream.read(32).decode("ascii", errors="replace").strip() or "?"
    return None
