"""Size charts, and garments held against them, a second time."""

from __future__ import annotations

import unicodedata
from collections import defaultdict

import pandas as pd

from models_ml.fit.sizes import parse_size
from tests.warehouse.oracle_development import Development, Record
from tests.warehouse.oracle_measurements import list_scales

CHART_COLUMNS = ("style_id", "measure_code", "size_label", "basis_code", "chart_cm")
COLUMNS = (
    *("style_id", "measure_code", "size_label", "chart_size_label", "basis_code", "state_code"),
    *("direction_code", "size_order", "measured_cm", "chart_cm", "difference_cm"),
    *("tolerance_cm", "is_beyond_tolerance"),
)
BASES = ("style", "brand_category", "category", "brand")
GARMENT_CM, SHOE_CM = 1.0, 0.25
Charts = dict[tuple[str, str], dict[str, float]]


def frame_charts(developed: Development) -> pd.DataFrame:
    """rpt_size_charts."""
    charts, bases = list_charts(developed)
    rows = [
        (style, measure, label, bases[style, measure], value)
        for (style, measure), chart in charts.items()
        for label, value in chart.items()
    ]
    return pd.DataFrame(rows, columns=list(CHART_COLUMNS))


def frame_differences(developed: Development) -> pd.DataFrame:
    """rpt_fit_chart_differences, without what the verdicts say."""
    charts, bases = list_charts(developed)
    scales = list_scales(developed.products)
    rows = []
    for (style, measure), scale in scales.items():
        chart = charts.get((style, measure), {})
        tolerance = SHOE_CM if measure.startswith("foot") else GARMENT_CM
        for order, label, measured, _ in scale:
            same = sorted(one for one in chart if read_label(one) == read_label(label))
            value = chart[same[0]] if len({chart[one] for one in same}) == 1 else None
            off = None if value is None else round(measured - value, 2)
            direction = None
            if off is not None and abs(off) >= tolerance - 1e-9:
                direction = "small" if off < 0 else "large"
            missing = "size_not_in_chart" if chart else "no_chart"
            rows.append(
                {
                    "style_id": style,
                    "measure_code": measure,
                    "size_label": label,
                    "chart_size_label": None if value is None else same[0],
                    "basis_code": None if value is None else bases[style, measure],
                    "state_code": missing if value is None else "compared",
                    "direction_code": direction,
                    "size_order": order,
                    "measured_cm": measured,
                    "chart_cm": value,
                    "difference_cm": off,
                    "tolerance_cm": tolerance,
                    "is_beyond_tolerance": direction is not None,
                }
            )
    for (style, measure), chart in charts.items():
        written = {read_label(size[1]) for size in scales.get((style, measure), [])}
        for label, value in chart.items():
            if parse_size(label) is None and read_label(label) not in written:
                row = dict.fromkeys(COLUMNS) | {"style_id": style, "measure_code": measure}
                row |= {"chart_size_label": label, "chart_cm": value, "is_beyond_tolerance": False}
                row |= {"basis_code": bases[style, measure], "state_code": "unknown_label"}
                rows.append(row)
    return pd.DataFrame(rows, columns=list(COLUMNS))


def read_label(label: str) -> object:
    """What two labels of one size share."""
    return parse_size(label) or " ".join(unicodedata.normalize("NFKC", label).upper().split())


def list_charts(developed: Development) -> tuple[Charts, dict[tuple[str, str], str]]:
    """Centimetres by label of the chart that a style goes by, and whose chart that is."""
    found: dict[tuple[str, str], list[tuple[int, str, float]]] = defaultdict(list)
    for style, facts in list_styles(developed.products).items():
        for row in developed.core.get("size_charts"):
            rank = rank_chart(row, style=style, facts=facts)
            if rank is not None:
                value = round(float(row["value_cm"]), 2)
                found[style, row["measure"]].append((rank, row["size_label"], value))
    charts: Charts = {}
    bases = {}
    for key, lines in found.items():
        best = min(rank for rank, _, _ in lines)
        values: dict[str, set[float]] = defaultdict(set)
        for rank, label, value in lines:
            if rank == best:
                values[label].add(value)
        chart = {label: min(some) for label, some in values.items() if len(some) == 1}
        if chart:
            charts[key], bases[key] = chart, BASES[best]
    return charts, bases


def rank_chart(row: Record, *, style: str, facts: tuple[str | None, str | None]) -> int | None:
    """How little of a style a line names: 0 is the style itself; None where it is another's."""
    if row.get("style_id"):
        return 0 if row["style_id"] == style else None
    named = (row.get("brand"), row.get("category"))
    if any(name and name != its for name, its in zip(named, facts, strict=True)):
        return None
    brand, category = named
    return 1 if brand and category else 2 if category else 3


def list_styles(products: dict[str, Record]) -> dict[str, tuple[str | None, str | None]]:
    """Brand and category of every style; of several the first by name."""
    found: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for row in products.values():
        if row.get("style_id"):
            for name, some in zip(("brand", "category"), found[row["style_id"]], strict=True):
                if row.get(name):
                    some.add(row[name])
    return {
        style: (min(brands, default=None), min(categories, default=None))
        for style, (brands, categories) in found.items()
    }
