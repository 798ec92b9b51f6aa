"""Sentences, cells and bars of one style, made from its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from dashboards.lib import measures, style_story
from dashboards.lib import words_style as words
from dashboards.lib.frame import Frame
from dashboards.lib.reason_names import read_reason_names
from dashboards.lib.records import is_missing, list_records
from dashboards.lib.style_story import REASONS, UNKNOWN, Story
from dashboards.lib.tables import HeatCell, HeatMap, ShareBar
from dashboards.lib.weeks import compare_halves
from dashboards.lib.words_frame import UNKNOWN as UNKNOWN_WORD

AXIS_ROOM: Final = 1.22  # of the longest interval: the value stands behind it
SIZE_HEADINGS: Final = {
    "up": words.HEAT_UP,
    "down": words.HEAT_DOWN,
    "one": words.HEAT_ONE,
    "flat": words.HEAT_FLAT,
    "few": words.HEAT_FEW,
}
TREND_HEADINGS: Final = {
    "up": words.TREND_UP,
    "down": words.TREND_DOWN,
    "flat": words.TREND_FLAT,
    "few": words.TREND_FEW,
}


def build_heat_map(frame: Frame, story: Story) -> HeatMap:
    """Build the map of sizes and colours, coloured against what is expected, else the style."""
    sizes = list(dict.fromkeys(story.sizes["size_label"]))
    reference = find_reference(story)
    cells = {
        (row["colour_name"], row["size_label"]): _build_heat_cell(frame, row, reference=reference)
        for row in list_records(story.sizes)
    }
    totals = story.sizes.groupby("colour_name")["delivered_count"].sum()
    colours = sorted(totals.index, key=lambda colour: (-totals[colour], colour))
    return HeatMap(
        name=frame.say(words.HEAT_TABLE),
        corner=frame.say(words.COLOUR),
        sizes=tuple(_name_part(frame, size) for size in sizes),
        rows=tuple(
            (
                _name_part(frame, colour),
                tuple(cells.get((colour, size), HeatCell()) for size in sizes),
            )
            for colour in colours
        ),
    )


def find_reference(story: Story) -> float:
    """Return the rate that the heat map compares with."""
    row = story.outcomes.row
    rate = story.total["returned_rate"] if row is None else row["expected_rate"]
    return 0.0 if is_missing(rate) else float(rate)


def write_size_heading(frame: Frame, story: Story) -> str:
    """Say what the heat map shows."""
    kind, size = measures.find_size_direction(style_story.sum_sizes(story.sizes))
    return frame.say(SIZE_HEADINGS[kind], size=size)


def write_size_caption(frame: Frame, story: Story) -> str:
    """Say what the colours mean."""
    message = words.REFERENCE_STYLE if story.outcomes.row is None else words.REFERENCE_EXPECTED
    return frame.say(
        words.HEAT_CAPTION,
        reference=frame.say(message),
        rate=frame.language.rate(find_reference(story), n=story.total["delivered_count"]),
    )


def build_reason_bars(frame: Frame, story: Story) -> list[ShareBar]:
    """Build a bar per reason; the rare ones together."""
    rows = story.reasons
    if rows.empty:
        return []
    main = story.main_reason
    shown = rows if len(rows) <= REASONS + 1 else rows[:REASONS]
    rest = rows[len(shown) :]
    together = style_story.sum_reasons(rest, returned=int(rows["returned_count"].sum()))
    longest = rows[["high_rate", "category_share", "inspected_share", "read_share"]].max().max()
    top = max(float(longest), together["high_rate"]) * AXIS_ROOM
    bars = [
        _build_bar(
            frame,
            name_of(frame, row),
            row=row,
            top=top,
            is_accent=main is not None and row["key"] == main["key"],
        )
        for row in list_records(shown)
    ]
    if len(rest):
        label = frame.say(words.REASON_OTHERS, n=len(rest))
        bars.append(_build_bar(frame, label, row=together, top=top, is_accent=False))
    return bars


def write_reason_caption(frame: Frame, story: Story) -> str:
    """Say of whom the reasons are, and what the marks beside the bars are."""
    rows = story.reasons
    returned = int(rows["returned_count"].sum())
    category = ""
    if rows["category_share"].notna().any():
        category = frame.say(words.REASONS_CATEGORY, category=story.category)
    marks = [
        frame.say(message)
        for column, message in (
            ("inspected_share", words.REASONS_INSPECTED),
            ("read_share", words.REASONS_READ),
        )
        if rows[column].notna().any()
    ]
    return frame.say(
        words.REASONS_CAPTION,
        n=frame.language.units(returned, of="piece", category=story.category),
        category=category,
        source=frame.say(words.REASONS_SOURCES[story.reason_source]),
        marks="".join(marks),
    )


def write_reason_heading(frame: Frame, story: Story) -> str:
    """Say which reason is given most."""
    main = story.main_reason
    if main is None:
        return frame.say(words.REASONS_NONE_TITLE)
    returned = float(story.reasons["returned_count"].sum())
    share = frame.language.rate(main["share"], n=min(returned, 1))
    return frame.say(words.REASONS_SHARE, share=share, reason=name_of(frame, main))


def write_trend_heading(frame: Frame, story: Story) -> str:
    """Say whether the rate moved."""
    return frame.say(TREND_HEADINGS[compare_halves(story.weeks)])


def write_trend_caption(frame: Frame, story: Story) -> str:
    """Say what the lines are, and what is in no week."""
    has_before = story.year_ago_weeks["returned_rate"].notna().any()
    still = frame.say(words.TREND_STILL) if story.weeks["is_undeveloped"].any() else ""
    step = frame.say(words.TREND_STEPS[story.step])
    caption = frame.say(
        words.TREND_CAPTION,
        period=_write_weeks(frame, story),
        step=step,
        before=frame.say(words.TREND_BEFORE) if has_before else "",
        still=still,
    ).strip()
    blank = "" if frame.language.code == "ja" else " "
    compared = _write_comparison(frame, story)
    caption += blank + compared if compared else ""
    unknown = story.total["delivered_unknown_day_count"]
    if unknown:
        units = frame.language.units(unknown, of="piece", category=story.category)
        caption += blank + frame.say(words.NO_UNKNOWN_DAY, n=units)
    return caption


def write_no_line(frame: Frame, story: Story) -> str:
    """Say how few there are where no line can be drawn."""
    n = story.weeks["delivered_count"].sum()
    return frame.say(
        words.TREND_NO_LINE,
        period=_write_weeks(frame, story),
        n=frame.language.units(n, of="piece", category=story.category),
    )


def write_trend_words(frame: Frame, story: Story, *, heading: str) -> str:
    """Say the finding and the range, for those who cannot see the chart."""
    seen = story.weeks[story.weeks["returned_rate"].notna()]
    first, last = seen.iloc[0], seen.iloc[-1]
    return frame.say(
        words.TREND_ALT,
        heading=heading,
        first=frame.language.day_in_table(first["week_start_date"].date(), today=frame.today),
        last=frame.language.day_in_table(last["week_start_date"].date(), today=frame.today),
        low=frame.language.rate(first["returned_rate"], n=first["delivered_count"]),
        high=frame.language.rate(last["returned_rate"], n=last["delivered_count"]),
        n=len(seen),
    )


def label_lines(frame: Frame, story: Story) -> dict[str, str]:
    """Write what stands at the end of each line."""
    return {
        "series": story.style_id,
        "expected": frame.say(words.TREND_EXPECTED),
        "year_ago": frame.say(words.TREND_YEAR_AGO),
    }


def name_of(frame: Frame, reason: Mapping[str, Any]) -> str:
    """Return the word for a reason of ``Story.reasons``."""
    names = read_reason_names(frame.language)
    return names.name(reason["reason_code"], system=reason["reason_system"])


def _write_comparison(frame: Frame, story: Story) -> str:
    """Write both rates over the points in which both years delivered; nothing where too few."""
    weeks, year_ago = story.weeks, story.year_ago_weeks
    is_paired = (weeks["delivered_count"] > 0) & (year_ago["delivered_count"] > 0)
    now, before = (measures.sum_rates(part[is_paired]) for part in (weeks, year_ago))
    if now["is_small"] or before["is_small"]:
        return ""
    language = frame.language
    return frame.say(
        words.TREND_COMPARED,
        rate=language.rate(now["returned_rate"], n=now["delivered_count"]),
        n=language.count(now["delivered_count"]),
        before=language.rate(before["returned_rate"], n=before["delivered_count"]),
        before_n=language.count(before["delivered_count"]),
    )


def _write_weeks(frame: Frame, story: Story) -> str:
    first = story.weeks["week_start_date"].iloc[0].date()
    last = story.weeks["week_start_date"].iloc[-1].date() + timedelta(weeks=story.step, days=-1)
    return frame.language.period(first, min(last, frame.shop.as_of), today=frame.today)


def _name_part(frame: Frame, value: str) -> str:
    return frame.say(UNKNOWN_WORD) if value == UNKNOWN else value


def _build_heat_cell(frame: Frame, row: dict[str, Any], *, reference: float) -> HeatCell:
    n = row["delivered_count"]
    sample = frame.language.sample(n)
    if row["is_small"]:
        return HeatCell(sample=sample)
    step = measures.find_heat_step(row["returned_rate"], reference=reference)
    return HeatCell(frame.language.rate_figure(row["returned_rate"], n=0), sample, step)


def _build_bar(
    frame: Frame, label: str, *, row: Mapping[str, Any], top: float, is_accent: bool
) -> ShareBar:
    value = frame.language.rate(row["share"], n=0)
    interval = frame.language.interval(row["low_rate"], row["high_rate"], n=0)
    mean = row.get("category_share", float("nan"))
    inspected, read = (row.get(f"{by}_share", float("nan")) for by in ("inspected", "read"))
    spoken = f"{label} {value} ({interval})"
    if not is_missing(inspected):
        share = frame.language.rate(inspected, n=0)
        spoken += frame.say(words.REASON_INSPECTED, share=share)
    if not is_missing(read):
        spoken += frame.say(words.REASON_READ, share=frame.language.rate(read, n=0))
    return ShareBar(
        label=label,
        value=value,
        words=spoken,
        width=100 * row["share"] / top,
        low=100 * row["low_rate"] / top,
        high=100 * row["high_rate"] / top,
        tick=None if is_missing(mean) else 100 * mean / top,
        is_accent=is_accent,
        beside=None if is_missing(inspected) else 100 * inspected / top,
        read=None if is_missing(read) else 100 * read / top,
    )
