"""Equal hashes mean that nothing would change."""

from __future__ import annotations

from pathlib import Path

from orchestration.fingerprint import WRITTEN_FOLDERS, hash_folder


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
