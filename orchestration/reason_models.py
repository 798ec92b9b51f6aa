"""Folders of trained reason models: written whole or not at all, read back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from orchestration.fingerprint import DBT_PROJECT
from orchestration.reason_files import iterate_objects
from orchestration.store import sync_file, sync_folder
from orchestration.wording import KaeruError, Words, WrongUseError

if TYPE_CHECKING:
    from models_ml.reasons.model import ReasonModel
    from models_ml.reasons.notes import LabelledNote
    from models_ml.reasons.taxonomy import Taxonomy

FOLDER_MODE: Final = 0o755  # a temporary folder is its owner's alone
SEED_FILE: Final = DBT_PROJECT / "seeds" / "reason_taxonomy.csv"

BAD_TAXONOMY: Final = Words(
    ja="{file} を理由の一覧として読めません: {error}",
    en="{file} cannot be read as a taxonomy: {error}",
)
BAD_LABEL: Final = Words(
    ja="{file} の {line} 行目: {error}",
    en="{file}, line {line}: {error}",
)
NO_MODEL: Final = Words(
    ja="{folder} に理由のモデルがありません: {error}",
    en="{folder} holds no model of reasons: {error}",
)


def load_taxonomy(path: Path | None) -> Taxonomy:
    """Read a taxonomy; the shipped one where none is named.

    Raises
    ------
    WrongUseError
        If the file is none.
    OSError
    """
    from models_ml.reasons.taxonomy import parse_taxonomy

    file = path or SEED_FILE
    try:
        return parse_taxonomy(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise WrongUseError(BAD_TAXONOMY, file=file.name, error=error) from error


def iterate_labels(path: Path, *, taxonomy: Taxonomy) -> Iterator[LabelledNote]:
    """Read labels from JSON Lines: ``text``, ``codes``, and where known ``direction``, ``zone``.

    Null or no codes is not labelled. A direction makes an undirected size code a directed one.

    Raises
    ------
    WrongUseError
        If a line lacks its text, or names a code, direction or zone that is none.
    OSError
    """
    from models_ml.reasons.labels import apply_direction
    from models_ml.reasons.notes import LabelledNote

    for line, record in iterate_objects(path):
        error = find_label_error(record, taxonomy=taxonomy)
        if error:
            raise WrongUseError(BAD_LABEL, file=path.name, line=line, error=error)
        if record.get("codes") is None:
            yield LabelledNote(record["text"], None)
            continue
        codes = frozenset(record["codes"])
        if taxonomy.is_of_kaeru:
            codes = apply_direction(codes, record.get("direction") or "")
        yield LabelledNote(record["text"], codes)


def find_label_error(record: Mapping[str, Any], *, taxonomy: Taxonomy) -> str | None:
    """Say what is wrong with a label; None where nothing is.

    Parameters
    ----------
    record : mapping
        An object of JSON Lines.
    taxonomy : Taxonomy

    Returns
    -------
    str, optional
        Key, value and what is expected.
    """
    from models_ml.reasons.labels import WAYS
    from models_ml.reasons.lexicon import load_lexicon
    from models_ml.reasons.taxonomy import NONE

    codes, direction, zone = (record.get(name) for name in ("codes", "direction", "zone"))
    if not isinstance(record.get("text"), str):
        return "text: string"
    if codes is not None and not (
        isinstance(codes, list)
        and all(isinstance(one, str) for one in codes)
        and {*taxonomy.codes, NONE}.issuperset(codes)
    ):
        return f"codes: {codes} ({', '.join((*taxonomy.codes, NONE))})"
    if direction not in (None, "", *WAYS):
        return f"direction: {direction} ({', '.join(WAYS)})"
    zones = sorted({str(one.zone) for one in load_lexicon().zones})
    is_zone = zone in (None, "", *zones) if taxonomy.is_of_kaeru else isinstance(zone, str | None)
    return None if is_zone else f"zone: {zone} ({', '.join(zones)})"


def write_model(model: ReasonModel, *, folder: Path) -> None:
    """Write a model's files into a folder that appears whole, in place of an older one.

    Raises
    ------
    OSError
    """
    write_folder(model.to_files(), folder=folder)


def write_folder(files: Mapping[str, bytes], *, folder: Path) -> None:
    """Write files into a folder that appears whole, in place of an older one.

    Raises
    ------
    OSError
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    written = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in files.items():
            (written / name).write_bytes(content)
            sync_file(written / name)
        written.chmod(FOLDER_MODE)
        if folder.exists():
            shutil.rmtree(folder)
        written.rename(folder)
        sync_folder(folder.parent)
    finally:
        shutil.rmtree(written, ignore_errors=True)


def load_model(folder: Path) -> ReasonModel:
    """Read a model's folder.

    Raises
    ------
    KaeruError
        If the folder holds none.
    """
    from models_ml.reasons.model import FILES, parse_model

    try:
        files = {name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()}
        return parse_model(files)
    except (KeyError, ValueError, OSError) as error:
        raise KaeruError(NO_MODEL, folder=folder, error=error) from error
