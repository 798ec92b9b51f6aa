"""Sentences, cells and bars of one style, made from its numbers."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboards.lib import measures, style_story
from dashboards.lib import words_style as words
from dashboards.lib.frame import Frame
from dashboards.lib.style_story import REASONS, UNKNOWN, WEEKS, Story
from dashboards.lib.tables import Figure, HeatCell, HeatMap, ShareBar
from dashboards.lib.words_codes import name_reason
from dashboards.lib.words_frame import UNKNOWN as UNKNOWN_WORD

LEAST_WEEK: Final = 5  # deliveries of a week that the trend may show
AXIS_ROOM: Final = 1.15  # of the longest interval, so that no rule touches the edge
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


def build_strip(frame: Frame, story: Story) -> list[Figure]:
    """Build up to five values; what the shop's files do not say is left out."""
    total, language = story.total, frame.language
    delivered = total["delivered_count"]

    def units(count: float) -> str:
        return language.units(count, of="piece", category=story.category)

    figures = []
    if total["delivered_net_amount"]:
        value_rate = total["returned_net_amount"] / total["delivered_net_amount"]
        note = frame.say(
            words.STRIP_RETURNED_OF,
            delivered=frame.money(total["delivered_net_amount"]),
            rate=language.rate(value_rate, n=delivered),
        )
        money = frame.money(total["returned_net_amount"])
        figures.append(Figure(frame.say(words.STRIP_RETURNED), money, note=note))
    figures += [
        Figure(
            frame.say(words.STRIP_UNITS),
            language.count(total["returned_count"]),
            note=frame.say(words.STRIP_UNITS_OF, delivered=units(delivered)),
        ),
        Figure(
            frame.say(words.STRIP_REQUESTS),
            language.count(total["requested_count"]),
            note=frame.say(words.STRIP_REQUESTS_OF),
        ),
    ]
    if story.bracketing:
        pairs, sizes = story.bracketing["pairs"], story.bracketing["sizes"]
        share = language.rate(sizes / pairs, n=pairs)
        note = frame.say(words.STRIP_BRACKETING_OF, n=language.count(pairs))
        figures.append(Figure(frame.say(words.STRIP_BRACKETING), share, note=note))
    if total["in_transit_count"]:
        figures.append(
            Figure(
                frame.say(words.STRIP_TRANSIT),
                language.count(total["in_transit_count"]),
                note=frame.say(words.STRIP_TRANSIT_OF),
            )
        )
    return figures


def build_heat_map(frame: Frame, story: Story) -> HeatMap:
    """Build the map of sizes and colours, coloured against the category, else the style."""
    sizes = list(dict.fromkeys(story.sizes["size_label"]))
    reference = find_reference(story)
    cells = {
        (row["colour_name"], row["size_label"]): _build_heat_cell(frame, row, reference=reference)
        for row in story.sizes.to_dict("records")
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
    if story.category_rate is not None:
        return story.category_rate
    rate = story.total["returned_rate"]
    return rate if rate == rate else 0.0  # noqa: PLR0124 - a missing rate is not a number


def write_size_heading(frame: Frame, story: Story) -> str:
    """Say what the heat map shows."""
    kind, size = measures.find_size_direction(style_story.sum_sizes(story.sizes))
    return frame.say(SIZE_HEADINGS[kind], size=size)


def write_size_caption(frame: Frame, story: Story) -> str:
    """Say what the colours mean."""
    message = words.REFERENCE_STYLE if story.category_rate is None else words.REFERENCE_CATEGORY
    return frame.say(
        words.HEAT_CAPTION,
        reference=frame.say(message, category=story.category),
        rate=frame.language.rate(find_reference(story), n=story.total["delivered_count"]),
    )


def build_reason_bars(frame: Frame, story: Story) -> list[ShareBar]:
    """Build a bar per reason; the rare ones together."""
    rows = story.reasons
    if rows.empty:
        return []
    top = float(rows["high_rate"].max()) * AXIS_ROOM
    main = story.main_reason
    shown = rows if len(rows) <= REASONS + 1 else rows[:REASONS]
    bars = [
        _build_bar(
            frame,
            name_of(frame, row),
            row=row,
            top=top,
            is_accent=main is not None and row["reason_code"] == main["reason_code"],
        )
        for _, row in shown.iterrows()
    ]
    rest = rows[len(shown) :]
    if len(rest):
        total = float(rows["returned_count"].sum())
        low, high = measures.compute_wilson_interval(
            rest[["returned_count"]].sum().to_numpy(dtype=float), pd.Series([total]).to_numpy()
        )
        row = {"share": rest["share"].sum(), "low_rate": low[0], "high_rate": high[0]}
        label = frame.say(words.REASON_OTHERS, n=len(rest))
        bars.append(_build_bar(frame, label, row=row, top=top, is_accent=False))
    return bars


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
    return frame.say(TREND_HEADINGS[measures.compare_halves(story.weeks)], n=_count_weeks(story))


def write_trend_caption(frame: Frame, story: Story) -> str:
    """Say what the lines are, and what is in no week."""
    category = ""
    if len(keep_judged_weeks(story.category_weeks)) > 1:
        category = frame.say(words.TREND_CATEGORY, category=story.category)
    caption = frame.say(words.TREND_CAPTION, category=category)
    unknown = story.total["delivered_unknown_day_count"]
    if unknown:
        units = frame.language.units(unknown, of="piece", category=story.category)
        blank = "" if frame.language.code == "ja" else " "
        caption += blank + frame.say(words.NO_UNKNOWN_DAY, n=units)
    return caption


def write_trend_words(frame: Frame, story: Story, *, heading: str) -> str:
    """Say the finding and the range, for those who cannot see the chart."""
    seen = keep_judged_weeks(story.weeks)
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


def keep_judged_weeks(weeks: pd.DataFrame) -> pd.DataFrame:
    """Keep the weeks that a line may show; few deliveries make no point."""
    return weeks[weeks["delivered_count"] >= LEAST_WEEK].reset_index(drop=True)


def label_lines(frame: Frame, story: Story) -> dict[str, str]:
    """Write what stands at the end of each line."""
    seen = keep_judged_weeks(story.weeks).iloc[-1]
    labels = {
        "series": frame.language.rate(seen["returned_rate"], n=seen["delivered_count"]),
        "reference": "",
    }
    reference = keep_judged_weeks(story.category_weeks)
    if len(reference):
        last = reference.iloc[-1]
        rate = frame.language.rate(last["returned_rate"], n=last["delivered_count"])
        labels["reference"] = f"{story.category} {rate}"
    return labels


def name_of(frame: Frame, reason: Any) -> str:
    """Return the word for a reason of ``Story.reasons``."""
    return name_reason(
        reason["reason_code"], system=reason["reason_system"], language=frame.language
    )


def _count_weeks(story: Story) -> int:
    first = story.weeks["delivered_count"].to_numpy().nonzero()[0]
    return WEEKS - int(first[0]) if len(first) else WEEKS


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
    frame: Frame, label: str, *, row: Any, top: float, is_accent: bool
) -> ShareBar:
    value = frame.language.rate(row["share"], n=0)
    interval = frame.language.interval(row["low_rate"], row["high_rate"], n=0)
    return ShareBar(
        label=label,
        value=value,
        words=f"{label} {value} ({interval})",
        width=100 * row["share"] / top,
        low=100 * row["low_rate"] / top,
        high=100 * row["high_rate"] / top,
        is_accent=is_accent,
    )
