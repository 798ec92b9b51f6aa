"""What is dear to make and only read afterwards, made once in a session of pytest.

The workers of pytest-xdist share the folder above their own; the first that needs a thing makes it
under a lock, the others wait for it.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], object]) -> Path:
    """Return a folder that is filled once in this session, whichever worker comes first.

    Parameters
    ----------
    factory : TempPathFactory
    name : str
        Names the content: whoever asks for it must fill it alike.
    build : callable
        Fills an empty folder. Where it fails the next one who asks tries again.

    Returns
    -------
    Path
        To be read, or copied by a test that writes.
    """
    own = factory.getbasetemp()
    shared = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "built_once"
    shared.mkdir(exist_ok=True)
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        finished = shared / f"{name}.finished"
        if not finished.exists():
            tries = len(list(shared.glob(f"{name}-*")))
            folder = shared / f"{name}-{tries}"
            folder.mkdir()
            build(folder)
            finished.write_text(folder.name, encoding="utf-8")
        return shared / finished.read_text(encoding="utf-8")
