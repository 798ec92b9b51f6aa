"""What comes back for size by who bought it, a second time."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd

from tests.warehouse.oracle_development import MILLION
from tests.warehouse.oracle_fit import FitOracle

DIMENSIONS = ("height_band", "age_band", "usual_size")
FEWEST = 5  # customers of a cell
PRIOR_UNITS = 5.0
SEGMENT_COLUMNS = (
    *("style_id", "dimension_code", "segment_kind_code", "segment_label", "delivered_count"),
    *("returned_count", "developed_exposure", "small_units", "large_units", "size_units"),
    *("small_exposure", "large_exposure"),
)
Cells = dict[tuple[str, str], dict[str, Counter[str]]]


class Sold:
    """Single sales with what came back of them, their size and their buyer."""

    def __init__(self, oracle: FitOracle) -> None:
        core = oracle.developed.core
        people = {row["customer_id"]: row for row in core.get("customers")}
        told: dict[str, Counter[str]] = defaultdict(Counter)
        for line in oracle.lines:
            told[line["order_line_id"]].update(
                {name: line.get(name, 0) for name in ("small_units", "large_units", "size_units")}
            )
        lines = {row["order_line_id"]: row for row in core.get("order_lines")}
        self.sales: list[tuple[str, str, str, Counter[str], dict[str, str]]] = []
        for cohort, share in oracle.worklist.known:
            delivered, returned = cohort.unbracketed
            if not delivered:
                continue
            customer = core.orders.get(cohort.order_id, {}).get("customer_id")
            counts = Counter(told[cohort.order_line_id])
            counts.update(
                delivered_count=delivered,
                returned_count=returned,
                developed_exposure=delivered * share / MILLION,
            )
            style, size = oracle.place_of(cohort.sku)
            says = people.get(customer, {})
            values = {name: says.get(name) or "" for name in DIMENSIONS}
            product = oracle.developed.products.get(cohort.sku, {})
            lot = lines.get(cohort.order_line_id, {}).get("lot_id") or product.get("lot_id")
            values["lot"] = lot or ""
            self.sales.append((style, size, customer or cohort.order_id, counts, values))

    def weigh_sizes(self, side: str) -> dict[tuple[str, str], float]:
        """How much oftener a size is sent back than its style, five units of the style added."""
        styles: dict[str, Counter[str]] = defaultdict(Counter)
        sizes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for style, size, _, counts, _ in self.sales:
            styles[style].update(counts)
            sizes[style, size].update(counts)
        found = {}
        for (style, size), counts in sizes.items():
            whole = styles[style]
            exposure = whole["developed_exposure"]
            rate = whole[side] / exposure if exposure else 0.0
            due = counts["developed_exposure"] * rate + PRIOR_UNITS
            found[style, size] = round(1000 * (counts[side] + PRIOR_UNITS) / due) / 1000
        return found

    def sum_cells(self) -> tuple[Cells, dict[tuple[str, str, str], set[str]]]:
        """What came back by style, attribute and value, and who bought it."""
        weights = {side: self.weigh_sizes(f"{side}_units") for side in ("small", "large")}
        cells: Cells = defaultdict(lambda: defaultdict(Counter))
        buyers: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        for style, size, buyer, counts, values in self.sales:
            weighed = {
                f"{side}_exposure": counts["developed_exposure"] * weight[style, size]
                for side, weight in weights.items()
            }
            for dimension, value in values.items():
                cell = cells[style, dimension][value]
                cell.update(counts)
                cell.update(weighed)
                buyers[style, dimension, value].add(buyer)
        return cells, buyers


def frame_lots(oracle: FitOracle) -> pd.DataFrame:
    """rpt_fit_lot_evidence."""
    cells, _ = Sold(oracle).sum_cells()
    names = SEGMENT_COLUMNS[4:]
    rows = [
        {"style_id": style, "lot_id": lot, **{name: counts[name] for name in names}}
        for (style, dimension), by_lot in cells.items()
        for lot, counts in by_lot.items()
        if dimension == "lot" and lot
    ]
    return pd.DataFrame(rows, columns=["style_id", "lot_id", *names])


def frame_segments(oracle: FitOracle) -> pd.DataFrame:
    """rpt_fit_segment_evidence."""
    cells, buyers = Sold(oracle).sum_cells()
    rows = []
    for (style, dimension), by_value in cells.items():
        if dimension == "lot":
            continue
        sizes = {value: len(buyers[style, dimension, value]) for value in by_value}
        merged = merge_values(sizes)
        if not any(kind == "named" for kind, _ in merged.values()):
            continue
        sums: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        for value, counts in by_value.items():
            sums[merged[value]].update(counts)
        rows += [
            {
                "style_id": style,
                "dimension_code": dimension,
                "segment_kind_code": kind,
                "segment_label": label,
                **{name: counts[name] for name in SEGMENT_COLUMNS[4:]},
            }
            for (kind, label), counts in sums.items()
        ]
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS))


def merge_values(sizes: dict[str, int]) -> dict[str, tuple[str, str]]:
    """Name the cell of each value: fewer than five customers, and who joins them, are other."""
    found: dict[str, tuple[str, str]] = {}
    gathered = 0
    for value, count in sorted(sizes.items(), key=lambda one: (one[1], one[0])):
        if count < FEWEST or 0 < gathered < FEWEST:
            found[value] = "other", "other"
            gathered += count
        elif value == "":
            found[value] = "unknown", "unknown"
        else:
            found[value] = "named", value
    return found
