"""Who answers for an asset, and which room of the house it comes from."""

from __future__ import annotations

from typing import Final

OWNERS: Final = ("team:kaeru",)
ORCHESTRATION: Final = "orchestration"
DBT_PROJECT: Final = "dbt_project"
