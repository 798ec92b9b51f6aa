"""The section on drafts of the rules: which answers change, and who is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from dashboards.lib import address, charts, markup, measures, replays
from dashboards.lib import words_decisions as effects
from dashboards.lib import words_replays as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.reason_drawings import CountMatrix, MatrixCell
from dashboards.lib.replays import Drafts, Group, Replay
from dashboards.lib.share_rows import build_share_rows
from dashboards.lib.tables import Panel

if TYPE_CHECKING:
    from markupsafe import Markup

DRAFT: Final = "rules"
DEFAULTS: Final = {DRAFT: ""}
ROW: Final = 27  # px of a group
HOUR: Final = 60
GAP: Final = " "  # the name of the row between two kinds of groups


def show_replays(frame: Frame) -> None:
    """Show what the chosen draft changes and for whom; or how one is made."""
    drafts = replays.read_drafts()
    if drafts.names:
        _show_replay(frame, replays.read_replay(_choose(frame, drafts)))
    else:
        _show_none(frame)
    _show_refused(frame, drafts)


def _choose(frame: Frame, drafts: Drafts) -> str:
    address.keep_valid(DRAFT, options=drafts.names, default=drafts.names[0])
    label = frame.say(words.DRAFT)
    chosen = st.selectbox(label, options=drafts.names, key=DRAFT, placeholder=label, width=260)
    return str(chosen)


def _show_replay(frame: Frame, replay: Replay) -> None:
    if not replay.n:
        text = frame.fill(words.NO_REQUESTS, draft=replay.name, file=markup.code("return_requests"))
        markup.show_panel(Panel("empty", frame.say(words.NO_REQUESTS_TITLE), text))
        return
    left, right = st.columns([1.1, 1], gap="large")
    with left:
        _show_matrix(frame, replay)
    with right:
        _show_groups(frame, replay)


def _show_matrix(frame: Frame, replay: Replay) -> None:
    show_section(_write_heading(frame, replay), caption=_write_caption(frame, replay))
    markup.show_matrix(build_matrix(frame, replay))
    notes = [*_write_reviews(frame, replay), *_write_days(frame, replay), frame.fill(words.NEVER)]
    markup.show_paragraph(markup.join(notes, language=frame.language), kind="note")


def _write_heading(frame: Frame, replay: Replay) -> str:
    count = frame.language.count
    if not replay.changed:
        return frame.say(words.HEADING_NONE)
    if replay.n < measures.SMALL_N:
        return frame.say(words.HEADING_FEW, n=count(replay.changed), all=count(replay.n))
    share = frame.language.rate(replay.changed / replay.n, n=replay.n)
    return frame.say(words.HEADING, n=count(replay.changed), share=share)


def _write_caption(frame: Frame, replay: Replay) -> str:
    period = ""
    if replay.first and replay.last:
        period = frame.language.period(replay.first, replay.last, today=frame.today)
    n = frame.language.count(replay.n)
    return frame.say(words.CAPTION, period=period, n=n, draft=replay.name)


def build_matrix(frame: Frame, replay: Replay) -> CountMatrix:
    """Build what is decided now against what would be decided, with sums on both sides."""
    count = frame.language.count
    names = {effect: frame.say(effects.EFFECTS[effect]) for effect in replays.EFFECTS}
    rows = []
    for now in replays.EFFECTS:
        cells = tuple(
            MatrixCell(_write_count(frame, replay, now, new), shade=replay.find_shade(now, new))
            for new in replays.EFFECTS
        )
        rows.append((names[now], cells, count(replay.sum_now(now))))
    sums = [count(replay.sum_new(new)) for new in replays.EFFECTS]
    return CountMatrix(
        name=frame.say(words.MATRIX),
        corner=frame.say(words.MATRIX),
        total=frame.say(words.NOW),
        heads=tuple(names.values()),
        rows=tuple(rows),
        foot=(frame.say(words.NEW), *sums, count(replay.n)),
    )


def _write_count(frame: Frame, replay: Replay, now: str, new: str) -> str:
    """Write a cell; what moves is strong."""
    text = frame.language.count(replay.counts[now, new])
    return markup.strong(text) if now != new and replay.counts[now, new] else text


def _write_reviews(frame: Frame, replay: Replay) -> list[Markup]:
    """Say how many a person looks at now and then, and what that takes, where it is recorded."""
    count, saved = frame.language.count, replay.saved_minutes
    told = {"now": count(replay.sum_now("review")), "new": count(replay.sum_new("review"))}
    if told["now"] == told["new"]:
        return [frame.fill(words.REVIEWS_SAME, **told)]
    if saved is None:
        missing = frame.fill(words.NO_MINUTES, column=markup.code("review_minutes"))
        return [frame.fill(words.REVIEWS, **told), missing]
    if round(abs(saved)) == 0:
        return [frame.fill(words.REVIEWS, **told)]
    message = words.REVIEWS_SAVED if saved > 0 else words.REVIEWS_COST
    return [frame.fill(message, **told, time=_write_time(frame, abs(saved)))]


def _write_time(frame: Frame, minutes: float) -> str:
    hours = minutes / HOUR
    if hours >= 1:
        return frame.say(words.HOURS, n=frame.language.count(round(hours)))
    return frame.say(words.MINUTES, n=frame.language.count(round(minutes)))


def _write_days(frame: Frame, replay: Replay) -> list[Markup]:
    """Say on which days most of the newly denied asked."""
    found, whole = replays.find_days(replay), replay.whole
    if found is None or whole is None:
        return []
    count = frame.language.count
    days = frame.say(words.DAYS[found.code])
    if found.denied == whole.denied:
        return [frame.fill(words.DAYS_ALL[min(whole.denied, 2)], n=count(whole.denied), days=days)]
    told = {"n": count(whole.denied), "part": count(found.denied)}
    return [frame.fill(words.DAYS_NOTE, **told, days=days)]


def _show_groups(frame: Frame, replay: Replay) -> None:
    whole = replay.whole
    if whole is None or not whole.denied:
        text = frame.say(words.NOBODY, n=frame.language.count(replay.n))
        markup.show_panel(Panel("empty", frame.say(words.NOBODY_TITLE), text))
        return
    most = replays.find_most(replay)
    heading = frame.say(words.MOST_NONE)
    if most is not None:
        heading = frame.say(words.MOST, group=_name_group(frame, most))
    share = frame.language.rate(whole.share, n=whole.n)
    show_section(heading, caption=frame.say(words.WHO_CAPTION, share=share))
    rows = [_lay_group(frame, one, most=most) for one in replays.list_orders(replay)]
    goods = [_lay_group(frame, one, most=most) for one in replays.list_categories(replay)]
    between = [_lay_gap()] if rows and goods else []
    laid = pd.DataFrame([*rows, *between, *goods])
    spoken = frame.say(words.WHO_WORDS, heading=heading, share=share)
    chart = build_share_rows(laid, pool=whole.share)
    charts.show_chart(chart, words=spoken, height=ROW * len(laid) + 40)


def _name_group(frame: Frame, group: Group) -> str:
    found = words.GROUPS.get(group.code)
    is_ours = group.kind == replays.BY_ORDERS or group.code in ("rest", "unknown")
    return frame.say(found) if found and is_ours else group.code


def _lay_group(frame: Frame, group: Group, *, most: Group | None) -> dict[str, Any]:
    is_small = group.n < measures.SMALL_N
    colours = {"colour": "ctx", "band": "sub" if is_small else "ctxfill"}
    if group == most:
        colours = {"colour": "accent", "band": "soft"}
    share = frame.language.rate_figure(group.share, n=group.n)
    return {
        "name": _name_group(frame, group),
        "share": group.share,
        "low": group.low,
        "high": group.high,
        "sample": frame.language.sample(group.n),
        "text": frame.language.missing if is_small else share,
        **colours,
    }


def _lay_gap() -> dict[str, Any]:
    nothing = dict.fromkeys(("share", "low", "high"))
    return {"name": GAP, **nothing, "sample": "", "text": "", "colour": "ctx", "band": "ctxfill"}


def _show_none(frame: Frame) -> None:
    show_section(frame.say(words.NO_DRAFT_HEADING))
    text = frame.fill(
        words.NO_DRAFT,
        table=markup.code("policies/policy_rules.csv"),
        path=markup.code("policies/drafts/"),
        command=markup.code("kaeru run"),
    )
    markup.show_panel(Panel("hatched", frame.say(words.NO_DRAFT_TITLE), text))


def _show_refused(frame: Frame, drafts: Drafts) -> None:
    """Say which drafts cannot be used, and the way out."""
    for row in drafts.refused:
        title = frame.say(words.REFUSED_TITLE, draft=row["draft_name"])
        text = str(row[f"message_{frame.language.code}_text"])
        markup.show_panel(Panel("hatched", title, text))
