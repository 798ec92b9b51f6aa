"""What a reader has chosen: filters that live in the URL and follow from page to page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from dashboards.lib import address
from dashboards.lib import words_frame as words
from dashboards.lib.language import Language, Words

GRAIN, SINCE, FIND, STYLE = "by", "since", "find", "style"
GRAINS: Final = ("style", "sku")
PERIODS: Final = ("", "52", "26", "12")  # weeks; empty: all
COLUMNS: Final = {
    "season": "season_name",
    "category": "category_name",
    "brand": "brand_name",
    "channel": "channel_name",
}
LABELS: Final[dict[str, Words]] = {
    "season": words.FILTER_SEASON,
    "category": words.FILTER_CATEGORY,
    "brand": words.FILTER_BRAND,
    "channel": words.FILTER_CHANNEL,
}
ON_BAR: Final = ("season", "category")
IN_POPOVER: Final = ("channel", "brand")
LIST_DEFAULTS: Final = {GRAIN: "style", SINCE: "", **dict.fromkeys(COLUMNS, ""), FIND: ""}
STYLE_DEFAULTS: Final = {STYLE: ""}


@dataclass(frozen=True)
class Filters:
    """What is chosen.

    Attributes
    ----------
    grain : {"style", "sku"}
    weeks : int or None
        The last weeks of delivery; None: all time.
    equals : mapping of str to str
        Column of the marts to the value that it must have.
    find : str
        Part of a number or a name.
    """

    grain: str
    weeks: int | None
    equals: dict[str, str]
    find: str

    @property
    def is_any(self) -> bool:
        """Say whether something is left out."""
        return bool(self.weeks or self.equals or self.find)

    def keep(self, frame: pd.DataFrame, *, has_find: bool = True) -> pd.DataFrame:
        """Keep the rows that are chosen.

        Parameters
        ----------
        frame : DataFrame
            With the columns of ``COLUMNS``, ``style_id``, ``style_name`` and perhaps ``sku``.
        has_find : bool, default True
            Apply the search too.
        """
        kept = frame
        for column, value in self.equals.items():
            kept = kept[kept[column] == value]
        if has_find and self.find:
            kept = kept[find_matches(kept, text=self.find)]
        return kept


def find_matches(frame: pd.DataFrame, *, text: str) -> pd.Series[bool]:
    """Say which rows hold a text in their number or name; case is ignored."""
    is_match = pd.Series(data=False, index=frame.index)
    for column in ("sku", "style_id", "style_name"):
        if column in frame:
            found = frame[column].astype(str).str.contains(text.strip(), case=False, regex=False)
            is_match |= found
    return is_match


def clear() -> None:
    """Take every filter off; a callback of a button."""
    address.forget([SINCE, *COLUMNS, FIND])


def read_filters() -> Filters:
    """Read what is chosen at this moment."""
    weeks = address.read_choice(SINCE, default="")
    chosen = {column: address.read_choice(key, default="") for key, column in COLUMNS.items()}
    return Filters(
        grain=address.read_choice(GRAIN, default="style"),
        weeks=int(weeks) if weeks else None,
        equals={column: value for column, value in chosen.items() if value},
        find=address.read_choice(FIND, default="").strip(),
    )


def show_filters(styles: pd.DataFrame, *, language: Language) -> None:
    """Show the filter bar of the list.

    Parameters
    ----------
    styles : DataFrame
        ``rpt_style_returns``: which values there are.
    language : Language
    """
    address.keep_valid(GRAIN, options=GRAINS, default="style")
    address.keep_valid(SINCE, options=PERIODS, default="")
    bar = st.container(key="k_filters", horizontal=True, vertical_alignment="bottom")
    with bar:
        st.segmented_control(
            words.FILTER_GRAIN.pick(language),
            options=GRAINS,
            required=True,
            format_func=lambda grain: _name_grain(grain, language=language),
            key=GRAIN,
        )
        st.selectbox(
            words.FILTER_PERIOD.pick(language),
            options=PERIODS,
            format_func=lambda weeks: _name_period(weeks, language=language),
            placeholder=words.FILTER_ALL.pick(language),
            key=SINCE,
            width=130,
        )
        for key in ON_BAR:
            _show_select(key, styles=styles, language=language)
        st.text_input(
            words.FILTER_SEARCH.pick(language),
            key=FIND,
            placeholder=_find_example(styles, language=language),
            width=150,
        )
        _show_more(styles, language=language)


def show_style_filter(*, shown: str, language: Language) -> None:
    """Show the field in which a style is named; empty, it says which one is shown."""
    with st.container(key="k_style"):
        st.text_input(
            words.FILTER_STYLE.pick(language),
            key=STYLE,
            placeholder=shown or None,
            width=260,
        )


def describe(filters: Filters, *, language: Language) -> str:
    """Name what is chosen, for a sentence."""
    parts = [*filters.equals.values(), *([filters.find] if filters.find else [])]
    return ("・" if language.code == "ja" else ", ").join(parts)


def _show_more(styles: pd.DataFrame, *, language: Language) -> None:
    shown = [key for key in IN_POPOVER if len(_list_values(styles, key)) > 1]
    if not shown:
        return
    on = sum(1 for key in shown if address.read_choice(key, default=""))
    label = words.FILTER_MORE_ON.say(language, n=on) if on else words.FILTER_MORE.pick(language)
    with st.popover(label, key="k_more"):
        for key in shown:
            _show_select(key, styles=styles, language=language)


def _show_select(key: str, *, styles: pd.DataFrame, language: Language) -> None:
    values = _list_values(styles, key)
    address.keep_valid(key, options=["", *values], default="")
    if len(values) > 1:
        st.selectbox(
            LABELS[key].pick(language),
            options=["", *values],
            format_func=lambda value: _name_value(value, language=language),
            placeholder=words.FILTER_ALL.pick(language),
            key=key,
            width=150,
        )


def _list_values(styles: pd.DataFrame, key: str) -> list[str]:
    return sorted(styles[COLUMNS[key]].dropna().unique())


def _find_example(styles: pd.DataFrame, *, language: Language) -> str | None:
    if styles.empty:
        return None
    return words.FILTER_EXAMPLE.say(language, example=styles["style_id"].min())


def _name_value(value: str, *, language: Language) -> str:
    if not value:
        return words.FILTER_ALL.pick(language)
    return words.UNKNOWN.pick(language) if value == "unknown" else value


def _name_grain(grain: str, *, language: Language) -> str:
    return (words.FILTER_SKUS if grain == "sku" else words.FILTER_STYLES).pick(language)


def _name_period(weeks: str, *, language: Language) -> str:
    if not weeks:
        return words.FILTER_PERIOD_ALL.pick(language)
    return words.FILTER_PERIOD_WEEKS.say(language, n=weeks)
