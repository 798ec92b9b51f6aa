"""Folders of trained reason models: written whole or not at all, read back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from orchestration.fingerprint import DBT_PROJECT
from orchestration.reason_files import iterate_objects
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
    """Read labels from JSON Lines: ``text`` and ``codes``; null or no codes is not labelled.

    Raises
    ------
    WrongUseError
        If a line lacks its text, or names a code that the taxonomy lacks.
    OSError
    """
    from models_ml.reasons.notes import LabelledNote
    from models_ml.reasons.taxonomy import NONE

    known = {*taxonomy.codes, NONE}
    for line, record in iterate_objects(path):
        text, codes = record.get("text"), record.get("codes")
        if not isinstance(text, str):
            raise WrongUseError(BAD_LABEL, file=path.name, line=line, error="text: string")
        if codes is None:
            yield LabelledNote(text, None)
            continue
        if not isinstance(codes, list) or not known.issuperset(map(str, codes)):
            raise WrongUseError(BAD_LABEL, file=path.name, line=line, error=f"codes: {codes}")
        yield LabelledNote(text, frozenset(map(str, codes)))


def write_model(model: ReasonModel, *, folder: Path) -> None:
    """Write a model's files into a folder that appears whole, in place of an older one.

    Raises
    ------
    OSError
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    written = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        for name, content in model.to_files().items():
            (written / name).write_bytes(content)
        written.chmod(FOLDER_MODE)
        if folder.exists():
            shutil.rmtree(folder)
        written.rename(folder)
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
