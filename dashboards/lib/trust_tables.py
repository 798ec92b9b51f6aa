"""Tables of "Can we trust these numbers?": what arrived, what was held back, what agrees."""

from __future__ import annotations

import re
from typing import Any, Final

import pandas as pd

from dashboards.lib import words_trust as words
from dashboards.lib.drawings import draw_days, draw_spans
from dashboards.lib.frame import Frame
from dashboards.lib.records import list_records
from dashboards.lib.shop import to_day, to_local
from dashboards.lib.tables import Cell, Column, Row, Table, Tag
from dashboards.lib.trust import DAYS, TOTALS, Arrivals, Trust, list_days_ago
from dashboards.lib.words_codes import ENTITIES, name_entity

# How landing's messages begin: the line and the column, in either language.
PLACE: Final = re.compile(
    r"^(?:\d+行目 ?)?(?:「[^」]*」の列)?：|^(?:line \d+)?(?:, )?(?:column “[^”]*”)?: "
)


def build_entities(frame: Frame, trust: Trust) -> Table:
    """Build the table of what arrived, entity by entity."""
    landed = trust.entities[trust.entities["file_count"] > 0]
    has_days = any(len(arrival.days) > 1 for arrival in trust.arrivals.values())
    places = {name: place for place, name in enumerate(ENTITIES)}
    ordered = sorted(list_records(landed), key=lambda row: places.get(row["entity_name"], 99))
    rows = [_build_entity(frame, trust, row=row, has_days=has_days) for row in ordered]
    columns = [Column(frame.say(words.ENTITY)), Column(frame.say(words.LAST_ARRIVED))]
    if has_days:
        columns.append(Column(frame.say(words.DAYS), is_wide_only=True))
    columns += [
        Column(frame.say(words.LAST_EVENT), is_wide_only=True),
        Column(frame.say(words.ROWS_IN), align="right"),
        Column(frame.say(words.ROWS_LOADED), align="right", is_wide_only=True),
        Column(frame.say(words.ROWS_HELD), align="right"),
        Column(frame.say(words.STATE), is_wide_only=True),
    ]
    return Table(
        name=frame.say(words.ARRIVED),
        columns=tuple(columns),
        rows=(*rows, _build_entity_total(frame, landed, has_days=has_days)),
    )


def build_files(frame: Frame, files: pd.DataFrame) -> Table:
    """Build the table of single files."""
    count = frame.language.count
    rows = tuple(
        Row(
            (
                Cell(row["file_name"], sub=_find_message(frame, row)),
                Cell(_name_source(frame, row)),
                Cell(_write_moment(frame, row["landed_at"])),
                Cell(count(row["rows_in_count"])),
                Cell(count(row["rows_loaded_count"])),
                Cell(
                    count(row["rows_quarantined_count"]),
                    is_strong=row["rows_quarantined_count"] > 0,
                ),
                _build_file_state(frame, row),
            )
        )
        for row in list_records(files)
    )
    return Table(
        name=frame.say(words.FILES),
        columns=(
            Column(frame.say(words.FILE)),
            Column(frame.say(words.SOURCE), is_wide_only=True),
            Column(frame.say(words.LANDED), is_wide_only=True),
            Column(frame.say(words.ROWS_IN), align="right"),
            Column(frame.say(words.ROWS_LOADED), align="right", is_wide_only=True),
            Column(frame.say(words.ROWS_HELD), align="right", is_wide_only=True),
            Column(frame.say(words.STATE)),
        ),
        rows=rows,
    )


def build_problems(frame: Frame, kinds: pd.DataFrame) -> Table:
    """Build the table of what was held back, with the way out."""
    rows = tuple(
        Row(
            (
                Cell(frame.language.count(row["row_count"]), is_strong=True),
                Cell(row["file_name"], sub=_write_place(frame, row)),
                Cell(_text(row["value_text"]), is_code=True),
                Cell(strip_place(_text(row["message"]))),
                Cell(_text(row["way_out"])),
            )
        )
        for row in list_records(kinds)
    )
    return Table(
        name=frame.say(words.HELD_WAY_OUT),
        columns=(
            Column(frame.say(words.HELD_ROWS), align="right"),
            Column(frame.say(words.HELD_WHERE), is_roomy=True),
            Column(frame.say(words.HELD_VALUE), is_wide_only=True),
            Column(frame.say(words.HELD_WHY), is_wide_only=True),
            Column(frame.say(words.HELD_WAY_OUT)),
        ),
        rows=rows,
    )


def build_bridge(frame: Frame, bridge: pd.DataFrame) -> Table:
    """Build the bridge from returns by delivery to returns by the day they happened."""
    spans = draw_spans(bridge, totals=TOTALS)
    unit = frame.language.money_unit(
        float(bridge["returned_net_amount"].abs().max()), frame.shop.currency
    )
    rows = []
    for row in list_records(bridge):
        if not row["returned_count"] and row["bridge_step_code"] not in TOTALS:
            continue
        code = row["bridge_step_code"]
        amount = frame.shop.currency.to_major(row["returned_net_amount"]) / unit.size
        step = words.BRIDGE_STEPS.get(code)
        rows.append(
            Row(
                (
                    Cell(step.pick(frame.language) if step else code),
                    Cell(drawing=spans[code]),
                    Cell(frame.language.count(row["returned_count"])),
                    Cell(f"{amount:,.{unit.decimals}f}".replace("-", "−")),
                ),
                is_total=code in TOTALS,
            )
        )
    return Table(
        name=frame.say(words.BRIDGE_STEP),
        columns=(
            Column(frame.say(words.BRIDGE_STEP)),
            Column(frame.say(words.BRIDGE_BAR), is_label_hidden=True, is_wide_only=True),
            Column(frame.say(words.BRIDGE_UNITS), align="right"),
            Column(frame.say(words.BRIDGE_MONEY), unit.label, align="right"),
        ),
        rows=tuple(rows),
    )


