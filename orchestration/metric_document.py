"""docs/METRICS.md from the catalogue: ``python -m orchestration.metric_document``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final

from orchestration.metric_catalogue import Metric, parse_terms, read_seed_metrics

DOCUMENT: Final = Path(__file__).parents[1] / "docs" / "METRICS.md"
HEAD: Final = """\
# Metrics

Written by `make metrics` from `dbt_project/seeds/metric_catalogue.csv`: change that file. A row \
that names a mart and its columns is computed; one that names none is not measurable yet.

*Cohort*: by the day on which the goods arrived. *Event*: by the day of the event itself. \
*As of*: what stands on one day. A developed metric covers what is still to come.

Shares of counts carry Wilson's 95 % interval. That of a developed share rests on the developed \
part of the denominator alone. It is not the interval of `rpt_worklist`, which leaves orders of \
several sizes of a style out and shrinks each group to its category. A sum over rows of which one \
is not known is not known. An answer of a developed metric says `is_policy_change_affected` where \
its mart does.

A metric whose value is a median of days waited is answered for each of its stages and carries \
`p90` beside the value: the 90th percentile. Numerator and denominator are what was over and all \
that began; both quantiles are those of Kaplan and Meier, from the summed counts of the slice, and \
null where too little of it is over. A stage that the files do not say has no value and names what \
is `missing`.

An answer in money says its `tax`: `included` or `excluded`, as the shop's setting says. \
`--tax` turns the amounts of order lines and refunds by the rate of each line, to the yen, the \
half rounded up; a refund takes the rate of the line that came back, else that of an order with \
one rate. Where a rate is not known the value is null. What carries no rate stays as the files say \
it: goods at cost, list prices, freight, fees of refunds, advertising, bonus credit, wages and \
targets. So do closings, the roll-forward and the bank reconciliation: they are books.
"""


def render_document(metrics: Iterable[Metric]) -> str:
    """Render the catalogue as Markdown.

    Parameters
    ----------
    metrics : iterable of Metric

    Returns
    -------
    str
    """
    return "\n".join([HEAD, *(_render_metric(metric) for metric in metrics)])


def _render_metric(metric: Metric) -> str:
    developed = ", developed" if metric.is_developed else ""
    rests_on = ", ".join(f"`{name}`" for name in metric.entities)
    lines = [
        f"## {metric.label_en} · {metric.label_ja}",
        "",
        f"`{metric.name}` · {metric.basis}{developed} · {metric.unit} · {metric.owner}",
        "",
        metric.definition_en,
        "",
        metric.definition_ja,
        "",
        f"{_render_arithmetic(metric)} Needs {rests_on}.{_render_tax(metric)}",
        "",
    ]
    return "\n".join(lines)


def _render_tax(metric: Metric) -> str:
    if not metric.is_money:
        return ""
    if metric.taxed_entities:
        turned = " and ".join(f"`{name}`" for name in metric.taxed_entities)
        return f" `--tax` turns the amounts of {turned}."
    return " `--tax` leaves it as the files say."


def _render_arithmetic(metric: Metric) -> str:
    if metric.mart is None:
        return "Not computed yet."
    below = f" ÷ {_render_terms(metric.denominator)}" if metric.denominator else ""
    whole = f" over every {metric.whole}" if metric.whole else ""
    kept = " and ".join(
        f"`{column}` = {' or '.join(f'`{one}`' for one in value.split('|'))}"
        for column, value in metric.filters.items()
    )
    where = f", where {kept}" if kept else ""
    above = _render_terms(metric.numerator)
    value = f" The value is `{metric.expected}`{below}." if metric.expected else ""
    if metric.waited is not None:
        counts = f"{above} and {_render_terms(metric.denominator)} of `{metric.mart}`"
        return f"The median and, as `p90`, the 90th percentile of `{metric.waited}` over {counts}."
    if metric.denominator_mart is None:
        return f"{above}{below}{whole} of `{metric.mart}`{where}.{value}"
    return f"{above} of `{metric.mart}`{below} of `{metric.denominator_mart}`{where}.{value}"


def _render_terms(text: str | None) -> str:
    terms = "".join(f" {sign} `{name}`" for name, sign in parse_terms(text)).removeprefix(" + ")
    return f"({terms})" if " " in terms else terms


def main() -> None:
    """Write the document."""
    DOCUMENT.write_text(render_document(read_seed_metrics().values()), encoding="utf-8")


if __name__ == "__main__":
    main()
