"""Was it decided without us: what was read for the page, and its sums by effect, month and rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

import pandas as pd

from dashboards.lib import measures, serving
from dashboards.lib.measures_money import Share, compute_share
from dashboards.lib.records import list_records

ENTITY: Final = "return_requests"
MARTS: Final = ("rpt_return_decisions", "rpt_policy_rules", "rpt_metric_gaps")
EFFECTS: Final = ("approve", "deny", "review")
MONTHS: Final = 12
RULE: Final = ("policy_id", "policy_version", "rule_id", "effect_code", "cause_code")
SUMMED: Final = (
    "request_line_count",
    "requested_net_amount",
    "system_line_count",
    "staff_line_count",
    "unattributed_line_count",
    "otherwise_decided_line_count",
    "exception_line_count",
    "exception_net_amount",
    "staff_timed_line_count",
    "staff_review_minutes",
)
NEEDED: Final = ("decision", "decision_rule_id", "decided_by")


@dataclass(frozen=True)
class Tally:
    """Sums over some requests.

    Attributes
    ----------
    n, exceptions, staff, timed, otherwise : int
        Return lines asked for; decided by staff against the table, by staff, by staff in minutes
        that are known, and against the table by whomever.
    unattributed : int
        Decided by nobody that the files name.
    net, exception_net : int
        Of the requests, and of the exceptions.
    minutes : float
        Of staff, over those of which they are known.
    automated : Share
        Decided by the system of all that are not unattributed.
    """

    n: int
    exceptions: int
    staff: int
    timed: int
    otherwise: int
    unattributed: int
    net: int
    exception_net: int
    minutes: float
    automated: Share

    @property
    def minutes_each(self) -> float | None:
        """Return the minutes per request that a person decided; None where nobody says."""
        return self.minutes / self.timed if self.timed else None

    @property
    def excepted(self) -> Share:
        """Return the share of exceptions."""
        return compute_share(self.exceptions, self.n)

    @property
    def is_small(self) -> bool:
        """Say whether it is too early to judge the share."""
        return self.automated.n < measures.SMALL_N


@dataclass(frozen=True)
class View:
    """What the page shows.

    Attributes
    ----------
    first, last : date
        First and last day of the whole months that are shown.
    rows : DataFrame
        Of the mart, in these months.
    rules : DataFrame
        Every rule with its messages, in the order that decides.
    undated : int
        Requests whose day is not known.
    missing : sequence of str
        Columns without which nobody can say who decided; empty where it is known.
    is_landed : bool
        A file of requests has arrived.
    """

    first: date
    last: date
    rows: pd.DataFrame
    rules: pd.DataFrame
    undated: int
    missing: Sequence[str]
    is_landed: bool

    @property
    def whole(self) -> Tally:
        """Sum all requests of the months."""
        return tally(self.rows)

    @property
    def month_count(self) -> int:
        """Count the whole months."""
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1


def read_view(as_of: date) -> View:
    """Read the requests of the last whole months: a year, or since the first request."""
    columns = [*RULE, "month_date", *SUMMED]
    rows = serving.read_mart("rpt_return_decisions", columns=columns)
    end = (as_of + timedelta(days=1)).replace(day=1)
    months = pd.to_datetime(rows["month_date"])
    start = pd.Timestamp(end) - pd.DateOffset(months=MONTHS)
    kept = rows.assign(month=months)[(months >= start) & (months < pd.Timestamp(end))]
    begin = kept["month"].min() if len(kept) else start
    gaps = serving.read_mart("rpt_metric_gaps", where={"metric_name": "policy_automation"})
    entities = serving.read_mart("rpt_entities", columns=["entity_name", "is_landed"])
    return View(
        first=begin.date(),
        last=end - timedelta(days=1),
        rows=kept,
        rules=serving.read_mart("rpt_policy_rules"),
        undated=int(rows.loc[months.isna(), "request_line_count"].sum()),
        missing=sorted(set(gaps["missing_name"])),
        is_landed=bool(entities.loc[entities["entity_name"] == ENTITY, "is_landed"].any()),
    )


def tally(rows: pd.DataFrame) -> Tally:
    """Sum rows of the mart."""
    sums = rows[list(SUMMED)].sum()
    requests, unattributed = int(sums["request_line_count"]), int(sums["unattributed_line_count"])
    return Tally(
        n=requests,
        exceptions=int(sums["exception_line_count"]),
        staff=int(sums["staff_line_count"]),
        timed=int(sums["staff_timed_line_count"]),
        otherwise=int(sums["otherwise_decided_line_count"]),
        unattributed=unattributed,
        net=int(sums["requested_net_amount"]),
        exception_net=int(sums["exception_net_amount"]),
        minutes=float(sums["staff_review_minutes"]),
        automated=compute_share(float(sums["system_line_count"]), requests - unattributed),
    )


def list_effects(view: View) -> list[tuple[str, Tally]]:
    """Sum by what the table decides; an effect that none has is a true zero."""
    return [(effect, tally(view.rows[view.rows["effect_code"] == effect])) for effect in EFFECTS]


def list_rules(view: View) -> list[tuple[dict[str, Any], Tally]]:
    """Sum by rule, or by why none decides; what decided most first."""
    groups = view.rows.groupby(list(RULE), sort=True, dropna=False)
    found = [(list_records(rows.head(1))[0], tally(rows)) for _, rows in groups]
    return sorted(found, key=lambda pair: -pair[1].n)


def list_idle_rules(view: View) -> list[str]:
    """List the rules of the versions in use that decided nothing, in the order that decides."""
    versions = view.rows[["policy_id", "policy_version"]].dropna().drop_duplicates()
    used = view.rows[["policy_id", "policy_version", "rule_id"]].drop_duplicates()
    known = view.rules.merge(versions).merge(used, how="left", indicator=True)
    return known.loc[known["_merge"] == "left_only", "rule_id"].astype(str).tolist()


def lay_months(view: View) -> pd.DataFrame:
    """Lay the share decided without anybody out by month; a month without requests is a gap.

    Returns
    -------
    DataFrame
        ``month_date``, ``rate``, ``low_rate``, ``high_rate``, ``request_count``, ``is_small``.
    """
    months = pd.date_range(view.first, view.last, freq="MS")
    sums = [(month, tally(view.rows[view.rows["month"] == month])) for month in months]
    return pd.DataFrame(
        {
            "month_date": [month for month, _ in sums],
            "rate": [one.automated.rate for _, one in sums],
            "low_rate": [one.automated.low for _, one in sums],
            "high_rate": [one.automated.high for _, one in sums],
            "request_count": [one.automated.n for _, one in sums],
            "is_small": [one.is_small for _, one in sums],
        }
    )
