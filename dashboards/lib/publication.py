"""What the pointer of a shop says about its published file."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

POINTER: Final = Path("data") / "serving" / "current.json"
FILE_NAME: Final = re.compile(r"wh-[A-Za-z0-9_-]+\.duckdb")


class ServingError(Exception):
    """A page cannot read; ``reason`` names the state that is shown instead."""

    reason: str = "unreadable"


class ShopMissingError(ServingError):
    """There is no shop at the place that was named."""

    reason = "no_shop"


class NothingPublishedError(ServingError):
    """The shop exists and has no published file yet."""

    reason = "never_published"


class PointerBrokenError(ServingError):
    """The pointer names no readable file."""

    reason = "broken_pointer"


@dataclass(frozen=True)
class Publication:
    """One published version.

    Attributes
    ----------
    version : str
        The run that built the file.
    path : Path
        The published file.
    sha256 : str
    as_of : date
        Last shop day that the figures cover.
    published_at : datetime
        UTC.
    model_count, passed_count, warned_count, failed_count : int
        Models built, and checks by how they ended.
    """

    version: str
    path: Path
    sha256: str
    as_of: date
    published_at: datetime
    model_count: int
    passed_count: int
    warned_count: int
    failed_count: int


def read_publication_of(shop: Path) -> Publication:
    """Read which version a shop has published.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    Publication

    Raises
    ------
    ShopMissingError
        If the folder is not a shop.
    NothingPublishedError
        If nothing was published yet.
    PointerBrokenError
        If the pointer cannot be read, or names a file outside its folder or none at all.
    """
    if not (shop / "kaeru.toml").is_file() and not (shop / POINTER).is_file():
        raise ShopMissingError(str(shop))
    try:
        found = json.loads((shop / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise NothingPublishedError(str(shop)) from error
    except ValueError as error:
        raise PointerBrokenError(str(error)) from error
    try:
        publication = _parse_pointer(found, folder=(shop / POINTER).parent)
    except (KeyError, TypeError, ValueError) as error:
        raise PointerBrokenError(f"{POINTER.name}: {error!r}") from error
    if not publication.path.is_file():
        raise PointerBrokenError(f"{publication.path.name} is not there")
    return publication


def _parse_pointer(found: dict[str, Any], *, folder: Path) -> Publication:
    file_name = str(found["file"])
    if not FILE_NAME.fullmatch(file_name):
        message = f"expected a file name like wh-<run>.duckdb, found {file_name!r}"
        raise ValueError(message)
    tests = found.get("tests", {})
    return Publication(
        version=str(found["version"]),
        path=folder / file_name,
        sha256=str(found["sha256"]),
        as_of=date.fromisoformat(found["as_of"]),
        published_at=datetime.fromisoformat(found["published_at"]).astimezone(UTC),
        model_count=int(found.get("models", 0)),
        passed_count=int(tests.get("passed", 0)),
        warned_count=int(tests.get("warned", 0)),
        failed_count=int(tests.get("failed", 0)),
    )
