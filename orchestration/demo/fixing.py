"""What the synthetic shop did about its styles, and which returns stopped by it: planted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np
import pyarrow as pa

from orchestration.demo.calendar import SalesCalendar
from orchestration.demo.catalogue import (
    BAD_SKU_FACTOR,
    MIN_TRUE_RATE,
    MISFIT_EXTRA,
    Catalogue,
    Floats,
    Ints,
)
from orchestration.demo.ordering import DAY, Bools, MonthOfOrders

ACTIONS: Final = ("サイズ表を実寸に直した", "商品ページに選び方を足した", "型紙を直した")
FINDINGS: Final = {True: "サイズの声が多い", False: "写真と違うという声"}
OPENED_BEFORE: Final = 20  # days from the finding until the action takes effect
# Days before the last day on which actions take effect: those that can be judged, and new ones.
JUDGED_BEFORE: Final = (90, 104, 118, 132)
NEW_BEFORE: Final = (15, 29)
IDLE_STEP: Final = 8  # every so-manieth style without a fault gets an action that changes nothing
NEW_IDLE_STEP: Final = 3  # of these, every so-manieth is new


@dataclass(frozen=True)
class PlantedAction:
    """One thing that the shop did about a style.

    Attributes
    ----------
    style : int
        Index into the catalogue.
    effective_from : date
        Orders from this day on are delivered as it wants.
    is_effective : bool
        Whether it removes the misfit; else it changes nothing.
    """

    style: int
    effective_from: date
    is_effective: bool


def list_actions(calendar: SalesCalendar, catalogue: Catalogue) -> list[PlantedAction]:
    """List the actions: half of the misfits are removed, and some things change nothing.

    From the best-selling misfit on, every second one is acted on in time to be judged, and every
    fourth one lately.
    """
    misfits = np.flatnonzero(catalogue.misfit != 0)
    misfits = misfits[np.argsort(-catalogue.popularity[misfits], kind="stable")]
    idle = np.flatnonzero(catalogue.misfit == 0)[::IDLE_STEP]
    is_new = np.arange(len(idle)) % NEW_IDLE_STEP == 0
    planned: list[tuple[Ints, tuple[int, ...], bool]] = [
        (misfits[::2], JUDGED_BEFORE, True),
        (misfits[1::4], NEW_BEFORE, True),
        (idle[~is_new], JUDGED_BEFORE, False),
        (idle[is_new], NEW_BEFORE, False),
    ]
    return [
        PlantedAction(
            int(style), calendar.until - timedelta(days=days[place % len(days)]), is_effective
        )
        for styles, days, is_effective in planned
        for place, style in enumerate(styles)
    ]


def build_actions(calendar: SalesCalendar, catalogue: Catalogue) -> pa.Table:
    """Build the rows of ``product_actions``."""
    actions = list_actions(calendar, catalogue)
    opened = [one.effective_from - timedelta(days=OPENED_BEFORE) for one in actions]
    columns = {
        "action_id": name_actions(actions),
        "style_id": [catalogue.style_ids[one.style] for one in actions],
        "opened_on": [day.isoformat() for day in opened],
        "finding": [FINDINGS[bool(catalogue.misfit[one.style])] for one in actions],
        "action": [ACTIONS[one.style % len(ACTIONS)] for one in actions],
        "status": ["closed"] * len(actions),
        "effective_from": [one.effective_from.isoformat() for one in actions],
    }
    return pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})


def build_action_truth(calendar: SalesCalendar, catalogue: Catalogue) -> pa.Table:
    """Build what is true of the actions: which of them remove a misfit."""
    actions = list_actions(calendar, catalogue)
    return pa.table(
        {
            "action_id": pa.array(name_actions(actions), pa.string()),
            "style_id": pa.array([catalogue.style_ids[one.style] for one in actions], pa.string()),
            "effective_from": pa.array([one.effective_from for one in actions], pa.date32()),
            "is_effective": pa.array([one.is_effective for one in actions], pa.bool_()),
        }
    )


def find_fixed_rates(catalogue: Catalogue) -> Floats:
    """Find the true rates of all SKUs once the misfit of their style is removed."""
    style = catalogue.sku_style
    is_afflicted = (catalogue.misfit[style] != 0) & (
        catalogue.sku_size >= catalogue.misfit_from_size[style]
    )
    extra = np.where(catalogue.is_bad, BAD_SKU_FACTOR, 1.0) * MISFIT_EXTRA
    fixed = np.maximum(catalogue.true_rate - extra, MIN_TRUE_RATE)
    return np.where(is_afflicted, fixed, catalogue.true_rate)


def find_fixed_days(calendar: SalesCalendar, catalogue: Catalogue) -> dict[int, date]:
    """Find from when the misfit of a style is removed, by its index."""
    actions = list_actions(calendar, catalogue)
    return {one.style: one.effective_from for one in actions if one.is_effective}


def name_actions(actions: list[PlantedAction]) -> list[str]:
    """Name actions as the files do."""
    return [f"A{number:04d}" for number in range(len(actions))]


def find_stopped(
    calendar: SalesCalendar,
    catalogue: Catalogue,
    orders: MonthOfOrders,
    *,
    line: Ints,
    is_told: Bools,
    told_share: Floats,
    rng: np.random.Generator,
) -> Bools:
    """Find the drawn returns that do not happen, because the misfit is removed by then.

    As many stop as the misfit adds to the rate of the SKU; those that name it go first.

    Parameters
    ----------
    calendar, catalogue, orders
    line : Ints of shape (n_returns,)
        Index of the line within the month.
    is_told : Bools of shape (n_returns,)
        Whether the reason names the misfit.
    told_share : Floats of shape (n_returns,)
        Share of the returns of such an SKU whose reason names it, in (0, 1).
    rng : Generator
        Of its own: what is not stopped stays as it was drawn.
    """
    begins = np.full(len(catalogue.style_ids), np.iinfo(np.int64).max)
    for style, day in find_fixed_days(calendar, catalogue).items():
        begins[style] = (day - calendar.first_day).days * DAY
    sku = orders.sku[line]
    is_after = orders.ordered_at[orders.order_of_line[line]] >= begins[catalogue.sku_style[sku]]
    stopping = 1.0 - (find_fixed_rates(catalogue) / catalogue.true_rate)[sku]
    chance = np.where(
        is_told,
        np.minimum(stopping / told_share, 1.0),
        np.maximum(stopping - told_share, 0.0) / (1.0 - told_share),
    )
    is_free = is_after & ~orders.is_bracket[line]
    return np.asarray(is_free & (rng.random(len(line)) < chance))
