"""What the published version says of the fit of every style, as one document a style."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any, Final

from orchestration.query import query_mart

MEASUREMENTS: Final = "rpt_fit_measurements"
CHARTS: Final = "rpt_fit_chart_differences"
CHART_ENTITY: Final = "size_charts"
SEGMENTS: Final = "rpt_fit_segments"
SIZES: Final = "rpt_fit_sizes"
VERDICTS: Final = "rpt_fit_verdicts"
CHANGES: Final = "rpt_fit_verdict_changes"
LABELS: Final = "rpt_fit_unknown_labels"


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
        (by attribute of customers and value, at least five customers each: the same, and
        ``finding``: small or large where the style fails these customers and not the others; null
        elsewhere), ``measurements`` (steps from size to size that are out of line, in cm),
        ``chart`` (the garment against the size chart: how many sizes were ``compared``, the
        ``differences`` from the tolerance on in cm, ``unknown_labels`` of the chart, and what is
        ``missing`` where nothing could be compared),
        ``advice`` by language, ``previous_verdict`` (of the last kept day that said
        otherwise, else of the last kept day; null: none is kept yet) and ``change``: its ``as_of``,
        ``since`` when the verdict stands, ``why`` it changed, and the developed ``exposure`` and
        the ``units`` sent back for the ``side`` then and now.
    """
    parts = {mart: _read_by_style(shop, mart) for mart in (SIZES, SEGMENTS, MEASUREMENTS, CHARTS)}
    changes = {row["style_id"]: row for row in query_mart(shop, CHANGES, where={}).rows}
    return [
        _build_document(
            row,
            parts={mart: some[row["style_id"]] for mart, some in parts.items()},
            change=changes.get(row["style_id"]),
        )
        for row in sorted(
            query_mart(shop, VERDICTS, where={}).rows, key=lambda row: str(row["style_id"])
        )
    ]


def list_unknown_labels(shop: Path) -> list[dict[str, Any]]:
    """List the size labels that nothing is known of, with the place of each in its file.

    Parameters
    ----------
    shop : Path
        The shop's folder; something must be published.

    Returns
    -------
    list of dict
        One per SKU: ``style_id``, ``sku``, ``size_label``, ``file``, ``line``, ``is_blocking``.
    """
    return [
        {
            "style_id": row["style_id"],
            "sku": row["sku"],
            "size_label": row["size_label"],
            "file": row["file_name"],
            "line": row["line_number"],
            "is_blocking": row["is_blocking"],
        }
        for row in query_mart(shop, LABELS, where={}).rows
    ]


def _read_by_style(shop: Path, mart: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in query_mart(shop, mart, where={}).rows:
        found[row["style_id"]].append(row)
    return found


def _build_document(
    row: dict[str, Any],
    *,
    parts: dict[str, list[dict[str, Any]]],
    change: dict[str, Any] | None,
) -> dict[str, Any]:
    return {
        "style_id": row["style_id"],
        "verdict": row["verdict_code"],
        "probability_small": row["small_probability"],
        "probability_large": row["large_probability"],
        "more_deliveries_needed": row["more_deliveries_count"],
        "diagnosis": row["diagnosis_code"],
        "sizes": [_build_size(size) for size in sorted(parts[SIZES], key=_place)],
        "segments": [_build_segment(one) for one in sorted(parts[SEGMENTS], key=_place_segment)],
        "measurements": [_build_step(one) for one in parts[MEASUREMENTS] if one["is_irregular"]],
        "chart": _build_chart(parts[CHARTS]),
        "advice": {
            "ja": f"{row['page_ja_text']}{row['maker_ja_text']}",
            "en": f"{row['page_en_text']} {row['maker_en_text']}",
        },
        "previous_verdict": change["previous_verdict_code"] if change else None,
        "change": _build_change(change) if change else None,
    }


def _build_change(change: dict[str, Any]) -> dict[str, Any]:
    return {
        "as_of": change["previous_date"],
        "since": change["since_date"],
        "why": change["why_code"],
        "side": change["side_code"],
        "exposure": [change["previous_developed_exposure"], change["developed_exposure"]],
        "units": [change["previous_side_units"], change["side_units"]],
    }


def _build_size(size: dict[str, Any]) -> dict[str, Any]:
    return {"size_label": size["size_label"], **_build_rate(size)}


def _build_segment(segment: dict[str, Any]) -> dict[str, Any]:
    return {
        "dimension": segment["dimension_code"],
        "kind": segment["segment_kind_code"],
        "value": segment["segment_label"],
        **_build_rate(segment),
        "probability_small": segment["small_probability"],
        "probability_large": segment["large_probability"],
        "finding": segment["finding_code"],
    }


def _build_rate(part: dict[str, Any]) -> dict[str, Any]:
    return {
        "rate": part["size_rate"],
        "low": part["low_rate"],
        "high": part["high_rate"],
        "small": part["small_units"],
        "large": part["large_units"],
        "exposure": part["developed_exposure"],
    }


def _build_step(step: dict[str, Any]) -> dict[str, Any]:
    return {
        "measure": step["measure_code"],
        "from_size_label": step["from_size_label"],
        "size_label": step["size_label"],
        "step_cm": step["step_cm"],
        "usual_step_cm": step["usual_step_cm"],
        "difference_cm": step["step_difference_cm"],
    }


def _build_chart(rows: list[dict[str, Any]]) -> dict[str, Any]:
    compared = [row for row in rows if row["state_code"] == "compared"]
    return {
        "compared": len(compared),
        "differences": [
            {
                "measure": row["measure_code"],
                "size_label": row["size_label"],
                "chart_size_label": row["chart_size_label"],
                "chart_of": row["basis_code"],
                "measured_cm": row["measured_cm"],
                "chart_cm": row["chart_cm"],
                "difference_cm": row["difference_cm"],
                "tolerance_cm": row["tolerance_cm"],
                "agreement": row["agreement_code"],
            }
            for row in compared
            if row["is_beyond_tolerance"]
        ],
        "unknown_labels": sorted(
            {row["chart_size_label"] for row in rows if row["state_code"] == "unknown_label"}
        ),
        "missing": None if compared else CHART_ENTITY,
    }


def _place_segment(segment: dict[str, Any]) -> tuple[str, bool, int, str]:
    rank = segment["rank_number"]
    label = str(segment["segment_label"])
    return str(segment["dimension_code"]), rank is None, rank or 0, label


def _place(size: dict[str, Any]) -> tuple[bool, int, str]:
    rank = size["rank_number"]
    return rank is None, rank or 0, str(size["size_label"])
