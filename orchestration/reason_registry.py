"""The models of a shop that read reasons: all that were made, which reads now, which before."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from orchestration.clock import read_utc_now
from orchestration.folder import ShopFolder
from orchestration.reason_models import write_folder
from orchestration.store import replace_file
from orchestration.wording import KaeruError, Words

DAY_ONE: Final = "day-one"  # the shipped reading: the first champion of every shop
KEPT_CHALLENGERS: Final = 10  # that were never promoted
GATE_FILE: Final = "gate.json"
EVALUATION_FILE: Final = "evaluation.parquet"

NO_MODEL_BEFORE: Final = Words(
    ja="最初の読み方に戻っています。これより前のモデルはありません。",
    en="The shop reads as on its first day. There is no model before that.",
)
BROKEN_CHAMPION: Final = Words(
    ja="{file} を読めません: {error}。消すと最初の読み方に戻ります。",
    en="{file} cannot be read: {error}. Without it the shop reads as on its first day.",
)


@dataclass(frozen=True)
class Champion:
    """What ``champion.json`` says.

    Attributes
    ----------
    name : str
        Folder of the registry, or ``DAY_ONE``.
    before : tuple of str
        The champions before it, the first one first.
    withdrawn : tuple of str
        Content hashes that a person took back: they are not promoted again.
    changed_at : str
        UTC, ISO 8601 with Z; empty on the first day.
    """

    name: str = DAY_ONE
    before: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    changed_at: str = ""


def read_champion(shop: Path) -> Champion:
    """Read which model reads reasons.

    Raises
    ------
    KaeruError
        If the file cannot be read.
    """
    path = ShopFolder(shop).champion
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Champion(
            name=str(found["name"]),
            before=tuple(map(str, found["before"])),
            withdrawn=tuple(map(str, found["withdrawn"])),
            changed_at=str(found["changed_at"]),
        )
    except FileNotFoundError:
        return Champion()
    except (ValueError, KeyError, TypeError) as error:
        raise KaeruError(BROKEN_CHAMPION, file=path, error=error) from error


def find_champion_folder(shop: Path) -> Path | None:
    """Find the folder of the champion; None where the shop reads as on its first day."""
    name = read_champion(shop).name
    return None if name == DAY_ONE else ShopFolder(shop).reason_models / name


def register_model(shop: Path, files: Mapping[str, bytes], *, version: str) -> str:
    """Write a model into the registry, whole or not at all.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock.
    files : mapping of str to bytes
    version : str
        Content hash.

    Returns
    -------
    str
        Its name there: UTC and content hash.
    """
    folder = ShopFolder(shop).reason_models
    name = f"{read_utc_now():%Y%m%dT%H%M%S}-{version}"
    write_folder(files, folder=folder / name)
    return name


def promote(shop: Path, name: str) -> Champion:
    """Let a registered model read from now on.

    The caller holds the shop's lock. Readers see the champion before or this one.
    """
    champion = read_champion(shop)
    return _write_champion(
        shop, replace(champion, name=name, before=(*champion.before, champion.name))
    )


def roll_back(shop: Path) -> Champion:
    """Let the champion before read again; once more goes one further back.

    The caller holds the shop's lock.

    Returns
    -------
    Champion

    Raises
    ------
    KaeruError
        If there is none before.
    """
    champion = read_champion(shop)
    if not champion.before:
        raise KaeruError(NO_MODEL_BEFORE)
    withdrawn = (*champion.withdrawn, read_version(champion.name))
    return _write_champion(
        shop,
        Champion(champion.before[-1], champion.before[:-1], tuple(dict.fromkeys(withdrawn))),
    )


def list_models(shop: Path) -> list[dict[str, Any]]:
    """List the registered models, oldest first, after the reading of the first day.

    Returns
    -------
    list of dict
        ``name, version, state`` (``champion``, ``before``, ``challenger``) and, where there are
        any, ``gate``: what the gate found.
    """
    champion = read_champion(shop)

    def tell_state(name: str) -> str:
        if name == champion.name:
            return "champion"
        return "before" if name in champion.before else "challenger"

    folders = _list_folders(shop)
    return [
        {"name": DAY_ONE, "version": None, "state": tell_state(DAY_ONE), "gate": None},
        *(
            {
                "name": folder.name,
                "version": read_version(folder.name),
                "state": tell_state(folder.name),
                "gate": _read_gate(folder),
            }
            for folder in folders
        ),
    ]


def remove_old_challengers(shop: Path) -> None:
    """Remove all but the newest models that never read, and what a crash left half-written."""
    champion = read_champion(shop)
    kept = {champion.name, *champion.before}
    never = [folder for folder in _list_folders(shop) if folder.name not in kept]
    for folder in (*never[:-KEPT_CHALLENGERS], *ShopFolder(shop).reason_models.glob(".*-*")):
        shutil.rmtree(folder, ignore_errors=True)


def read_version(name: str) -> str:
    """Read the content hash out of a model's name."""
    return name.rpartition("-")[2]


def _list_folders(shop: Path) -> list[Path]:
    return sorted(
        folder
        for folder in ShopFolder(shop).reason_models.glob("*-*")
        if folder.is_dir() and not folder.name.startswith(".")
    )


def _read_gate(folder: Path) -> dict[str, Any] | None:
    path = folder / GATE_FILE
    if not path.is_file():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _write_champion(shop: Path, champion: Champion) -> Champion:
    champion = replace(champion, changed_at=f"{read_utc_now():%Y-%m-%dT%H:%M:%SZ}")
    path = ShopFolder(shop).champion
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(f"{json.dumps(asdict(champion), indent=2)}\n", encoding="utf-8")
    replace_file(temporary, target=path)
    return champion
