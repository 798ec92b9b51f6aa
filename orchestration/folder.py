"""Where things lie in a shop's folder; nothing in it is an absolute path."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

SETTINGS_FILE: Final = "kaeru.toml"


@dataclass(frozen=True)
class ShopFolder:
    """The parts of a shop's folder.

    Attributes
    ----------
    root : Path
        The folder that holds ``kaeru.toml``.
    """

    root: Path

    @property
    def settings_file(self) -> Path:
        """The shop's settings, written by a person."""
        return self.root / SETTINGS_FILE

    @property
    def secret_key(self) -> Path:
        """The key of the customer hash; mode 0600."""
        return self.root / "secret.key"

    @property
    def inbox(self) -> Path:
        """Files as the shop delivers them."""
        return self.root / "inbox"

    @property
    def mappings(self) -> Path:
        """The shop's own mappings."""
        return self.root / "mappings"

    @property
    def policies(self) -> Path:
        """The shop's own policies, reasons and reason codes."""
        return self.root / "policies"

    @property
    def labels(self) -> Path:
        """What people said of texts."""
        return self.root / "labels"

    @property
    def data(self) -> Path:
        """Everything that Kaeru writes."""
        return self.root / "data"

    @property
    def store(self) -> Path:
        """The landed rows; the only file that cannot be rebuilt."""
        return self.data / "store.duckdb"

    @property
    def lock(self) -> Path:
        """Held by the one process that writes."""
        return self.data / "lock"

    @property
    def erasure_list(self) -> Path:
        """Erased ids, kept beside the store so that an old backup cannot bring them back."""
        return self.data / "erasures.jsonl"

    @property
    def temporary(self) -> Path:
        """Where DuckDB spills."""
        return self.data / "tmp"

    @property
    def past_days(self) -> Path:
        """The figures of past days that were asked for; gone with the next run."""
        return self.temporary / "as_of"

    @property
    def build(self) -> Path:
        """Databases of the run in progress."""
        return self.data / "build"

    @property
    def build_database(self) -> Path:
        """The main database of dbt: staging and intermediate."""
        return self.build / "build.duckdb"

    @property
    def serving_database(self) -> Path:
        """The marts of the run in progress, before they are published."""
        return self.build / "serving.duckdb"

    @property
    def serving(self) -> Path:
        """Published versions and the pointer to the current one."""
        return self.data / "serving"

    @property
    def pointer(self) -> Path:
        """Names the published version."""
        return self.serving / "current.json"

    @property
    def target(self) -> Path:
        """The dbt target folder."""
        return self.data / "target"

    @property
    def logs(self) -> Path:
        """The dbt log folder."""
        return self.data / "logs"

    @property
    def dagster_home(self) -> Path:
        """DAGSTER_HOME of ``kaeru schedule``."""
        return self.data / "dagster"

    @property
    def reason_models(self) -> Path:
        """The registry of models that read reasons, and the name of the champion."""
        return self.data / "models" / "reasons"

    @property
    def champion(self) -> Path:
        """Names the model that reads reasons now, and those before it."""
        return self.reason_models / "champion.json"

    @property
    def drift(self) -> Path:
        """What the last run found of drift in the notes."""
        return self.reason_models / "drift.json"

    @property
    def backups(self) -> Path:
        """Where ``kaeru backup`` writes unless told otherwise."""
        return self.data / "backups"

    def list_folders(self) -> tuple[Path, ...]:
        """List the folders that a shop has from its first day."""
        beside = (self.mappings, self.policies, self.labels)
        inside = (self.temporary, self.build, self.serving, self.target, self.logs)
        return (self.inbox, *beside, self.data, *inside, self.dagster_home)

    def make_folders(self) -> None:
        """Create every folder that is missing."""
        for folder in self.list_folders():
            folder.mkdir(parents=True, exist_ok=True)
