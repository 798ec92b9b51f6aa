"""Targets of the month beside what is reached so far: one row per target of the shop."""

from __future__ import annotations

from dataclasses import dataclass

from dashboards.lib import markup, serving
from dashboards.lib import words_targets as words
from dashboards.lib.counting import EXACT_FROM
from dashboards.lib.english import MINUS
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.tables import Cell, Column, Row, Table

SHARE, YEN = "share", "yen"


@dataclass(frozen=True)
class Target:
    """A target of the month.

    Attributes
    ----------
    label : str
        Of the metric; its name where the catalogue has none.
    unit_code : str
        Of the catalogue; empty for a metric that it does not have.
    target : float
    reached : float or None
        None where ``state_code`` says why.
    state_code, missing_name, owner_name : str
        Of the mart; empty where there is none.
    """

    label: str
    unit_code: str
    target: float
    reached: float | None
    state_code: str
    missing_name: str
    owner_name: str


def read_targets(frame: Frame) -> list[Target]:
    """Read the targets of the month, with the words of the catalogue."""
    rows = list_records(serving.read_mart("rpt_targets", where={"is_current_month": True}))
    names = [str(row["metric_name"]) for row in rows]
    label = f"label_{frame.language.code}_text"
    catalogue = serving.read_mart(
        "rpt_metrics", where={"metric_name": names}, columns=["metric_name", "unit_code", label]
    )
    known = {row["metric_name"]: row for row in list_records(catalogue)}
    return [
        Target(
            label=str(said[label]) if said else str(row["metric_name"]),
            unit_code=str(said["unit_code"]) if said else "",
            target=float(row["target_value"]),
            reached=None if is_missing(row["measured_value"]) else float(row["measured_value"]),
            state_code=str(row["measure_state_code"]),
            missing_name=_read_text(row["missing_name"]),
            owner_name=_read_text(row["owner_name"]),
        )
        for row in rows
        for said in (known.get(row["metric_name"]),)
    ]


def _read_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def show_targets(frame: Frame) -> None:
    """Show the targets of the month; nothing where the shop has none."""
    targets = read_targets(frame)
    if not targets:
        return
    as_of = frame.shop.as_of
    show_section(
        frame.say(words.TARGETS),
        caption=frame.say(
            words.CAPTION,
            month=frame.language.month(as_of.replace(day=1), today=frame.today),
            day=frame.language.day(as_of, today=frame.today),
        ),
    )
    columns = (
        Column(frame.say(words.METRIC), is_roomy=True),
        Column(frame.say(words.TARGET), align="right"),
        Column(frame.say(words.REACHED), align="right"),
        Column(frame.say(words.DISTANCE), align="right"),
        Column(frame.say(words.OWNER), is_wide_only=True),
    )
    table = Table(
        name=frame.say(words.TARGETS),
        columns=columns,
        rows=tuple(_build_row(frame, one) for one in targets),
    )
    markup.show_table(table)


def _build_row(frame: Frame, one: Target) -> Row:
    target = _write(frame, one.target, unit=one.unit_code)
    if one.reached is None:
        why = frame.say(words.STATES[one.state_code])
        file = Cell(one.missing_name, before=why, is_code=True)
        cells = (Cell(frame.language.missing), file if one.missing_name else Cell(why))
    else:
        reached = _write(frame, one.reached, unit=one.unit_code)
        cells = (Cell(reached), Cell(_write_distance(frame, one.reached - one.target, one)))
    return Row(
        (Cell(one.label, is_code=not one.unit_code), Cell(target), *cells, Cell(one.owner_name))
    )


def _write(frame: Frame, value: float, *, unit: str) -> str:
    if unit == SHARE:
        return frame.language.rate(value, n=EXACT_FROM)
    if unit == YEN:
        return frame.money(value)
    return f"{value:,.2f}".replace("-", MINUS)


def _write_distance(frame: Frame, difference: float, one: Target) -> str:
    if one.unit_code == SHARE:
        return frame.language.difference(round(difference * 100, 1))
    sign = "+" if difference > 0 else ""
    return sign + _write(frame, difference, unit=one.unit_code)
