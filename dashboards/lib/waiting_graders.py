"""Graders of "Where does it wait?": who differs, whether two agree, what went by the rule."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from dashboards.lib import charts, markup, waiting
from dashboards.lib import words_waiting as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.measures import SMALL_N
from dashboards.lib.share_rows import ROW, build_share_rows
from dashboards.lib.waiting import View
from dashboards.lib.waiting_tables import build_agreements, build_conformance

MOST: Final = 12  # graders in the chart


def show_graders(frame: Frame, view: View) -> None:
    """Show the share of A of each grader, against all of them."""
    if view.graders.empty:
        return
    n = int(view.graders["graded_count"].sum())
    pool = float(view.graders["pool_a_share"].iloc[0])
    told = frame.language.rate(pool, n=n)
    heading = write_heading(frame, view)
    show_section(heading, caption=frame.say(words.GRADERS_CAPTION, pool=told))
    shown = waiting.list_graders(view, most=MOST)
    chart = build_share_rows(pd.DataFrame([_lay_grader(frame, one) for one in shown]), pool=pool)
    spoken = frame.say(words.GRADERS_WORDS, heading=heading, pool=told)
    charts.show_chart(chart, words=spoken, height=ROW * len(shown) + 40)
    if len(shown) < len(view.graders):
        total = frame.language.count(len(view.graders))
        text = frame.say(words.GRADERS_MORE, n=total, shown=len(shown))
        markup.show_paragraph(text, kind="note")


def write_heading(frame: Frame, view: View) -> str:
    """Say who differs from all the others."""
    apart = view.graders[view.graders["is_standing_out"].astype(bool)]
    if apart.empty:
        return frame.say(words.GRADERS_NONE)
    if len(apart) > 1:
        return frame.say(words.GRADERS_SOME, n=len(apart))
    one = apart.iloc[0]
    is_low = one["adjusted_a_share"] < one["pool_a_share"]
    message = words.GRADERS_LOW if is_low else words.GRADERS_HIGH
    return frame.say(message, number=int(one["grader_number"]))


def _lay_grader(frame: Frame, row: dict[str, Any]) -> dict[str, Any]:
    n = int(row["graded_count"])
    if row["is_standing_out"]:
        colours = {"colour": "accent", "band": "soft"}
    else:
        colours = {"colour": "ctx", "band": "sub" if row["is_small"] else "ctxfill"}
    share = frame.language.rate_figure(float(row["adjusted_a_share"]), n=n)
    return {
        "name": frame.say(words.GRADER, number=int(row["grader_number"])),
        "share": float(row["adjusted_a_share"]),
        "low": row["low_a_share"],
        "high": row["high_a_share"],
        "sample": frame.language.sample(n),
        "text": frame.language.missing if row["is_small"] else share,
        **colours,
    }


def show_twice(frame: Frame, view: View) -> None:
    """Show how often two people gave one grade, where anything was graded twice."""
    if view.agreements.empty:
        return
    share, pairs = waiting.list_agreements(view)
    language = frame.language
    interval = language.interval(share.low, share.high, n=share.n)
    is_small = share.n < SMALL_N
    told = f"{interval}%" if is_small else language.rate(share.rate, n=share.n)
    counts = {"n": language.count(share.n), "same": language.count(share.part)}
    show_section(
        frame.say(words.TWICE, share=told),
        caption=frame.say(words.TWICE_CAPTION, interval=interval, **counts),
    )
    if pairs:
        markup.show_table(build_agreements(frame, pairs))


def show_conformance(frame: Frame, view: View) -> None:
    """Show the share of units that went where their rule says, by grade."""
    shares = waiting.list_conformance(view)
    _, whole = shares[-1]
    if not whole.n:
        return
    language = frame.language
    interval = language.interval(whole.low, whole.high, n=whole.n)
    is_small = whole.n < SMALL_N
    told = f"{interval}%" if is_small else language.rate(whole.rate, n=whole.n)
    caption = frame.say(words.CONFORMANCE_CAPTION, n=language.count(whole.n))
    show_section(frame.say(words.CONFORMANCE, share=told), caption=caption)
    markup.show_table(build_conformance(frame, shares))
