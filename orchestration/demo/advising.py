"""Which size the shop advised, and who bought another one: planted."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa

from orchestration.demo.catalogue import Catalogue
from orchestration.demo.columns import blank_where
from orchestration.demo.ordering import MonthOfOrders
from orchestration.demo.returning import LARGE, SMALL, UNSPEC, MonthOfReturns
from orchestration.demo.words import CATEGORIES

ADVISED_SHARE: Final = 1 / 3  # of the lines of styles with sizes
FOLLOWED_SHARE: Final = 0.85  # of the lines that were advised a size
FOLLOWED_SHARE_OF_MISFITS: Final = 0.6  # where the line comes back for its size
ADVICE_TRUTH: Final[dict[str, Any]] = {
    "advised_share": ADVISED_SHARE,
    "followed_share": FOLLOWED_SHARE,
    "followed_share_of_size_returns": FOLLOWED_SHARE_OF_MISFITS,
}


def draw_advice(
    catalogue: Catalogue,
    orders: MonthOfOrders,
    returns: MonthOfReturns,
    *,
    rng: np.random.Generator,
) -> pa.Array:
    """Draw the size that was advised on each line; null without advice.

    What comes back is drawn before, and says how often the advice had been followed: an
    association without a cause, and nothing else of the shop changes.

    Returns
    -------
    pyarrow.Array of shape (n_lines,)
    """
    count = len(orders.sku)
    style, size = catalogue.sku_style[orders.sku], catalogue.sku_size[orders.sku]
    sizes = catalogue.size_count[style]
    is_advised, is_larger = rng.random((2, count)) < [[ADVISED_SHARE], [0.5]]
    step = np.where(is_larger, 1, -1)
    share = np.full(count, FOLLOWED_SHARE)
    is_misfit = returns.reason <= UNSPEC
    share[returns.line[is_misfit]] = FOLLOWED_SHARE_OF_MISFITS
    step[returns.line[returns.reason == SMALL]] = 1
    step[returns.line[returns.reason == LARGE]] = -1
    # Beyond the last size the other neighbour is advised.
    other = np.where((size + step < 0) | (size + step >= sizes), size - step, size + step)
    advised = np.where(rng.random(count) < share, size, other)
    categories = catalogue.category[style]
    labels = [
        CATEGORIES[c].sizes[z] if has_sizes else None
        for c, z, has_sizes in zip(categories, advised, sizes > 1, strict=True)
    ]
    return blank_where(~is_advised, pa.array(labels, pa.string()))
