"""What the published version says of the fit of every style, as one document a style."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from orchestration.query import query_mart

SIZES: Final = "rpt_fit_sizes"
VERDICTS: Final = "rpt_fit_verdicts"


def list_verdicts(shop: Path) -> list[dict[str, Any]]:
    """List the verdict of every style with its sizes, from small to large.

    Parameters
    ----------
    shop : Path
        The shop's folder; something must be published.

    Returns
    -------
    list of dict
        One per style, by ``style_id``: ``verdict``, ``probability_small`` and
        ``probability_large`` in [0, 1], ``more_deliveries_needed`` (units; null where there is a
        verdict), ``diagnosis``, ``sizes`` (``rate`` with ``low`` and ``high``: share sent back for
        size; ``small``, ``large``: units; ``exposure``: developed units), ``segments``
        (none yet), ``advice`` by language, ``previous_verdict`` (null: none is kept yet).
    """
    sizes: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in query_mart(shop, SIZES, where={}).rows:
        sizes[row["style_id"]].append(row)
    return [
        _build_document(row, sizes=sizes[row["style_id"]])
        for row in sorted(
            query_mart(shop, VERDICTS, where={}).rows, key=lambda row: str(row["style_id"])
        )
    ]


def _build_document(row: dict[str, Any], *, sizes: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "style_id": row["style_id"],
        "verdict": row["verdict_code"],
        "probability_small": row["small_probability"],
        "probability_large": row["large_probability"],
        "more_deliveries_needed": row["more_deliveries_count"],
        "diagnosis": row["diagnosis_code"],
        "sizes": [_build_size(size) for size in sorted(sizes, key=_place)],
        "segments": [],
        "advice": {
            "ja": f"{row['page_ja_text']}{row['maker_ja_text']}",
            "en": f"{row['page_en_text']} {row['maker_en_text']}",
        },
        "previous_verdict": None,
    }


def _build_size(size: dict[str, Any]) -> dict[str, Any]:
    return {
        "size_label": size["size_label"],
        "rate": size["size_rate"],
        "low": size["low_rate"],
        "high": size["high_rate"],
        "small": size["small_units"],
        "large": size["large_units"],
        "exposure": size["developed_exposure"],
    }


def _place(size: dict[str, Any]) -> tuple[bool, int, str]:
    rank = size["rank_number"]
    return rank is None, rank or 0, str(size["size_label"])
