"""The tables of "Is our back yard earning?": conditions, leak, costs and rails."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from dashboards.lib import words_yard as words
from dashboards.lib.currency import MoneyUnit
from dashboards.lib.drawings import Span
from dashboards.lib.frame import Frame
from dashboards.lib.markup import code
from dashboards.lib.money_charts import write_amount
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Row, Table, Tag
from dashboards.lib.yard import Yard
from dashboards.lib.yard_drawings import Lamp, draw_bullet

TENTH: Final = 10
NEARLY_ALL: Final = 0.999
NEARLY_ALL_FROM: Final = 0.9995


def build_conditions(frame: Frame, found: Yard, *, unit: MoneyUnit) -> Table:
    """Build the table of the five lamps."""
    say = frame.say
    return Table(
        name=say(words.TABLE),
        columns=(
            Column(say(words.CONDITION), is_roomy=True),
            Column(say(words.STATE)),
            Column(say(words.BULLET), say(words.AXIS), is_wide_only=True),
            Column(say(words.VALUE), say(words.INTERVAL), align="right"),
            Column(say(words.THRESHOLD), align="right", is_wide_only=True),
            Column(say(words.SAMPLE), align="right", is_wide_only=True),
            Column(say(words.LEAKS), say(words.A_MONTH, unit=unit.label), align="right"),
        ),
        rows=tuple(_build_condition(frame, found, one, unit=unit) for one in found.conditions),
    )


def _build_condition(frame: Frame, found: Yard, one: dict[str, Any], *, unit: MoneyUnit) -> Row:
    state, say = str(one["state_code"]), frame.say
    is_open, is_failed = state == "not_measurable", state == "fail"
    has_value = not is_missing(one["value_share"])
    value = _write_share(frame, one["value_share"])
    ends = [_write_share(frame, one[name]).rstrip("%") for name in ("low", "high")]
    interval = ("〜" if frame.language.code == "ja" else "–").join(ends) if has_value else ""
    threshold = _write_share(frame, one["threshold_share"])
    told = {"value": value, "interval": interval, "threshold": threshold}
    rates = (one["value_share"], one["low"], one["high"])
    bullet = draw_bullet(
        rates,
        bands=(one["partial_threshold_share"], one["threshold_share"]),
        is_red=is_failed,
        label=say(words.BULLET_WORDS, **told),
    )
    leak = frame.language.missing
    if not is_missing(one["month_amount"]):
        leak = write_amount(frame, one["month_amount"], unit=unit)
    name = say(words.STATES[state])
    return Row(
        (
            Cell(
                text=say(words.NAMES[one["condition_code"]]),
                sub=_write_about(frame, found, one),
                drawing=Lamp(state, say(words.LAMP, state=name)),
                is_strong=True,
            ),
            Cell(text=name, is_strong=not is_failed, is_red=is_failed),
            Cell(drawing=bullet) if bullet else Cell(tags=(Tag(say(words.MISSING)),)),
            Cell(text=value, sub=interval, is_strong=has_value),
            Cell(text=threshold),
            Cell(
                text=frame.language.count(one["n_count"]) if has_value else frame.language.missing
            ),
            Cell(text=leak),
        ),
        is_muted=is_open,
    )


def _write_about(frame: Frame, found: Yard, one: dict[str, Any]) -> str:
    """Say what stands beside the value, or which file is missing."""
    missing = one["missing_name"]
    if isinstance(missing, str):
        return frame.fill(words.LACKS, file=code(missing))
    figures, count = found.figures, frame.language.count

    def rest(name: str) -> str:
        return count(figures[name]["n_count"] - figures[name]["counted_count"])

    condition = str(one["condition_code"])
    told: dict[str, object] = {}
    if condition == "addresses":
        told["looked_at"] = count(figures["looked_at"]["counted_count"])
        told["brought_back"] = _write_share(
            frame, figures["brought_back"]["figure_value"], digits=2
        )
        told["closed"] = _write_share(frame, figures["closed_without_staff"]["figure_value"])
    elif condition == "web_only":
        told["rest"] = rest("on_the_web")
    elif condition == "exchange_first":
        told["rest"] = rest("offered")
    elif condition == "in_24_hours":
        told["hours"] = _write_hours(frame, figures["hours_until_90"]["figure_value"])
    elif not figures["acted_on"]["n_count"]:
        closed = count(figures["closed_actions"]["counted_count"])
        return frame.say(words.NO_FINDINGS, closed=closed)
    else:
        told["findings"] = count(figures["acted_on"]["n_count"])
        told["acted"] = count(figures["acted_on"]["counted_count"])
    return frame.say(words.ABOUT[condition], **told)


def _write_hours(frame: Frame, hours: float) -> str:
    if is_missing(hours):
        return frame.say(words.NEVER)
    return frame.say(words.HOURS, n=frame.language.count(hours))


def _write_share(frame: Frame, share: float, *, digits: int = 1) -> str:
    """Write a share; what is not all is never written as all."""
    if is_missing(share):
        return frame.language.missing
    shown = NEARLY_ALL if digits == 1 and NEARLY_ALL_FROM <= share < 1 else share
    return f"{100 * shown:.{digits}f}%"


def build_leak(frame: Frame, parts: pd.DataFrame, *, unit: MoneyUnit) -> Table:
    """Build the horizontal waterfall: what leaks part by part, and the total."""
    say = frame.say
    known = parts[parts["month_amount"] > 0].sort_values("month_amount", ascending=False)
    total = float(known["month_amount"].sum())
    rows, start = [], 0.0
    for part in list_records(known):
        width = 100 * part["month_amount"] / total
        rows.append(
            Row(
                (
                    Cell(text=say(words.PARTS[part["part_code"]])),
                    Cell(drawing=Span(start, width, is_total=False, is_accent=True)),
                    Cell(text=write_amount(frame, part["month_amount"], unit=unit)),
                )
            )
        )
        start += width
    whole = (
        Cell(text=say(words.TOTAL)),
        Cell(drawing=Span(0.0, 100.0, is_total=True)),
        Cell(text=write_amount(frame, total, unit=unit)),
    )
    return Table(
        name=say(words.LEAK_TABLE),
        columns=(
            Column(say(words.PART)),
            Column(say(words.WATERFALL), is_label_hidden=True),
            Column(unit.label, align="right"),
        ),
        rows=(*rows, Row(whole, is_total=True)),
    )


def build_costs(frame: Frame, costs: Sequence[dict[str, Any]], own: Mapping[str, float]) -> Table:
    """Build the table of the costs, each with its value and where it comes from."""
    say = frame.say
    rows = []
    for cost in costs:
        name = str(cost["parameter_name"])
        source = str(cost["source_code"])
        source = str(cost["confidence_code"]) if source == "default" else source
        source = "tried" if name in own else source
        value = own.get(name, cost["parameter_value"])
        rows.append(
            Row(
                (
                    Cell(text=say(words.COST_NAMES[name])),
                    Cell(text=write_cost(frame, name, value), is_strong=name in own),
                    Cell(text=say(words.SOURCES[source])),
                ),
                is_muted=is_missing(value),
            )
        )
    return Table(
        name=say(words.COSTS_TABLE),
        columns=(
            Column(say(words.ASSUMPTION)),
            Column(say(words.VALUE), align="right"),
            Column(say(words.SOURCE)),
        ),
        rows=tuple(rows),
    )


def find_cost_unit(name: str) -> str:
    """Find how a cost is counted.

    Examples
    --------
    >>> find_cost_unit("decision_minutes"), find_cost_unit("hourly_wage")
    ('minutes', 'money')
    """
    if name.endswith("_minutes"):
        return "minutes"
    return {"bring_back_freights": "times", "price_decay": "daily"}.get(name, "money")


def write_cost(frame: Frame, name: str, value: float) -> str:
    """Write a cost in its unit."""
    if is_missing(value):
        return frame.language.missing
    kind = find_cost_unit(name)
    if kind == "money":
        return frame.money(value)
    figure = 100 * value if kind == "daily" else value
    return frame.say(words.UNITS[kind], n=f"{figure:g}")


def build_rails(frame: Frame, found: Yard) -> Table:
    """Build the table of the rails: how many, what they cost, how long, how many fail."""
    say = frame.say
    rails = found.rails.sort_values(["refund_count", "method_code"], ascending=[False, True])
    money = ("fee_amount", "entry_labour_amount", "second_check_amount")
    largest = max(float(rails[name].max()) for name in money if rails[name].notna().any())
    small = frame.language.money_unit(largest / TENTH, frame.shop.currency)
    large = frame.language.money_unit(float(rails["refund_amount"].max()), frame.shop.currency)
    return Table(
        name=say(words.RAILS_TABLE),
        columns=(
            Column(say(words.RAIL)),
            Column(say(words.REFUNDS), say(words.CASES), align="right"),
            Column(say(words.AMOUNT), large.label, align="right", is_wide_only=True),
            Column(say(words.FEE), small.label, align="right"),
            Column(say(words.ENTRY), small.label, align="right", is_wide_only=True),
            Column(say(words.CHECK), small.label, align="right", is_wide_only=True),
            Column(say(words.DAYS), say(words.DAYS_SUB), align="right"),
            Column(say(words.FAILED), say(words.CASES), align="right", is_wide_only=True),
        ),
        rows=tuple(
            _build_rail(frame, row, large=large, small=small) for row in list_records(rails)
        ),
    )


def _build_rail(frame: Frame, row: dict[str, Any], *, large: MoneyUnit, small: MoneyUnit) -> Row:
    count, missing, method = frame.language.count, frame.language.missing, str(row["method_code"])

    def amount(name: str, unit: MoneyUnit) -> str:
        return missing if is_missing(row[name]) else write_amount(frame, row[name], unit=unit)

    days = missing
    if row["timed_count"]:
        days = f"{count(row['median_days'])} · {count(row['p90_days'])}"
    name = frame.say(words.RAIL_NAMES[method]) if method in words.RAIL_NAMES else method
    return Row(
        (
            Cell(text=name, is_code=method not in words.RAIL_NAMES),
            Cell(text=count(row["refund_count"])),
            Cell(text=amount("refund_amount", large)),
            Cell(text=amount("fee_amount", small)),
            Cell(text=amount("entry_labour_amount", small)),
            Cell(text=amount("second_check_amount", small)),
            Cell(text=days),
            Cell(text=count(row["failed_count"]), is_strong=bool(row["failed_count"])),
        )
    )


def list_unmeasured(found: Yard) -> list[dict[str, Any]]:
    """List the parts of the leak that are not known, in their order."""
    return list_records(found.parts[found.parts["missing_name"].notna()])


def find_unit(frame: Frame, found: Yard) -> MoneyUnit:
    """Find the unit in which the leak of this page is written: its parts are a tenth of it."""
    return frame.language.money_unit(found.total / TENTH, frame.shop.currency)
