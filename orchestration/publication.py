"""What is published: the pointer, and the versions that are kept beside it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from orchestration.folder import ShopFolder
from orchestration.store import replace_file
from orchestration.wording import Words

NOTHING_PUBLISHED: Final = Words(
    ja="まだ何も公開されていません。`kaeru run` を実行してください。",
    en="Nothing is published yet. Run `kaeru run`.",
)


@dataclass(frozen=True)
class CheckCounts:
    """How the checks of a build ended.

    Attributes
    ----------
    passed, warned, failed : int
    """

    passed: int = 0
    warned: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Publication:
    """What ``current.json`` says.

    Attributes
    ----------
    version : str
        The run that built the file.
    file : str
        Name of the file in the folder of the pointer.
    bytes : int
    sha256 : str
    as_of : str
        YYYY-MM-DD, the last shop day that the figures cover.
    published_at : str
        UTC, ISO 8601 with Z.
    tests : CheckCounts
    models : int
    """

    version: str
    file: str
    bytes: int
    sha256: str
    as_of: str
    published_at: str
    tests: CheckCounts
    models: int

    def to_document(self) -> dict[str, str]:
        """Return the fields that commands answer with."""
        return {
            "version": self.version,
            "file": self.file,
            "sha256": self.sha256,
            "as_of": self.as_of,
        }


def read_pointer(shop: Path) -> Publication | None:
    """Read which version is published; None when there is none yet.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    Publication or None
    """
    return _read_json(ShopFolder(shop).pointer)


def list_versions(shop: Path) -> list[Publication]:
    """List the versions that are kept, oldest first."""
    folder = ShopFolder(shop)
    found = (_read_json(path) for path in sorted(folder.serving.glob("wh-*.json")))
    return [one for one in found if one is not None and (folder.serving / one.file).exists()]


def write_publication(path: Path, *, publication: Publication) -> None:
    """Write a publication beside its file, or as the pointer, in one step."""
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(f"{json.dumps(asdict(publication), indent=2)}\n", encoding="utf-8")
    replace_file(temporary, target=path)


def _read_json(path: Path) -> Publication | None:
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return Publication(**{**found, "tests": CheckCounts(**found["tests"])})
