"""The parts of "Why does it come back?": answer, reasons over time, against each other, words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from dashboards.lib import filters, markup, quotes, quotes_section, reason_matrix, serving, why
from dashboards.lib import words_frame as common
from dashboards.lib import words_why as words
from dashboards.lib.frame import Frame, show_section
from dashboards.lib.reason_courses import Course, Share
from dashboards.lib.reason_drawings import Multiple, draw_line, find_ceiling
from dashboards.lib.reason_matrix import Matrix
from dashboards.lib.reason_names import read_reason_names
from dashboards.lib.tables import Panel
from dashboards.lib.why import View

if TYPE_CHECKING:
    from markupsafe import Markup

QUOTES: Final = 6
MARTS: Final = (
    "rpt_category_reason_weeks",
    "rpt_style_reason_weeks",
    "rpt_reason_corrections",
    "rpt_reason_disagreements",
    "rpt_reason_quotes",
    "rpt_reason_labels",
)


@dataclass(frozen=True)
class Found:
    """What was read for the page.

    Attributes
    ----------
    view : View
    matrix : Matrix
    """

    view: View
    matrix: Matrix


def read_found(frame: Frame) -> Found:
    """Read the reasons of the source and the styles that are chosen."""
    chosen = filters.read_filters()
    view = why.read_view(filters.read_source(), filters=chosen, as_of=frame.shop.as_of)
    return Found(view, reason_matrix.read_matrix(first=view.first, styles=view.styles))


def build_eyebrow(frame: Frame) -> list[str]:
    """Name the department and the basis."""
    return [frame.say(common.MERCHANDISING), frame.say(words.BASIS)]


def build_answer(frame: Frame, view: View) -> Markup:
    """Write the answer from the numbers; nothing where there is nothing to count."""
    if not view.size.n:
        return markup.fill("")
    if view.size.is_small:
        n = markup.strong(frame.language.units(view.size.n, of="piece"))
        return frame.fill(words.ANSWER_FEW, weeks=why.WEEKS, n=n)
    return frame.fill(
        words.ANSWER,
        share=markup.strong(frame.language.rate(view.size.rate, n=view.size.n)),
        weeks=why.WEEKS,
        grown=_write_grown(frame, view),
    )


def build_caption(frame: Frame, view: View) -> str:
    """Write the period, n, the source and how shares add up."""
    if not view.size.n:
        return ""
    return frame.say(
        words.CAPTION,
        period=_write_period(frame, view),
        n=frame.language.units(view.size.n, of="piece"),
        source=frame.say(words.SOURCES_IN_TEXT[view.source]),
        several=frame.say(words.SEVERAL) if view.source == "classified" else "",
        corrected=_write_corrected(frame, view),
    )


def show_courses(frame: Frame, view: View) -> None:
    """Show each reason over the weeks, or why there is none."""
    if not view.courses and not view.silent.share.units:
        _show_nothing(frame, view)
        return
    courses = [*view.courses, view.silent]
    highs = [point.high for course in courses for point in course.points if point.n]
    ceiling = find_ceiling(max(highs, default=1.0))
    top = f"{100 * ceiling:.0f}"
    rest = ""
    if view.rest_count:
        share = frame.language.rate(view.rest.rate, n=view.rest.n)
        rest = frame.say(words.REST, n=view.rest_count, share=share)
    show_section(
        _write_course_heading(frame, view),
        caption=frame.say(
            words.COURSES_CAPTION,
            step=frame.say(words.STEPS[view.step]),
            top=top,
            weeks=why.WEEKS,
            rest=rest,
        ),
    )
    markup.show_multiples(
        [_build_multiple(frame, view, course, ceiling=ceiling) for course in courses],
        scale=f"{top}%",
        name=frame.say(words.COURSES_LIST),
    )


def show_words(frame: Frame, view: View) -> None:
    """Show what customers wrote: of what has grown, else of what is most frequent."""
    codes = [course.code for course in (*view.grown, *view.courses)]
    rows = serving.read_mart("rpt_style_returns", columns=["style_id", "style_name"])
    quotes_section.show_quotes(
        frame,
        styles=view.styles,
        reasons=list(dict.fromkeys([*codes[:QUOTES], quotes.NOTHING])),
        most=QUOTES,
        names=dict(zip(rows["style_id"], rows["style_name"], strict=True)),
    )


def _show_nothing(frame: Frame, view: View) -> None:
    period = _write_period(frame, view)
    if frame.shop.first_delivered is None or not any(view.told.values()):
        title = frame.say(words.UNTOLD_TITLE)
        text = frame.fill(
            words.UNTOLD,
            period=period,
            entity=markup.code("return_requests"),
            code=markup.code("reason_code"),
            text=markup.code("reason_text"),
        )
        markup.show_panel(Panel("hatched", title, text))
        return
    title = frame.say(words.NO_RETURNS_TITLE)
    markup.show_panel(Panel("empty", title, frame.say(words.NO_RETURNS, period=period)))


def _write_grown(frame: Frame, view: View) -> str:
    named = [
        frame.say(
            words.GROWN_ONE,
            name=_name(frame, view, course),
            points=frame.language.difference(course.growth),
        )
        for course in view.grown
    ]
    if not named:
        return frame.say(words.GROWN_NONE)
    message = words.GROWN[min(len(named), 2)]
    return frame.say(message, reasons=frame.say(words.AND).join(named))


def _write_corrected(frame: Frame, view: View) -> str:
    if not view.label_count:
        return ""
    return frame.say(words.CORRECTED, n=frame.language.count(view.label_count))


def _write_course_heading(frame: Frame, view: View) -> str:
    if view.size.is_small:
        return frame.say(words.COURSES_FEW)
    names = [
        frame.say(words.COURSES_GROWN_ONE, name=_name(frame, view, course)) for course in view.grown
    ]
    if not names:
        return frame.say(words.COURSES_STEADY)
    message = words.COURSES_GROWN[min(len(names), 2)]
    return frame.say(message, reasons=frame.say(words.AND).join(names))


def _build_multiple(frame: Frame, view: View, course: Course, *, ceiling: float) -> Multiple:
    language, share = frame.language, course.share
    seen = [point for point in course.points if point.n]
    days = [view.first + timedelta(weeks=view.step * at) for at in range(len(course.points))]
    begins, ends = (language.day_in_table(day, today=frame.today) for day in (days[0], days[-1]))
    first, last = (_write_end(frame, points) for points in (seen[:1], seen[-1:]))
    value, interval = (
        language.rate(share.rate, n=share.n),
        language.interval(share.low, share.high, n=share.n),
    )
    name = _name(frame, view, course)
    return Multiple(
        title=name,
        value="" if share.is_small else value,
        interval=interval,
        is_accent=course.is_grown,
        is_muted=share.is_small or not course.code,
        label=frame.say(
            words.COURSE_LABEL,
            name=name,
            share=value,
            interval=interval,
            weeks=why.WEEKS,
            first=begins,
            last=ends,
            before=first,
            after=last,
        ),
        line=draw_line(
            [(point.rate, point.low, point.high) for point in course.points], ceiling=ceiling
        ),
        first=first,
        last=last,
        begins=begins,
        ends=ends,
    )


def _write_end(frame: Frame, points: list[Share]) -> str:
    return frame.language.rate_figure(points[0].rate, n=points[0].n) if points else ""


def _name(frame: Frame, view: View, course: Course) -> str:
    if not course.code:
        return frame.say(words.SILENT[view.source])
    return read_reason_names(frame.language).name(course.code, system=course.system)


def _write_period(frame: Frame, view: View) -> str:
    last: date = min(view.last, frame.shop.as_of)
    return frame.language.period(view.first, last, today=frame.today)
