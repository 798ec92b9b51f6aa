"""How long something waits: quantiles from counts by days waited, open cases censored. Pure.

Quantiles do not add up. What adds up are counts of what was settled and of what still waits after
so many days; the quantiles of any slice come from the sums of its counts, here alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from orchestration.metric_catalogue import Metric
from orchestration.metric_figures import FIELDS, build_figure

MEDIAN: Final = 0.5
NINETIETH: Final = 0.9
P90: Final = "p90"
NOISE: Final = 1e-12  # of products of shares


@dataclass(frozen=True)
class Waited:
    """What waited so many days.

    Attributes
    ----------
    days : int
        At least 0.
    settled, total : float
        What was over after so many days, and with it what still waits after as many.
    """

    days: int
    settled: float
    total: float


def compute_waiting_quantile(waits: Iterable[Waited], *, share: float) -> int | None:
    """Compute the days after which a share is over, by Kaplan and Meier (JASA 1958).

    What still waits after d days counts as waiting on day d, and is not known after it.

    Parameters
    ----------
    waits : iterable of Waited
        In any order; the same days may come several times.
    share : float
        In (0, 1].

    Returns
    -------
    int or None
        Days; None where the share is not over within the days watched.

    Examples
    --------
    >>> done = [Waited(1, 1, 1), Waited(2, 1, 1), Waited(5, 2, 2)]
    >>> compute_waiting_quantile(done, share=0.5), compute_waiting_quantile(done, share=0.9)
    (2, 5)

    Two of four wait on, one of them since yesterday:

    >>> compute_waiting_quantile([Waited(1, 1, 2), Waited(3, 1, 1), Waited(9, 0, 1)], share=0.5)
    3
    >>> compute_waiting_quantile([Waited(1, 1, 2), Waited(9, 0, 1)], share=0.5) is None
    True
    """
    ordered = sorted(waits, key=lambda waited: waited.days)
    watched = sum(waited.total for waited in ordered)
    waiting = 1.0
    for days, some in _group_by_days(ordered):
        settled = sum(waited.settled for waited in some)
        if settled:
            waiting *= 1 - settled / watched
            if waiting <= 1 - share + NOISE:
                return days
        watched -= sum(waited.total for waited in some)
    return None


def _group_by_days(ordered: Sequence[Waited]) -> list[tuple[int, list[Waited]]]:
    groups: dict[int, list[Waited]] = {}
    for waited in ordered:
        groups.setdefault(waited.days, []).append(waited)
    return list(groups.items())


def build_waiting_figures(
    metric: Metric, *, by: Sequence[str], rows: Iterable[Sequence[Any]], as_of: str
) -> list[dict[str, Any]]:
    """Build the rows of an answer from sums by days waited.

    Parameters
    ----------
    metric : Metric
    by : sequence of str
        Dimensions of the answer.
    rows : iterable of sequence
        The dimensions, the days waited (None where they are not known), then sums in the order of
        ``metric_question.SUMS``; in the order of the answer.
    as_of : str
        YYYY-MM-DD.

    Returns
    -------
    list of dict
        As ``build_figure`` has them, with the median as value, and ``p90`` beside it.
    """
    sums: dict[tuple[Any, ...], list[Waited]] = {}
    for row in rows:
        place, days, (settled, _, total) = (
            tuple(row[: len(by)]),
            row[len(by)],
            row[len(by) + 1 :][:3],
        )
        waits = sums.setdefault(place, [])
        if days is not None:
            waits.append(Waited(days=int(days), settled=float(settled), total=float(total)))
    figures = []
    for place, waits in sums.items():
        counts = (sum(w.settled for w in waits), sum(w.total for w in waits))
        figure = build_figure(
            metric,
            dimensions=dict(zip(by, place, strict=True)),
            sums=(int(counts[0]), None, int(counts[1]), None, None),
            as_of=as_of,
        )
        figures.append(_lay_quantiles(figure, waits))
    return figures


def _lay_quantiles(figure: Mapping[str, Any], waits: Sequence[Waited]) -> dict[str, Any]:
    """Put the median where the quotient stood, and the 90th percentile after it."""
    found: dict[str, Any] = {}
    for name, value in figure.items():
        found[name] = value
        if name == "value":
            found["value"] = compute_waiting_quantile(waits, share=MEDIAN)
            found[P90] = compute_waiting_quantile(waits, share=NINETIETH)
    return found


def lay_missing(figure: Mapping[str, Any]) -> dict[str, Any]:
    """Give a figure that is not measurable the fields of those that are."""
    place = list(figure).index(FIELDS[FIELDS.index("value")])
    items = list(figure.items())
    return dict([*items[: place + 1], (P90, None), *items[place + 1 :]])