def build_undecided(frame: Frame, undecided: pd.DataFrame) -> Table:
    """Build the table of keys with two contents."""
    rows = tuple(
        Row(
            (
                Cell(row["key_text"], sub=name_entity(row["entity_name"], language=frame.language)),
                Cell(row["kept_file_name"], sub=_write_line(frame, row["kept_line_number"])),
                Cell(row["other_file_name"], sub=_write_line(frame, row["other_line_number"])),
            )
        )
        for row in list_records(undecided)
    )
    labels = (words.UNDECIDED_KEY, words.UNDECIDED_KEPT, words.UNDECIDED_OTHER)
    return Table(
        name=frame.say(words.UNDECIDED_KEY),
        columns=tuple(Column(frame.say(label)) for label in labels),
        rows=rows,
    )


def _build_entity(frame: Frame, trust: Trust, *, row: dict[str, Any], has_days: bool) -> Row:
    count = frame.language.count
    entity = row["entity_name"]
    arrival = trust.arrivals.get(entity, Arrivals((), 0))
    held = row["rows_quarantined_count"]
    cells = [
        Cell(name_entity(entity, language=frame.language), note=entity, is_strong=True),
        Cell(_write_moment(frame, row["last_landed_at"]), is_red=arrival.late_days > 0),
    ]
    if has_days:
        cells.append(_build_days(frame, trust, arrival=arrival))
    last_event = to_day(row["last_event_date"])
    cells += [
        Cell(
            frame.language.day_in_table(last_event, today=frame.today)
            if last_event
            else frame.language.missing
        ),
        Cell(count(row["rows_in_count"])),
        Cell(count(row["rows_loaded_count"])),
        Cell(count(held), is_strong=held > 0),
        _build_entity_state(frame, held=held, is_late=arrival.late_days > 0),
    ]
    return Row(tuple(cells))


def strip_place(message: str) -> str:
    """Leave out of a message where it happened, which the table says itself.

    Examples
    --------
    >>> strip_place("165行目 「quantity」の列：数量「0」は1未満です")
    '数量「0」は1未満です'
    >>> strip_place("line 165, column “quantity”: The quantity “0” is below 1")
    'The quantity “0” is below 1'
    """
    return PLACE.sub("", message)


def _build_entity_total(frame: Frame, landed: pd.DataFrame, *, has_days: bool) -> Row:
    count = frame.language.count
    names = ("rows_in_count", "rows_loaded_count", "rows_quarantined_count")
    sums = [Cell(count(int(landed[name].sum()))) for name in names]
    blanks = (Cell(), Cell(), Cell()) if has_days else (Cell(), Cell())
    return Row((Cell(frame.say(words.TOTAL)), *blanks, *sums, Cell()), is_total=True)


def _build_days(frame: Frame, trust: Trust, *, arrival: Arrivals) -> Cell:
    arrived = list_days_ago(arrival, today=trust.today)
    label = frame.say(words.DAYS_LABEL, n=len(arrived))
    late = max(0, arrival.late_days)
    return Cell(drawing=draw_days(arrived, days=DAYS, late=late, label=label))


def _build_entity_state(frame: Frame, *, held: int, is_late: bool) -> Cell:
    if is_late:
        return Cell(tags=(Tag(frame.say(words.STATE_LATE), kind="red"),))
    return Cell(frame.say(words.STATE_HELD if held else words.STATE_FINE))


def _build_file_state(frame: Frame, row: dict[str, Any]) -> Cell:
    code = row["state_code"]
    state = words.FILE_STATES.get(code)
    text = state.pick(frame.language) if state else code
    return Cell(tags=(Tag(text, kind="red"),)) if code == "refused" else Cell(text)


def _find_message(frame: Frame, row: dict[str, Any]) -> str:
    return _text(row[f"message_{frame.language.code}_text"])


def _name_source(frame: Frame, row: dict[str, Any]) -> str:
    entity = _text(row["entity_name"])
    parts = [_text(row["source_system"]), name_entity(entity, language=frame.language)]
    return " · ".join(part for part in parts if part) or frame.language.missing


def _write_place(frame: Frame, row: dict[str, Any]) -> str:
    if pd.isna(row["first_line"]):
        return frame.say(words.HELD_WHOLE)
    parts = [_text(row["column_name"]), _write_line(frame, row["first_line"])]
    if row["row_count"] > 1:
        parts[-1] = frame.say(words.HELD_FROM, line=parts[-1])
    return " · ".join(part for part in parts if part)


def _write_line(frame: Frame, line: float) -> str:
    return frame.say(words.HELD_LINE, line=frame.language.count(line))


def _write_moment(frame: Frame, value: object) -> str:
    moment = to_local(value, time_zone=frame.shop.time_zone)
    if moment is None:
        return frame.language.missing
    day = frame.language.day_in_table(moment.date(), today=frame.today)
    return f"{day} {frame.language.clock(moment)}"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
