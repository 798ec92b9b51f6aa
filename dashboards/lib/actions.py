"""Did the fix work: what was read for the page, in which order it is listed, and what is opened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from dashboards.lib import address, filters, serving
from dashboards.lib.records import list_records

ENTITY: Final = "product_actions"
MARTS: Final = ("rpt_product_actions", "rpt_product_action_weeks", "rpt_product_action_evidence")
WORKED, TOO_EARLY, NOT_MEASURABLE = "worked", "too_early", "not_measurable"
VERDICTS: Final = (WORKED, "no_evidence", TOO_EARLY, NOT_MEASURABLE)
ALL: Final = "all"
SMALL_SAMPLE: Final = 30


@dataclass(frozen=True)
class View:
    """What the reader asked for and what came.

    Attributes
    ----------
    verdict : str
        Which verdict is asked for, or ``all``.
    kept : DataFrame
        Actions that the other filters leave.
    rows : DataFrame
        Those of the verdict, in the order of the list.
    shop_row_count : int
        Actions of the shop.
    """

    verdict: str
    kept: pd.DataFrame
    rows: pd.DataFrame
    shop_row_count: int

    @property
    def counts(self) -> Mapping[str, int]:
        """Count the actions of each verdict, under the other filters."""
        return count_verdicts(self.kept)


def read_rows() -> pd.DataFrame:
    """Read every action with its verdict."""
    return serving.read_mart("rpt_product_actions")


def read_view() -> View:
    """Read the list for the filters in the URL."""
    rows = read_rows()
    kept = filters.read_filters().keep(rows)
    verdict = filters.read_outcome()
    shown = kept if verdict == ALL else kept[kept["verdict_code"] == verdict]
    return View(verdict, kept, sort_rows(shown), len(rows))


def count_verdicts(rows: pd.DataFrame) -> dict[str, int]:
    """Count the actions of each verdict, and all."""
    counts = rows["verdict_code"].value_counts()
    return {ALL: len(rows), **{str(name): int(count) for name, count in counts.items()}}


def sort_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Put what worked first by its effect, then what is known best, then what is due next."""
    rank = rows["verdict_code"].map({name: place for place, name in enumerate(VERDICTS)})
    days = pd.to_datetime(rows["known_date"])
    order = rows["difference_rate"].where(rows["verdict_code"] == WORKED, rows["detectable_rate"])
    due = (days - pd.Timestamp(0)).dt.days
    order = order.where(rows["verdict_code"] != TOO_EARLY, due)
    keyed = rows.assign(_rank=rank, _order=order.astype(float))
    ordered = keyed.sort_values(["_rank", "_order", "action_id"], na_position="last")
    return ordered.drop(columns=["_rank", "_order"])


def read_weeks(actions: list[str]) -> dict[str, pd.DataFrame]:
    """Read the weeks of some actions, in their order."""
    if not actions:
        return {}
    rows = serving.read_mart("rpt_product_action_weeks", where={"action_id": tuple(actions)})
    ordered = rows.sort_values(["action_id", "week_number"])
    return {str(action): weeks for action, weeks in ordered.groupby("action_id", sort=False)}


def list_openable(rows: pd.DataFrame) -> list[dict[str, Any]]:
    """List the actions that have weeks to look at."""
    return list_records(rows[rows["before_rate"].notna()])


def find_opened(openable: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Find the action that is opened: the one in the URL, else the first of the list."""
    asked = address.read_choice(filters.ACTION, default="")
    found = (row for row in openable if row["action_id"] == asked)
    return next(found, openable[0] if openable else None)


def find_early(openable: list[dict[str, Any]], *, opened: str) -> dict[str, Any] | None:
    """Find an action that is too early, beside the opened one: what is known next."""
    early = [
        row for row in openable if row["verdict_code"] == TOO_EARLY and row["action_id"] != opened
    ]
    return next((row for row in early if row["after_count"] > 0), early[0] if early else None)


def is_landed() -> bool:
    """Say whether a file of actions has arrived."""
    entities = serving.read_mart("rpt_entities", columns=["entity_name", "is_landed"])
    return bool(entities.loc[entities["entity_name"] == ENTITY, "is_landed"].any())
