"""Production lots of the synthetic shop, and which of them do not fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from orchestration.demo.catalogue import Catalogue, Ints
from orchestration.demo.columns import pick_words
from orchestration.demo.ordering import DAY, Bools
from orchestration.demo.words import BRANDS, CATEGORIES

LOT_BRAND: Final = BRANDS.index("mizube")  # the brand whose lots are known
LOT_DAYS: Final = 150  # a lot is sold out, and the next one comes
BAD_LOT_SHARE: Final = 0.12  # of its styles with sizes that have no other fault


@dataclass(frozen=True)
class Lots:
    """Styles whose lots are known, and the lot of each that does not fit.

    Attributes
    ----------
    is_known : Bools of shape (n_styles,)
    bad_lot : Ints of shape (n_styles,)
        Number of the lot that does not fit; -1 where all do.
    direction : Ints of shape (n_styles,)
        -1 that lot runs small, 1 large, 0 neither.
    zone : list of str
        Part of the garment; empty where there is none.
    """

    is_known: Bools
    bad_lot: Ints
    direction: Ints
    zone: list[str]

    def find(self, style: Ints, ordered_at: Ints) -> Bools:
        """Find the sales of the lot that does not fit."""
        return np.asarray(self.bad_lot[style] == number_lots(ordered_at))

    def name(self, style: Ints, ordered_at: Ints) -> pa.Array:
        """Name the lot of each sale; null where none is known."""
        lots = number_lots(ordered_at)
        names = [f"{1000 + 7 * s}-L{lot + 1}" for s, lot in zip(style, lots, strict=True)]
        return pa.array(names, pa.string(), mask=~self.is_known[style])


def number_lots(ordered_at: Ints) -> Ints:
    """Return the number of the lot that is sold at each moment, from 0."""
    return np.asarray(ordered_at // DAY // LOT_DAYS)


def draw_lots(catalogue: Catalogue, *, is_faulty: Bools, days: int, seed: int) -> Lots:
    """Draw which lots do not fit; nothing else of the shop depends on these draws.

    Parameters
    ----------
    catalogue : Catalogue
    is_faulty : Bools of shape (n_styles,)
        Styles that have another fault already.
    days : int
        Days of the data.
    seed : int
    """
    rng = np.random.default_rng([seed, 13])
    count = len(catalogue.style_ids)
    is_known = catalogue.brand == LOT_BRAND
    may_fail = is_known & (catalogue.size_count > 1) & ~is_faulty
    is_bad = may_fail & (rng.random(count) < BAD_LOT_SHARE)
    lots = (days - 1) // LOT_DAYS + 1
    picks = rng.random(count)
    zones = [
        CATEGORIES[c].zones[int(pick * len(CATEGORIES[c].zones))] if bad else ""
        for c, pick, bad in zip(catalogue.category, picks, is_bad, strict=True)
    ]
    return Lots(
        is_known,
        np.where(is_bad, rng.integers(0, lots, count), -1),
        np.where(is_bad, rng.choice([-1, 1], count, p=[0.67, 0.33]), 0),
        zones,
    )


def build_lot_truth(catalogue: Catalogue, lots: Lots) -> pa.Table:
    """Build the truth: one row per lot that does not fit."""
    rows = np.flatnonzero(lots.bad_lot >= 0)
    return pa.table(
        {
            "style_id": pa.array([catalogue.style_ids[row] for row in rows], pa.string()),
            "lot_id": pa.array(
                [f"{catalogue.style_ids[row]}-L{lots.bad_lot[row] + 1}" for row in rows],
                pa.string(),
            ),
            "direction": pick_words(("small", "", "large"), lots.direction[rows] + 1),
            "zone": pa.array([lots.zone[row] for row in rows], pa.string()),
        }
    )
