"""What remains to an estimate that knows the planted truth: the noise floor of the cash figures.

Every return of the synthetic shop comes or does not come by chance. Whoever knows each line's
probability and every delay, and all that had been seen by the as-of day, still misses what chance
does afterwards. The orders to come are taken as known: no forecast can be better than this.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import numpy as np
import numpy.typing as npt
import pandas as pd

from benchmarks.planted_rates import map_true_rates
from orchestration.demo.returning import (
    BRACKET_RETURN_RATE,
    DENIED_SHARE,
    LAG_SIGMA,
    LONGER_LAG_FACTOR,
    LONGER_WINDOW_DAYS,
    WINDOW_DAYS,
)
from orchestration.demo.settling import FAILED_SHARE, PAYING_DAYS
from orchestration.demo.words import CATEGORIES, CHANNEL_LAG, CHANNELS, PAYMENTS

AHEAD_DAYS: Final = 56
LAST_AGE_DAYS: Final = LONGER_WINDOW_DAYS + 1  # by then all is asked for
DRAWS: Final = 100_000  # of lags and delays for each category and channel
SEED: Final = 20_261_031
LOST_SHARE: Final = 0.02  # of requests whose parcel never arrives (orchestration/demo/returning.py)
# Share of units that ask for an exchange: of fit reasons, of others.
FIT_EXCHANGE_SHARE: Final = 0.42
OTHER_EXCHANGE_SHARE: Final = 0.10
CREDIT_SHARE: Final = 0.06
FIT_SHARE: Final = 0.43  # of the reasons of a sized style
FIT_SHARE_OF_MISFITS: Final = 0.6 + 0.4 * FIT_SHARE
X_SHARE: Final = 0.02  # graded X: refunded even where an exchange was asked for
SETTLED_DAYS: Final = 7  # after the arrival: graded, and the replacement on its way
FAILED_DAYS: Final = 60  # after the arrival: a transfer that is not there has failed
METHOD_OF_PAYMENT: Final = dict(zip(PAYMENTS, (0, 1, 2, 3, 2), strict=True))
DEFERRED_CANCEL: Final = 1
BANK_TRANSFER: Final = 2
NEVER: Final = date(2262, 1, 1)
Floats = npt.NDArray[np.float64]

READ_LINES: Final = """
select order_lines.order_line_id, order_lines.sku, order_lines.net_amount,
    order_lines.ordered_count, order_lines.ordered_date, order_lines.channel_name,
    order_lines.payment_method_name,
    products.category_name, order_lines.delivered_date,
    -- The generator's second size of a pair stands right behind the first.
    order_lines.is_size_bracketed and products.style_id || products.colour_name = lag(
        products.style_id || products.colour_name
    ) over (
        partition by order_lines.order_id order by order_lines.order_line_id
    ) as is_bracket,
    return_lines.event_date as requested_date, return_lines.received_date,
    return_lines.decision_code, return_lines.requested_resolution_code,
    return_lines.requested_count, return_lines.accepted_count,
    refunds.paid_date, refunds.refund_amount
from marts.fct_order_lines as order_lines
inner join marts.dim_products as products on order_lines.sku = products.sku
left join marts.fct_return_lines as return_lines
    on order_lines.order_line_id = return_lines.order_line_id
    and return_lines.is_product_return
