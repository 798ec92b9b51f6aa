"""The sections of what becomes of a style: how far it has come, its exchanges, its stock."""

from __future__ import annotations

from typing import Final

from dashboards.lib import charts, markup, style_charts
from dashboards.lib import words_frame as common
from dashboards.lib import words_outcomes as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.records import list_records
from dashboards.lib.shop import to_day
from dashboards.lib.style_outcomes import OTHER_PLACE, UNKNOWN, Curve, find_direction
from dashboards.lib.style_story import Story
from dashboards.lib.tables import Cell, Column, Panel, Row, Table

LEAST_MOVES: Final = 4  # fewer are a sentence, not a chart
MOVE_HEADINGS: Final = {
    "up": words.MOVES_UP,
    "down": words.MOVES_DOWN,
    "flat": words.MOVES_FLAT,
    "few": words.MOVES_FEW,
}


def show_curve(frame: Frame, story: Story) -> None:
    """Show how far the returns of the style have come."""
    curve, row = story.outcomes.curve, story.outcomes.row
    if curve is None or row is None:
        text = frame.fill(
            words.CURVE_NONE,
            deliveries=markup.code("delivery_events"),
            returns=markup.code("return_requests"),
        )
        markup.show_panel(Panel("hatched", frame.say(words.CURVE_NONE_TITLE), text))
        return
    left = round(10 * (1 - float(row["developed_share"])))
    is_coming = bool((~curve.points["is_seen"]).any())
    heading = frame.say(words.CURVE_LEFT if is_coming else words.CURVE_DONE, n=max(left, 1))
    show_section(heading, caption=_write_curve_caption(frame, story, curve=curve))
    n = row["delivered_count"]
    seen, final, expected = (
        frame.language.rate(row[name], n=n)
        for name in ("observed_rate", "developed_rate", "expected_rate")
    )
    labels = {
        "series": f"{story.style_id} {final}",
        "reference": frame.say(words.CURVE_EXPECTED, rate=expected),
        "now": frame.say(words.CURVE_NOW, rate=seen),
        "axis": frame.say(words.CURVE_AXIS),
    }
    spoken = frame.say(words.CURVE_ALT, heading=heading, seen=seen, final=final, expected=expected)
    chart = style_charts.build_curve_chart(curve, labels=labels)
    charts.show_chart(chart, words=spoken, height=style_charts.CURVE_HEIGHT)


def show_moves(frame: Frame, story: Story) -> None:
    """Show where exchanges of the style went."""
    moves = story.outcomes.moves
    total = int(moves["exchange_count"].sum())
    if not total:
        _show_no_moves(frame, story)
        return
    up = int(moves.loc[moves["place"].between(1, OTHER_PLACE - 1), "exchange_count"].sum())
    down = int(moves.loc[moves["place"] < 0, "exchange_count"].sum())
    direction = find_direction(moves)
    heading = frame.say(MOVE_HEADINGS[direction])
    written = frame.language.count(total)
    if total < LEAST_MOVES:
        show_section(heading, caption=frame.say(words.MOVES_SENTENCE, n=written, up=up, down=down))
        return
    show_section(heading, caption=frame.say(words.MOVES_CAPTION, n=written))
    toward = {"up": range(1, OTHER_PLACE), "down": range(-OTHER_PLACE, 0)}.get(direction, range(0))
    labelled = moves.assign(
        label=[_name_place(frame, int(place)) for place in moves["place"]],
        colour=["accent" if place in toward else "ctxfill" for place in moves["place"]],
    )
    charts.show_chart(
        style_charts.build_moves_chart(labelled),
        words=frame.say(words.MOVES_ALT, heading=heading, up=up, down=down),
        height=style_charts.MOVES_HEIGHT,
    )


def show_stock(frame: Frame, story: Story) -> None:
    """Show what can be sold of each size."""
    if "inventory_snapshots" not in story.outcomes.landed:
        text = frame.fill(words.STOCK_NONE, entity=markup.code("inventory_snapshots"))
        markup.show_panel(Panel("hatched", frame.say(words.STOCK_NONE_TITLE), text))
        return
    stock = find_stock(story)
    if not stock:
        return
    out = [_name_size(frame, size) for size, count in stock.items() if count <= 0]
    joint = "、" if frame.language.code == "ja" else ", "
    heading = frame.say(words.STOCK_OUT if out else words.STOCK_ALL, sizes=joint.join(out))
    day = to_day(story.outcomes.stock["newest_snapshot_date"].max())
    caption = ""
    if day is not None:
        written = frame.language.day(day, today=frame.today)
        caption = frame.say(words.STOCK_CAPTION, day=written)
    show_section(heading, caption=caption)
    markup.show_table(_build_stock_table(frame, stock))


def find_stock(story: Story) -> dict[str, int]:
    """Return what can be sold of each size that was ever sold or is there, in order.

    A size that the newest snapshots leave out is not there.
    """
    rows = list_records(story.outcomes.stock)
    counts = {row["size_label"]: int(row["available_count"]) for row in rows}
    known = [size for size in dict.fromkeys(story.sizes["size_label"]) if size != UNKNOWN]
    return {size: counts.get(size, 0) for size in dict.fromkeys([*known, *counts])}


def _show_no_moves(frame: Frame, story: Story) -> None:
    if "exchanges" in story.outcomes.landed:
        title, text = frame.say(words.MOVES_ZERO_TITLE), frame.say(words.MOVES_ZERO)
        markup.show_panel(Panel("empty", title, text))
        return
    text = frame.fill(words.MOVES_NONE, entity=markup.code("exchanges"))
    markup.show_panel(Panel("hatched", frame.say(words.MOVES_NONE_TITLE), text))


def _write_curve_caption(frame: Frame, story: Story, *, curve: Curve) -> str:
    is_coming = bool((~curve.points["is_seen"]).any())
    caption = frame.say(
        words.CURVE_CAPTION,
        now=frame.say(words.CURVE_DASHED if is_coming else words.CURVE_RULE),
        category=story.category or frame.say(words.SHOP),
    )
    if curve.is_tail_seen:
        return caption
    return caption + " " * (frame.language.code == "en") + frame.say(words.CURVE_TAIL)


def _name_place(frame: Frame, place: int) -> str:
    if place == OTHER_PLACE:
        return frame.say(words.MOVES_OTHER)
    if place == 0:
        return frame.say(words.MOVES_SAME)
    return f"+{place}" if place > 0 else f"−{-place}"


def _name_size(frame: Frame, size: str) -> str:
    return frame.say(common.UNKNOWN) if size == UNKNOWN else size


def _build_stock_table(frame: Frame, stock: dict[str, int]) -> Table:
    heads = [Column(_name_size(frame, size), align="right") for size in stock]
    cells = [Cell(frame.language.count(count)) for count in stock.values()]
    return Table(
        name=frame.say(words.STOCK_TABLE),
        columns=(Column(frame.say(words.STOCK_SIZE)), *heads),
        rows=(Row((Cell(frame.say(words.STOCK_AVAILABLE)), *cells)),),
    )
