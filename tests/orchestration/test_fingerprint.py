"""Equal hashes mean that nothing would change."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from orchestration.fingerprint import (
    REASONS_CODE,
    REDACTION_FILES,
    WRITTEN_FOLDERS,
    hash_folder,
)


def test_what_dbt_has_written_changes_no_hash(tmp_path: Path) -> None:
    model = tmp_path / "models" / "stg_shop__orders.sql"
    model.parent.mkdir()
    model.write_text("select 1", encoding="utf-8")
    before = hash_folder(tmp_path, without=WRITTEN_FOLDERS)
    compiled = tmp_path / "target" / "compiled" / "stg_shop__orders.sql"
    compiled.parent.mkdir(parents=True)
    compiled.write_text("select 1", encoding="utf-8")
    assert hash_folder(tmp_path, without=WRITTEN_FOLDERS) == before
    assert hash_folder(tmp_path) != before
    model.write_text("select 2", encoding="utf-8")
    assert hash_folder(tmp_path, without=WRITTEN_FOLDERS) != before


def test_what_redacts_a_landed_text_decides_how_files_are_read_and_nothing_else_does() -> None:
    """A new lexicon of reasons lands no file again; a new list of surnames lands all."""
    program = (
        "import sys, models_ml.reasons.redact;"
        "print(*(n for n in sys.modules if n.startswith('models_ml.reasons.')))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    modules = {f"{name.rpartition('.')[2]}.py" for name in done.stdout.split()}
    lists = {path.name for path in REASONS_CODE.glob("*.txt")}
    assert set(REDACTION_FILES) == modules | lists
