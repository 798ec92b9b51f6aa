"""How much memory, disk and how many cores a database connection may use."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from orchestration.settings import count_cores
from orchestration.wording import KaeruError, Words

# As duckdb.connect takes them.
ConnectionSettings = dict[str, str | bool | int | float | list[str]]

# DuckDB's own buffers stop here; Arrow batches, Python and dbt need the rest.
MEMORY_SHARE: Final = 0.6
DISK_SHARE: Final = 0.9
MEBIBYTE: Final = 2**20
CGROUP_LIMITS: Final = (
    Path("/sys/fs/cgroup/memory.max"),
    Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
)
MEMORY_FACTS: Final = Path("/proc/meminfo")
FALLBACK_MEMORY_BYTES: Final = 4 * 2**30

DISK_FULL: Final = Words(
    ja="ディスクの空きが足りません: {path} に {needed:,} MiB 必要ですが "
    "{free:,} MiB しかありません。"
    "空きを作ってから、もう一度実行してください。何も変わっていません。",
    en="The disk is too full: {path} needs {needed:,} MiB and has {free:,} MiB. "
    "Make room and run again. Nothing was changed.",
)


def read_memory_bytes() -> int:
    """Read how much memory this machine or container has, in bytes."""
    found = []
    for path in CGROUP_LIMITS:
        if path.is_file() and (text := path.read_text(encoding="ascii").strip()).isdigit():
            found.append(int(text))
    if MEMORY_FACTS.is_file():
        first = MEMORY_FACTS.read_text(encoding="ascii").splitlines()[0]
        found.append(int(first.split()[1]) * 1024)
    return min(found, default=FALLBACK_MEMORY_BYTES)


def build_connection_settings(temporary: Path) -> ConnectionSettings:
    """Build the configuration with which every DuckDB file is opened for work.

    Parameters
    ----------
    temporary : Path
        Folder to spill into; on the disk of the data.

    Returns
    -------
    ConnectionSettings
        For ``duckdb.connect(config=…)``.
    """
    beside = temporary if temporary.is_dir() else temporary.parent
    free = shutil.disk_usage(beside).free if beside.is_dir() else 0
    return {
        "memory_limit": f"{int(read_memory_bytes() * MEMORY_SHARE) // MEBIBYTE}MiB",
        "temp_directory": str(temporary),
        "max_temp_directory_size": f"{max(int(free * DISK_SHARE) // MEBIBYTE, 1)}MiB",
        "threads": str(count_cores()),
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
    }


def require_free_disk(path: Path, *, needed_bytes: int) -> None:
    """Refuse work that the disk cannot hold.

    Parameters
    ----------
    path : Path
        A folder on the disk in question.
    needed_bytes : int

    Raises
    ------
    KaeruError
        If less is free.
    """
    free = shutil.disk_usage(path).free
    if free < needed_bytes:
        raise KaeruError(
            DISK_FULL,
            path=path,
            needed=-(-needed_bytes // MEBIBYTE),
            free=free // MEBIBYTE,
        )
