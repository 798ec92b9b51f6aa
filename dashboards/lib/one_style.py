"""The parts of "Why does this style come back?": answer, strip, sizes, reasons, weeks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboards.lib import (
    address,
    charts,
    filters,
    markup,
    measures,
    quotes,
    quotes_section,
    serving,
    style_parts,
    style_story,
    style_strip,
    words_outcomes,
    worklist_notes,
)
from dashboards.lib import words_frame as common
from dashboards.lib import words_style as words
from dashboards.lib.frame import Frame, open_page, show_section
from dashboards.lib.shop import to_day
from dashboards.lib.style_story import Story
from dashboards.lib.tables import Cell, Column, Link, Panel, Row, Table

if TYPE_CHECKING:
    from markupsafe import Markup

QUOTES: Final = 4
MARTS: Final = (
    "rpt_worklist",
    "rpt_style_returns",
    "rpt_style_size_development",
    "rpt_style_reason_weeks",
    "rpt_category_reason_weeks",
    "rpt_reason_quotes",
    "rpt_style_weeks",
    "rpt_lag_curves",
    "rpt_style_exchanges",
    "rpt_style_stock",
    "rpt_contribution",
    "rpt_bracketing",
    "rpt_fit_segments",
    "rpt_fit_measurements",
    "rpt_fit_chart_differences",
    "rpt_size_curves",
)


def read_wanted() -> str:
    """Return what the reader typed or followed; empty at first."""
    return address.read_choice(filters.STYLE, default="").strip()


def read_story(frame: Frame) -> Story | None:
    """Read the style that is asked for; None where there is none like it."""
    wanted = read_wanted()
    styles = serving.read_mart("rpt_style_returns")
    first = style_story.find_first_style() if not wanted else None
    style_id = first or style_story.find_style(wanted, styles=styles)
    return None if style_id is None else style_story.read_story(style_id, shop=frame.shop)


def build_eyebrow(frame: Frame, story: Story | None) -> list[str]:
    """Name the department, the style and who works on it."""
    department = frame.say(common.MERCHANDISING)
    if story is None:
        return [department]
    row = story.outcomes.row
    note = worklist_notes.describe_note(row, language=frame.language) if row else ""
    owner = frame.say(words.OWNER, note=note) if note else ""
    return [department, story.name, story.category, story.season, owner]


def build_answer(frame: Frame, story: Story) -> Markup:
    """Write the answer from the numbers: one in so many, and the main reason."""
    total, language, row = story.total, frame.language, story.outcomes.row
    n = total["delivered_count"] if row is None else row["delivered_count"]
    units = language.units(n, of="piece", category=story.category)
    if not total["returned_count"] or not n:
        return frame.fill(words.ANSWER_NONE, units=units, zero=markup.strong("0"))
    if row is None:
        rate = markup.strong(language.rate(total["returned_rate"], n=n))
        return frame.fill(words.ANSWER_SEEN, units=units, rate=rate)
    if row["is_small"]:
        interval = markup.strong(language.interval(row["low"], row["high"], n=n))
        return frame.fill(words.ANSWER_EARLY, units=units, interval=interval)
    rate, clause = (
        markup.strong(language.rate(row["developed_rate"], n=n)),
        _write_clause(frame, story),
    )
    one_in = measures.find_one_in(row["developed_rate"])
    if one_in is None:
        return frame.fill(words.ANSWER_RATE, units=units, rate=rate, clause=clause)
    return frame.fill(
        words.ANSWER_ONE_IN,
        n=one_in,
        counter=markup.keep_blank(language.counter("piece", category=story.category)),
        piece=language.counter("piece", category=story.category, count=1),
        rate=rate,
        clause=clause,
    )


def build_caption(frame: Frame, story: Story) -> str:
    """Write interval, expectation, n, developed share, since when, and the period."""
    language, row = frame.language, story.outcomes.row
    first, last = frame.shop.first_delivered, frame.shop.last_delivered
    if row is None or first is None or last is None:
        n = language.units(story.total["delivered_count"], of="piece", category=story.category)
        return frame.say(words.CAPTION_SEEN, n=n) if story.total["delivered_count"] else ""
    n, since = row["delivered_count"], to_day(row["since_date"])
    changed = ""
    if since is not None and not row["is_small"]:
        changed = frame.say(words.CAPTION_SINCE, day=language.day(since, today=frame.today))
    return frame.say(
        words.CAPTION,
        interval=language.interval(row["low"], row["high"], n=n),
        category=story.category or frame.say(words_outcomes.SHOP),
        rate=language.rate(row["expected_rate"], n=n),
        n=language.units(n, of="piece", category=story.category),
        share=language.rate(row["developed_share"], n=0),
        since=changed,
        period=language.period(first, last, today=frame.today),
    )


def show_unknown(frame: Frame) -> None:
    """Say that there is no such style and name the nearest."""
    wanted = markup.shorten(read_wanted())
    styles = serving.read_mart("rpt_style_returns")
    if styles.empty:
        title, text = frame.say(words.UNKNOWN_NONE_TITLE), frame.say(words.UNKNOWN_NONE)
        markup.show_panel(Panel("empty", title, text))
        return
    title = frame.say(words.UNKNOWN_TITLE, style=wanted)
    markup.show_panel(Panel("empty", title, frame.say(words.UNKNOWN_NEAR)))
    nearest = style_story.find_nearest(read_wanted(), styles=styles)
    table = Table(
        name=frame.say(words.UNKNOWN_NEAR),
        columns=(Column(frame.say(words.STYLE)),),
        rows=tuple(
            Row((Cell(name if name == key else f"{name} {key}", link=Link("one_style", key)),))
            for key, name in nearest
        ),
    )
    clicked = markup.show_linked_table(table, key="k_nearest")
    if isinstance(clicked, Link):
        open_page(frame, clicked)


def show_strip(frame: Frame, story: Story) -> None:
    """Show the numbers of the style side by side."""
    markup.show_strip(style_strip.build_strip(frame, story), name=frame.say(words.STRIP))
    if story.bracketing is not None:
        pairs = story.bracketing["pairs"]
        share = frame.language.rate(story.bracketing["sizes"] / pairs, n=pairs)
        text = frame.say(words.BRACKETING, n=frame.language.count(pairs), share=share)
        markup.show_paragraph(text, kind="note")


def show_sizes(frame: Frame, story: Story) -> None:
    """Show which sizes and colours come back."""
    if not story.has_sizes:
        text = frame.fill(words.SIZES_NONE, entity=markup.code("products"))
        markup.show_panel(Panel("hatched", frame.say(words.SIZES_NONE_TITLE), text))
        return
    heat = style_parts.build_heat_map(frame, story)
    show_section(
        style_parts.write_size_heading(frame, story),
        caption=style_parts.write_size_caption(frame, story),
    )
    markup.show_heat_map(heat)


def show_reasons(frame: Frame, story: Story) -> None:
    """Show why customers say that it comes back."""
    if not story.total["returned_count"]:
        title, text = frame.say(words.NO_RETURNS_TITLE), frame.say(words.NO_RETURNS)
        markup.show_panel(Panel("empty", title, text))
        return
    bars = style_parts.build_reason_bars(frame, story)
    if not bars or story.main_reason is None:
        text = frame.fill(words.REASONS_NONE, column=markup.code("reason_code"))
        markup.show_panel(Panel("hatched", frame.say(words.REASONS_NONE_TITLE), text))
        return
    show_section(
        style_parts.write_reason_heading(frame, story),
        caption=style_parts.write_reason_caption(frame, story),
    )
    markup.show_shares(bars, name=frame.say(words.REASONS_TABLE))


def show_quotes(frame: Frame, story: Story) -> None:
    """Show what customers wrote about the style, the main reason first."""
    if story.total["returned_count"]:
        codes = [str(code) for code in story.reasons["reason_code"] if code != quotes.NOTHING]
        quotes_section.show_quotes(
            frame,
            styles=[story.style_id],
            reasons=[*codes, quotes.NOTHING],
            most=QUOTES,
            names={},
        )


def show_weeks(frame: Frame, story: Story) -> None:
    """Show how the rate moved, week by week of delivery."""
    if not story.weeks["delivered_count"].sum():
        text = frame.fill(words.TREND_NONE, entity=markup.code("delivery_events"))
        markup.show_panel(Panel("hatched", frame.say(words.TREND_NONE_TITLE), text))
        return
    heading = style_parts.write_trend_heading(frame, story)
    has_line = story.weeks["returned_rate"].count() > 1
    write = style_parts.write_trend_caption if has_line else style_parts.write_no_line
    show_section(heading, caption=write(frame, story))
    if has_line:
        chart = charts.build_trend(
            story.weeks,
            references={"expected": story.expected_weeks, "year_ago": story.year_ago_weeks},
            labels=style_parts.label_lines(frame, story),
            language_code=frame.language.code,
        )
        charts.show_chart(chart, words=style_parts.write_trend_words(frame, story, heading=heading))


def _write_clause(frame: Frame, story: Story) -> str:
    reason = story.main_reason
    if reason is None:
        return ""
    return frame.say(words.CLAUSE_REASON, reason=style_parts.name_of(frame, reason))
