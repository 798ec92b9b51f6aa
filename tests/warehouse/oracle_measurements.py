"""What garments measure and how they step from size to size, a second time."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import pandas as pd

from tests.warehouse.oracle_development import Development, Record

COLUMNS = (
    *("style_id", "measure_code", "size_label", "from_size_label", "size_order", "measured_cm"),
    *("step_cm", "usual_step_cm", "category_step_cm", "step_difference_cm", "is_irregular"),
)
FEWEST_STEPS, LEAST_CM, LEAST_PART = 3, 0.1, 0.25


def frame_measurements(developed: Development) -> pd.DataFrame:
    """rpt_fit_measurements."""
    scales = list_scales(developed.products)
    steps = {key: [b[2] - a[2] for a, b in pairwise(scale)] for key, scale in scales.items()}
    usual = {key: take_middle(some) for key, some in steps.items() if some}
    of_category: dict[tuple[str, str], list[float]] = defaultdict(list)
    categories = {key: min(size[3] for size in scale) for key, scale in scales.items()}
    for (style, measure), step in usual.items():
        of_category[categories[style, measure], measure].append(step)
    rows = []
    for key, scale in scales.items():
        for before, (order, label, value, _) in zip([None, *scale], scale, strict=False):
            step = None if before is None else value - before[2]
            own = usual.get(key)
            off = None if step is None or own is None else step - own
            rows.append(
                {
                    "style_id": key[0],
                    "measure_code": key[1],
                    "size_label": label,
                    "from_size_label": None if before is None else before[1],
                    "size_order": order,
                    "measured_cm": value,
                    "step_cm": step,
                    "usual_step_cm": own,
                    "category_step_cm": None
                    if own is None
                    else take_middle(of_category[categories[key], key[1]]),
                    "step_difference_cm": off,
                    "is_irregular": off is not None
                    and len(steps[key]) >= FEWEST_STEPS
                    and abs(off) >= LEAST_CM - 1e-9
                    and abs(off) >= LEAST_PART * abs(own) - 1e-9,
                }
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def list_scales(products: dict[str, Record]) -> dict[tuple[str, str], list[tuple]]:
    """Sizes in order, with their centimetres, by style and measurement."""
    found: dict[tuple[str, str, str], set[tuple[float, int]]] = defaultdict(set)
    category: dict[tuple[str, str, str], str] = {}
    for row in products.values():
        if not row.get("style_id") or not row.get("size_label") or row.get("size_order") is None:
            continue
        for column, value in row.items():
            if column.endswith("_cm") and value is not None:
                key = (row["style_id"], column.removesuffix("_cm"), row["size_label"])
                found[key].add((round(float(value), 2), int(row["size_order"])))
                its = row.get("category") or ""
                category[key] = min(category.get(key, its), its)
    scales: dict[tuple[str, str], list[tuple]] = defaultdict(list)
    for (style, measure, label), values in found.items():
        if len(values) == 1:
            ((value, order),) = values
            scales[style, measure].append((order, label, value, category[style, measure, label]))
    return {key: sorted(scale) for key, scale in scales.items()}


def take_middle(values: list[float]) -> float:
    """The one in the middle, of two the smaller."""
    return sorted(values)[(len(values) + 1) // 2 - 1]