left join (
    select return_line_id, min(paid_date) as paid_date, sum(refund_amount) as refund_amount
    from marts.fct_refunds where is_paid group by return_line_id
) as refunds on return_lines.return_line_id = refunds.return_line_id
where order_lines.delivered_date is not null and not order_lines.is_exchange_leg
"""


@dataclass(frozen=True)
class Chances:
    """By days since delivery (row) of a category and channel: what is asked for and paid when.

    Attributes
    ----------
    asked : Floats of shape (n_ages,)
        Share of the returns that has been asked for by the end of the day.
    paid : Floats of shape (n_methods, n_ages)
        Share that has been paid.
    later : Floats of shape (n_methods, n_ages)
        Share asked for after that age and paid within ``AHEAD_DAYS`` of it.
    """

    asked: Floats
    paid: Floats
    later: Floats


def draw_chances(median: float, window: int, random: np.random.Generator) -> Chances:
    """Draw lags and delays as the generator does and count them by age."""
    moment = random.random(DRAWS)  # of the day on which it is delivered
    lag = median * np.exp(random.normal(0.0, LAG_SIGMA, DRAWS))
    lag = np.where(lag > window, window - random.random(DRAWS) * 2, lag)
    asked = moment + lag
    arrived = asked + random.gamma(4.0, 1.1, DRAWS) + random.exponential(0.8, DRAWS)
    started = arrived + random.random(DRAWS) * 2
    ages = np.arange(LAST_AGE_DAYS + 1)
    paid = np.stack([started + random.exponential(days, DRAWS) for days in PAYING_DAYS[:4]])
    later = np.stack(
        [
            [np.mean((asked > age + 1) & (one <= age + 1 + AHEAD_DAYS)) for age in ages]
            for one in paid
        ]
    )
    return Chances(
        asked=np.array([np.mean(asked <= age + 1) for age in ages]),
        paid=np.stack([[np.mean(one <= age + 1) for age in ages] for one in paid]),
        later=later,
    )


def read_lines(connection: duckdb.DuckDBPyConnection, truth: Path) -> pd.DataFrame:
    """Read delivered lines with their returns, and what the truth says of each."""
    lines = connection.execute(READ_LINES).df()
    skus = pd.read_parquet(truth / "skus.parquet").set_index("sku")
    styles = pd.read_parquet(truth / "styles.parquet").set_index("style_id")
    style = lines["sku"].map(skus["style_id"])
    zones = {category.name: bool(category.zones) for category in CATEGORIES}
    is_sized = lines["category_name"].map(zones).fillna(value=False).to_numpy(bool)
    is_misfit = (style.map(styles["misfit"]) != "none").to_numpy(bool)
    fit = np.where(is_sized, np.where(is_misfit, FIT_SHARE_OF_MISFITS, FIT_SHARE), 0.0)
    exchange = fit * FIT_EXCHANGE_SHARE + (1 - fit) * OTHER_EXCHANGE_SHARE
    method = lines["payment_method_name"].map(METHOD_OF_PAYMENT).fillna(0).astype(int)
    asked = np.where(
        lines["is_bracket"].fillna(value=False).to_numpy(bool),
        BRACKET_RETURN_RATE,
        map_true_rates(lines, truth),
    )
    # Half of the returns of two units are of one.
    units = np.where(lines["ordered_count"] > 1, (1 + 1 / lines["ordered_count"]) / 2, 1.0)
    arriving = (1 - DENIED_SHARE) * (1 - LOST_SHARE)
    refunded = arriving * (1 - exchange * (1 - X_SHARE))
    cash = arriving * (1 - exchange * (1 - X_SHARE) - CREDIT_SHARE)
    cash = np.where(method == DEFERRED_CANCEL, 0.0, cash)
    cash = np.where(method == BANK_TRANSFER, cash * (1 - FAILED_SHARE), cash)
    value = lines["net_amount"] * units
    return lines.assign(
        method=method,
        probability=asked,
        refund=value * refunded,
        cash=value * cash,
        requested_net=lines["net_amount"] * lines["requested_count"] / lines["ordered_count"],
    )


@dataclass(frozen=True)
class Floor:
    """What one who knows the truth expects on an as-of day, in minor units.

    Attributes
    ----------
    as_of_date : date
    liability, cash : float
        Refunds of what was delivered by then; cash of the next ``AHEAD_DAYS``.
    """

    as_of_date: date
    liability: float
    cash: float


def _expect_open(open_lines: pd.DataFrame, as_of: pd.Timestamp) -> tuple[float, float]:
    """Expect refunds and cash of returns that were asked for and are not paid."""
    rows = open_lines[(open_lines["decision_code"] != "denied")]
    has_arrived = (rows["received_date"] <= as_of).to_numpy(bool)
    waited = (as_of - rows["requested_date"]).dt.days.to_numpy(float) + 0.5
    travel = np.random.default_rng(SEED).gamma(4.0, 1.1, DRAWS)
    travel.sort()
    under_way = (1 - np.searchsorted(travel, waited) / DRAWS) * (1 - LOST_SHARE)
    arriving = np.where(has_arrived, 1.0, under_way / (under_way + LOST_SHARE))
    wish = rows["requested_resolution_code"]
    # A replacement is on its way within days; what was not accepted is refunded soon or never.
    is_old = (rows["received_date"] <= as_of - pd.Timedelta(days=SETTLED_DAYS)).to_numpy(bool)
    is_settled = is_old & ((wish == "exchange") | ~(rows["accepted_count"] > 0))
    refund = np.where(wish == "exchange", X_SHARE, 1.0) * arriving * rows["requested_net"]
    refund = np.where(is_settled, 0.0, refund)
    is_cash = (wish != "credit") & (rows["method"] != DEFERRED_CANCEL)
    is_cash &= ~(rows["received_date"] <= as_of - pd.Timedelta(days=FAILED_DAYS))
    cash = np.where(is_cash, refund, 0.0)
    cash = np.where(rows["method"] == BANK_TRANSFER, cash * (1 - FAILED_SHARE), cash)
    return float(refund.sum()), float(cash.sum())


def compute_floors(
    connection: duckdb.DuckDBPyConnection,
    truth: Path,
    as_of_dates: list[date],
    *,
    policy_changed_on: date | None,
) -> list[Floor]:
    """Compute what was to be expected on each of the days."""
    random = np.random.default_rng(SEED)
    lines = read_lines(connection, truth)
    changed = pd.Timestamp(policy_changed_on or NEVER)
    lines["is_longer"] = lines["ordered_date"] >= changed
    medians = {category.name: category.lag_days for category in CATEGORIES}
    lags = dict(zip(CHANNELS, CHANNEL_LAG, strict=True))
    groups = []
    for (category, channel, is_longer), rows in lines.groupby(
        ["category_name", "channel_name", "is_longer"]
    ):
        if category in medians:
            factor = LONGER_LAG_FACTOR if is_longer else 1.0
            window = LONGER_WINDOW_DAYS if is_longer else WINDOW_DAYS
            median = medians[category] * lags[str(channel)] * factor
            groups.append((rows, draw_chances(median, window, random)))
    floors = []
    for day in as_of_dates:
        as_of = pd.Timestamp(day)
        is_open = (lines["requested_date"] <= as_of) & ~(lines["paid_date"] <= as_of)
        liability, cash = _expect_open(lines[is_open], as_of)
        for rows, chances in groups:
            age = (as_of - rows["delivered_date"]).dt.days
            more = _expect_unasked(rows.assign(age=age), chances, as_of)
            liability, cash = liability + more[0], cash + more[1]
        floors.append(Floor(day, liability, cash))
    return floors


def _expect_unasked(
    rows: pd.DataFrame, chances: Chances, as_of: pd.Timestamp
) -> tuple[float, float]:
    """Expect refunds and cash of lines whose return nobody has asked for yet."""
    unasked = rows[~(rows["requested_date"] <= as_of) & rows["age"].between(0, LAST_AGE_DAYS)]
    age = unasked["age"].to_numpy(int)
    method = unasked["method"].to_numpy(int)
    chance = unasked["probability"].to_numpy(float)
    left = chance / (1 - chance * chances.asked[age])
    refund = left * (1 - chances.asked[age]) * unasked["refund"]
    cash = left * chances.later[method, age] * unasked["cash"]
    coming = rows[rows["age"].between(-AHEAD_DAYS, -1)]
    until = coming["age"].to_numpy(int) + AHEAD_DAYS
    paid = chances.paid[coming["method"].to_numpy(int), until]
    later = coming["probability"] * paid * coming["cash"]
    return float(refund.sum()), float(cash.sum() + later.sum())
