"""What the last run found of drift in a shop's notes, kept for status and doctor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from orchestration.folder import ShopFolder
from orchestration.store import replace_file
from orchestration.wording import Language, Words

DRIFTED: Final = Words(
    ja="{week_date} からの週の返品の文章が、それまでと違います（理由の割合のずれ {index:.2f}、"
    "見たことのない文字 {unseen_share:.0%}）。読み取りが合っているか、数件を見てください",
    en="The notes of the week from {week_date} are of another kind (shares moved by {index:.2f}, "
    "{unseen_share:.0%} of the letters are new). Look at a few whether they are read right",
)


def write_drift(shop: Path, found: Mapping[str, Any]) -> None:
    """Keep what was found, in one step."""
    path = ShopFolder(shop).drift
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    temporary.write_text(f"{json.dumps(found, indent=2)}\n", encoding="utf-8")
    replace_file(temporary, target=path)


def read_drift(shop: Path) -> dict[str, Any] | None:
    """Read what the last run found; None where there is nothing."""
    try:
        found: dict[str, Any] = json.loads(ShopFolder(shop).drift.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return found


def tell_drift(shop: Path, *, language: Language) -> str | None:
    """Say in words that the shop's notes have drifted; None where they have not."""
    found = read_drift(shop)
    if found is None or not found["is_drifted"]:
        return None
    return DRIFTED.render(language, **found)
