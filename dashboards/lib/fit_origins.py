"""Whether the styles of a factory, or of a material, fit less often than those of others."""

from __future__ import annotations

from typing import Any, Final

from dashboards.lib import markup, measures, serving
from dashboards.lib import words_origins as words
from dashboards.lib.drawings import draw_interval
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.measures_money import Share, compute_share
from dashboards.lib.records import list_records
from dashboards.lib.tables import Cell, Column, Row, Table

MART: Final = "rpt_fit_origins"
LEAST_NAMES: Final = 2  # a factory alone has nothing to be held against


def show_origins(frame: Frame) -> None:
    """Show factories and materials, where the products file names several."""
    rows = list_origins()
    if not rows:
        return
    show_section(_write_heading(frame, rows), caption=frame.say(words.CAPTION))
    markup.show_table(_build_table(frame, rows))


def list_origins() -> list[dict[str, Any]]:
    """List the origins of which there are several with a verdict, the worst of a kind first."""
    read = list_records(serving.read_mart(MART))
    judged = [row | {"misfits": _count_misfits(row)} for row in read if row["judged_style_count"]]
    kinds = [row["origin_code"] for row in judged]
    return sorted(
        (row for row in judged if kinds.count(row["origin_code"]) >= LEAST_NAMES),
        key=lambda row: (
            row["origin_code"],
            row["expected_misfit_units"] - row["misfits"],
            row["origin_name"],
        ),
    )


def _count_misfits(row: dict[str, Any]) -> int:
    return sum(int(row[f"{name}_style_count"]) for name in ("small", "large", "swapped"))


def _write_heading(frame: Frame, rows: list[dict[str, Any]]) -> str:
    found = [row for row in rows if row["is_standing_out"]]
    if not found:
        return frame.say(words.NONE)
    worst = max(found, key=lambda row: row["misfits"] - row["expected_misfit_units"])
    is_more = worst["misfits"] > worst["expected_misfit_units"]
    return frame.say(words.MORE if is_more else words.FEWER, name=worst["origin_name"])


def _build_table(frame: Frame, rows: list[dict[str, Any]]) -> Table:
    say = frame.say
    top = max(_measure_share(row).high for row in rows)
    return Table(
        name=say(words.NAME),
        columns=(
            Column(say(words.NAME)),
            Column(say(words.JUDGED), align="right"),
            Column(say(words.MISFITS), align="right"),
            Column(say(words.EXPECTED), align="right"),
            Column(say(words.SHARE), is_label_hidden=True, is_wide_only=True),
            Column(say(words.SHARE), "%", align="right"),
        ),
        rows=tuple(_build_row(frame, row, top=top) for row in rows),
    )


def _measure_share(row: dict[str, Any]) -> Share:
    return compute_share(row["misfits"], int(row["judged_style_count"]))


def _build_row(frame: Frame, row: dict[str, Any], *, top: float) -> Row:
    share = _measure_share(row)
    expected = row["expected_misfit_units"] / share.n
    interval = frame.language.interval(share.low, share.high, n=share.n)
    is_small = share.n < measures.SMALL_N
    drawing = draw_interval(
        share.rate,
        share.low,
        share.high,
        tick=expected,
        top=top,
        is_muted=not row["is_standing_out"],
        label=frame.say(
            words.LABEL,
            name=row["origin_name"],
            rate=frame.language.rate(share.rate, n=share.n),
            interval=interval,
            expected=frame.language.rate(expected, n=share.n),
            n=frame.language.sample(share.n),
        ),
    )
    return Row(
        (
            Cell(
                row["origin_name"],
                sub=frame.say(words.KINDS[row["origin_code"]]),
                is_strong=bool(row["is_standing_out"]),
            ),
            Cell(frame.language.count(share.n)),
            Cell(frame.language.count(row["misfits"])),
            Cell(f"{row['expected_misfit_units']:.1f}"),
            Cell(drawing=drawing),
            Cell(interval)
            if is_small
            else Cell(frame.language.rate_figure(share.rate, n=share.n), sub=interval),
        ),
        is_muted=is_small,
    )
