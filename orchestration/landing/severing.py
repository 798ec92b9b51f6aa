"""Keep the personal data of erased customers out of what lands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.landing.canonical import Entity
from orchestration.landing.contracts import LandingSettings
from orchestration.landing.text_arrays import Flags, blank_rows

_ORDER_ID: Final = "order_id"


@dataclass(frozen=True)
class ErasedPeople:
    """Whose data must not come back.

    Attributes
    ----------
    customer_ids : frozenset of str
        Hashed.
    order_ids : frozenset of str
    """

    customer_ids: frozenset[str] = field(default_factory=frozenset)
    order_ids: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def from_settings(cls, settings: LandingSettings) -> ErasedPeople:
        """Take the lists out of the settings."""
        return cls(settings.erased_customer_ids, settings.erased_order_ids)

    @property
    def is_empty(self) -> bool:
        """Tell whether nobody was erased."""
        return not self.customer_ids and not self.order_ids

    def find_customers(self, hashed: pa.StringArray) -> Flags:
        """Mark the rows of erased customers."""
        return _find(hashed, wanted=self.customer_ids)

    def find_rows(self, columns: Mapping[str, pa.StringArray], *, entity: Entity) -> Flags:
        """Mark the rows that name an erased customer or one of their orders.

        Parameters
        ----------
        columns : mapping of str to StringArray of shape (n_rows,)
            Canonical columns of the entity.
        entity : Entity

        Returns
        -------
        bool array of shape (n_rows,)
        """
        count = len(next(iter(columns.values())))
        is_erased = np.zeros(count, dtype=bool)
        for name, values in columns.items():
            if name in entity.columns and entity.columns[name].type == "customer":
                is_erased |= self.find_customers(values)
        if _ORDER_ID in columns:
            is_erased |= _find(columns[_ORDER_ID], wanted=self.order_ids)
        return is_erased


def sever_columns(
    columns: Mapping[str, pa.StringArray], *, entity: Entity, is_erased: Flags
) -> dict[str, pa.StringArray]:
    """Blank customer, free text and address of the marked rows; everything else stays."""
    return {
        name: (
            blank_rows(values, is_erased)
            if name in entity.columns and entity.columns[name].is_personal
            else values
        )
        for name, values in columns.items()
    }


def _find(values: pa.StringArray, *, wanted: frozenset[str]) -> Flags:
    if not wanted:
        return np.zeros(len(values), dtype=bool)
    found = pc.is_in(values, value_set=pa.array(sorted(wanted), pa.string()))
    return np.asarray(found.to_numpy(zero_copy_only=False), dtype=bool)
