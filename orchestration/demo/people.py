"""Customers of the synthetic shop and where they live; nobody of them exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.catalogue import Ints
from orchestration.demo.columns import number_ids, pick_words, write_flags
from orchestration.demo.ordering import Bools
from orchestration.demo.words import AGE_BANDS, HEIGHT_BANDS, LETTERS, PLACES

LINES_PER_CUSTOMER: Final = 5
NO_NUMBER_SHARE: Final = 0.008  # addresses without a lot number
WRONG_CODE_SHARE: Final = 0.004  # addresses with another place's postal code
# What a customer may say of herself.
ATTRIBUTES: Final = {
    "height_band": HEIGHT_BANDS,
    "age_band": AGE_BANDS,
    "usual_size": LETTERS,
}
BUILDINGS: Final = (None, "カエルハイツ101", "コーポ水辺203", "グリーンビル5F", "リバーサイド1204")


@dataclass(frozen=True)
class Addresses:
    """Addresses by customer index.

    Attributes
    ----------
    place : Ints of shape (n_customers,)
    code_place : Ints of shape (n_customers,)
        Place whose postal code is written; another one is a planted fault.
    lot : list of str or None
        Lot number; None is a planted fault.
    building : Ints of shape (n_customers,)
    """

    place: Ints
    code_place: Ints
    lot: pa.Array
    building: Ints

    @property
    def is_faulty(self) -> Bools:
        """Whether a fault was planted in the address."""
        no_lot = np.asarray(self.lot.is_null())
        return np.asarray(no_lot | (self.place != self.code_place))

    def write(self, customer: Ints) -> dict[str, pa.Array]:
        """Write the address columns of the customers' parcels."""
        place, index = self.place[customer], pa.array(customer)
        return {
            "postal_code": pick_words([p[0] for p in PLACES], self.code_place[customer]),
            "prefecture": pick_words([p[1] for p in PLACES], place),
            "city": pick_words([p[2] for p in PLACES], place),
            "address_line_1": pc.binary_join_element_wise(
                pick_words([p[3] for p in PLACES], place),
                pc.fill_null(self.lot.take(index), ""),
                "",
            ),
            "address_line_2": pick_words(BUILDINGS, self.building[customer]),
        }


def count_customers(lines: int) -> int:
    """Count the customers of a shop with so many lines."""
    return max(50, lines // LINES_PER_CUSTOMER)


def draw_addresses(customers: int, *, seed: int) -> Addresses:
    """Draw an address per customer and plant the faults."""
    rng = np.random.default_rng([seed, 2])
    place = rng.integers(0, len(PLACES), customers)
    is_wrong = rng.random(customers) < WRONG_CODE_SHARE
    block, house, room = (rng.integers(1, high, customers) for high in (6, 30, 20))
    lots = [f"{b}-{h}-{r}" for b, h, r in zip(block, house, room, strict=True)]
    return Addresses(
        place=place,
        code_place=np.where(is_wrong, (place + 1) % len(PLACES), place),
        lot=pa.array(lots, mask=rng.random(customers) < NO_NUMBER_SHARE),
        building=rng.integers(0, len(BUILDINGS), customers),
    )


def build_customers(customers: int, *, seed: int) -> pa.Table:
    """Build the rows of ``customers``."""
    rng = np.random.default_rng([seed, 3])
    drawn = _draw_attributes(customers, rng)
    return pa.table(
        {
            "customer_id": number_ids("C", np.arange(customers), width=7),
            **{
                name: pick_words(words, drawn[place])
                for place, (name, words) in enumerate(ATTRIBUTES.items())
            },
            "consent_flag": write_flags(rng.random(customers) < 0.9),  # noqa: PLR2004
        }
    )


def draw_attributes(customers: int, *, seed: int) -> Ints:
    """Draw what the customers are: indexes into the words of ``ATTRIBUTES``, one row each."""
    return _draw_attributes(customers, np.random.default_rng([seed, 3]))


def _draw_attributes(customers: int, rng: np.random.Generator) -> Ints:
    return np.array([rng.integers(0, len(words), customers) for words in ATTRIBUTES.values()])
