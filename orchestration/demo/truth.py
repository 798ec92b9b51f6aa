"""What is true in the synthetic shop, written beside its files for those who measure Kaeru."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from orchestration.demo.advising import ADVICE_TRUTH
from orchestration.demo.calendar import SalesCalendar
from orchestration.demo.catalogue import Catalogue, Ints
from orchestration.demo.checking import CHECK_TRUTH
from orchestration.demo.columns import pick_words
from orchestration.demo.delivering import NEVER
from orchestration.demo.failing import build_failing_truth
from orchestration.demo.faults import Faults, compute_true_rates
from orchestration.demo.fixing import build_action_truth, find_fixed_days, find_fixed_rates
from orchestration.demo.judging import DECISION_TRUTH
from orchestration.demo.lots import build_lot_truth
from orchestration.demo.noticing import NOTICE_TRUTH
from orchestration.demo.offering import OfferTruth
from orchestration.demo.people import Addresses
from orchestration.demo.returning import (
    CODES,
    LAG_SIGMA,
    LONGER_LAG_FACTOR,
    LONGER_WINDOW_DAYS,
    WINDOW_DAYS,
    MonthOfReturns,
)
from orchestration.demo.words import CATEGORIES, CHANNEL_LAG, CHANNELS

README: Final = """# Truth of a synthetic shop

Everything in this folder was planted by the generator; nobody and nothing in it exists.

- `skus.parquet`: true final return probability of each SKU, the one of orders from `fixed_from` on
  where an action removes its misfit, and whether it is a planted bad one.
- `styles.parquet`: planted misfit (runs_small, runs_large, none), its zone and first size, and
  whether anything was done about the style. Where the first size is not the smallest, the first
  measurement of the garment steps into it by 40 % of a step less (small) or more (large); its size
  chart does not.
- `actions.parquet`: what was done, and whether it removes the misfit of orders from that day on.
- `segments.parquet`: styles that fail customers with one height or usual size alone, which way.
- `lots.parquet`: lots of styles that fit otherwise, which way the lot runs.
- `returns-*.parquet`: every return of the month's order lines to its end, those behind the last day
  of the data included, with the reason that its note was made from.
- `shop.json`: scenario, lag curve, windows, address faults, what checks do with them, who decides,
  what is offered and by how much that lifts exchanges, who is told that a parcel left and who was
  advised a size, planted flaws of the files.

A unit of a bracketed pair (a second size of a style in one order) comes back because the other size
is kept; `is_bracket` marks it, and the SKU's true rate leaves it out.
"""
MISFITS: Final = ("runs_small", "none", "runs_large")


def write_catalogue_truth(
    calendar: SalesCalendar, catalogue: Catalogue, faults: Faults, *, sold: Ints, folder: Path
) -> None:
    """Write what was planted in SKUs and styles, and what was done about it."""
    fixed_days = find_fixed_days(calendar, catalogue)
    pq.write_table(
        pa.table(
            {
                "sku": catalogue.skus,
                "style_id": [catalogue.style_ids[s] for s in catalogue.sku_style],
                "true_return_probability": compute_true_rates(catalogue, sold),
                "fixed_return_probability": find_fixed_rates(catalogue),
                "fixed_from": pa.array(
                    [fixed_days.get(style) for style in catalogue.sku_style.tolist()], pa.date32()
                ),
                "is_planted_bad": catalogue.is_bad,
            }
        ),
        folder / "skus.parquet",
    )
    actions = build_action_truth(calendar, catalogue)
    pq.write_table(actions, folder / "actions.parquet")
    acted_on = set(actions["style_id"].to_pylist())
    pq.write_table(
        pa.table(
            {
                "style_id": catalogue.style_ids,
                "misfit": pick_words(MISFITS, catalogue.misfit + 1),
                "misfit_zone": catalogue.misfit_zone,
                "misfit_from_size_index": catalogue.misfit_from_size,
                "has_action": [style in acted_on for style in catalogue.style_ids],
            }
        ),
        folder / "styles.parquet",
    )
    segments = build_failing_truth(catalogue, faults.failing)
    pq.write_table(segments, folder / "segments.parquet")
    pq.write_table(build_lot_truth(catalogue, faults.lots), folder / "lots.parquet")


def write_return_truth(
    returns: MonthOfReturns, lines: pa.Array, *, month: str, folder: Path
) -> None:
    """Write every return of a month's lines, future ones included."""
    pq.write_table(
        pa.table(
            {
                "order_line_id": lines.take(pa.array(returns.line)),
                "quantity": returns.quantity,
                "requested_second": returns.requested_at,
                # Null: turned down, or it never arrives.
                "received_second": pa.array(returns.received_at, mask=returns.received_at >= NEVER),
                "reason_code": pick_words(CODES, returns.reason),
                "zone": returns.zone,
                "is_denied": returns.is_denied,
                "is_bracket": returns.is_bracket,
            }
        ),
        folder / f"returns-{month}.parquet",
    )


def write_shop_truth(
    calendar: SalesCalendar,
    addresses: Addresses,
    *,
    drawn_from: tuple[int, int],
    flaws: list[dict[str, str]],
    offered: OfferTruth,
    folder: Path,
) -> None:
    """Write the README and what is true of the whole shop, drawn from (seed, lines)."""
    seed, lines = drawn_from
    changed_on = calendar.policy_changed_on
    facts: dict[str, Any] = {
        "is_synthetic": True,
        "seed": seed,
        "order_lines": lines,
        "first_day": calendar.first_day.isoformat(),
        "until": calendar.until.isoformat(),
        "scenario": calendar.scenario,
        "lag": {
            "distribution": "lognormal, days from delivery to request",
            "sigma": LAG_SIGMA,
            "median_days_by_category": {c.name: c.lag_days for c in CATEGORIES},
            "factor_by_channel": dict(zip(CHANNELS, CHANNEL_LAG, strict=True)),
        },
        "window_days": WINDOW_DAYS,
        "policy_change": None
        if changed_on is None
        else {
            "orders_from": changed_on.isoformat(),
            "window_days": LONGER_WINDOW_DAYS,
            "lag_factor": LONGER_LAG_FACTOR,
        },
        "customers_with_address_fault": int(addresses.is_faulty.sum()),
        "address_checks": CHECK_TRUTH,
        "decisions": DECISION_TRUTH,
        "offers": offered.describe(),
        "notices": NOTICE_TRUTH,
        "size_advice": ADVICE_TRUTH,
        "file_flaws": flaws,
    }
    text = json.dumps(facts, ensure_ascii=False, indent=2) + "\n"
    (folder / "shop.json").write_text(text, encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")
