"""Demo shops as the statistics see them: built once, kept on disk, so that a proof resumes.

What a proof costs is the building, not the measuring. So each shop is built up to the evidence by
the job's own models, and kept as three small files; the statistics of the job then read them as
they would read the marts. ``proof_development`` runs the whole job too, on one shop of each
scenario, and compares.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb
import pandas as pd

from benchmarks.built_shops import ShopKey, build_shop
from benchmarks.planted_rates import map_true_rates
from orchestration.fingerprint import hash_dbt_project
from orchestration.folder import ShopFolder
from orchestration.scored_marts import READ_EVIDENCE, READ_WEEKS

RECENT_DAYS: Final = 30
MARTS_READ: Final = (
    *("rpt_rate_evidence", "rpt_style_development_weeks", "rpt_category_development"),
    "fct_order_lines",
)
READ_LINES: Final = """
select order_line_id, sku, ordered_date, delivered_count, delivered_date, is_size_bracketed
from marts.fct_order_lines
where not is_exchange_leg and delivered_date is not null and delivered_count > 0
"""
READ_RECENT: Final = """
select
    max(as_of_date) as as_of_date,
    sum(recent_returned_count) as seen_count,
    sum(recent_expected_returns) as expected_count,
    bool_or(is_policy_change_affected) as is_flagged
from marts.rpt_category_development
where is_current
"""
EVIDENCE, WEEKS, FACTS = "evidence.parquet", "weeks.parquet", "facts.json"


@dataclass(frozen=True)
class BuiltShop:
    """What the statistics read of a demo shop, and what was planted in it.

    Attributes
    ----------
    key : ShopKey
    evidence : DataFrame
        Of ``marts.rpt_rate_evidence``, with ``true_rate`` and ``is_planted_bad`` of the SKUs (null
        for styles).
    weeks : DataFrame
        Of ``marts.rpt_style_development_weeks``.
    facts : dict of str to float, bool or str
        Return units of the last 30 days' deliveries: ``came_count`` in the end, ``seen_count`` by
        now, ``expected_count`` by the developed rates; ``is_flagged``; ``models_sha256``.
    """

    key: ShopKey
    evidence: pd.DataFrame
    weeks: pd.DataFrame
    facts: dict[str, float | bool | str]


def load_shop(kept: Path, key: ShopKey) -> BuiltShop:
    """Read a shop that is kept, and build it first where it is not.

    Parameters
    ----------
    kept : Path
        Folder outside the repository in which shops are kept.
    key : ShopKey

    Returns
    -------
    BuiltShop
    """
    place = kept / f"{key.scenario}-{key.seed}-{key.lines}"
    if not (place / FACTS).exists():
        shop = build_shop(kept / "building", key, marts=MARTS_READ)
        _keep_shop(shop, place)
    facts = json.loads((place / FACTS).read_bytes())
    evidence, weeks = (pd.read_parquet(place / name) for name in (EVIDENCE, WEEKS))
    return BuiltShop(key, evidence, weeks, facts)


def _keep_shop(shop: ShopFolder, place: Path) -> None:
    """Write the three files of a built shop, the facts last: they say that all is there."""
    with duckdb.connect(str(shop.serving_database), read_only=True) as marts:
        lines = marts.execute(READ_LINES).df()
        evidence = marts.execute(READ_EVIDENCE).df()
        weeks = marts.execute(READ_WEEKS).df()
        recent = marts.execute(READ_RECENT).df().iloc[0]
    truth = shop.root / "truth"
    lines["final_count"] = _count_final_returns(lines, truth)
    place.mkdir(parents=True, exist_ok=True)
    add_truth(evidence, lines, truth).to_parquet(place / EVIDENCE)
    weeks.to_parquet(place / WEEKS)
    begins = pd.Timestamp(recent["as_of_date"]) - pd.Timedelta(days=RECENT_DAYS)
    is_recent = pd.to_datetime(lines["delivered_date"]) > begins
    facts = {
        "came_count": float(lines.loc[is_recent, "final_count"].sum()),
        "seen_count": float(recent["seen_count"]),
        "expected_count": float(recent["expected_count"]),
        "is_flagged": bool(recent["is_flagged"]),
        "models_sha256": hash_dbt_project(),
    }
    (place / FACTS).write_text(json.dumps(facts, indent=1), encoding="utf-8")


def _count_final_returns(lines: pd.DataFrame, truth: Path) -> pd.Series:
    """Count the units of each line that come back in the end."""
    returns = pd.concat(pd.read_parquet(one) for one in sorted(truth.glob("returns-*.parquet")))
    arriving = returns[returns["received_second"].notna()]
    final = arriving.groupby("order_line_id")["quantity"].sum()
    return lines["order_line_id"].map(final).fillna(0)


def add_truth(evidence: pd.DataFrame, lines: pd.DataFrame, truth: Path) -> pd.DataFrame:
    """Add what is true of each SKU: a planted probability is of a request, some never arrive."""
    skus = pd.read_parquet(truth / "skus.parquet").set_index("sku")
    single = lines[~lines["is_size_bracketed"]]
    planted = map_true_rates(single, truth) * single["delivered_count"]
    arriving = single["final_count"].sum() / planted.sum()
    sums = pd.DataFrame({"sku": single["sku"], "planted": planted, "n": single["delivered_count"]})
    sums = sums.groupby("sku").sum()
    sku = evidence["group_id"].where(evidence["level_code"] == "sku")
    rate = sku.map(sums["planted"] / sums["n"]).fillna(sku.map(skus["true_return_probability"]))
    return evidence.assign(
        true_rate=rate * arriving,
        is_planted_bad=sku.map(skus["is_planted_bad"]).astype("boolean"),
    )
