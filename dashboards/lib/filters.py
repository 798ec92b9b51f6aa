"""What a reader has chosen: filters that live in the URL and follow from page to page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd
import streamlit as st

from dashboards.lib import address
from dashboards.lib import words_frame as words
from dashboards.lib.language import Language, Words

GRAIN, STATE, FIND, STYLE = "by", "state", "find", "style"
SOURCE, READER, VERDICT = "source", "reader", "verdict"
OUTCOME, ACTION = "outcome", "action"
GRAINS: Final = ("style", "sku")
ALL_STATES: Final = "all"
STATES: Final = (ALL_STATES, "alarm", "changed", "watch", "early")
COLUMNS: Final = {
    "season": "season_name",
    "category": "category_name",
    "brand": "brand_name",
}
LABELS: Final[dict[str, Words]] = {
    "season": words.FILTER_SEASON,
    "category": words.FILTER_CATEGORY,
    "brand": words.FILTER_BRAND,
}
ON_BAR: Final = ("season", "category")
IN_POPOVER: Final = ("brand",)
LIST_DEFAULTS: Final = {
    GRAIN: "style",
    STATE: ALL_STATES,
    **dict.fromkeys(COLUMNS, ""),
    FIND: "",
}
STYLE_DEFAULTS: Final = {STYLE: ""}
REVIEW_DEFAULTS: Final = {READER: ""}
FIT_DEFAULTS: Final = {VERDICT: ALL_STATES, **dict.fromkeys(COLUMNS, ""), FIND: ""}
ACTION_DEFAULTS: Final = {
    **{OUTCOME: ALL_STATES, ACTION: "", FIND: ""},
    **dict.fromkeys(COLUMNS, ""),
}
WHY_DEFAULTS: Final = {SOURCE: "stated", **dict.fromkeys(COLUMNS, ""), FIND: ""}


@dataclass(frozen=True)
class Filters:
    """What is chosen.

    Attributes
    ----------
    grain : {"style", "sku"}
    state : str
        One of ``STATES``.
    equals : mapping of str to str
        Column of the marts to the value that it must have.
    find : str
        Part of a number or a name.
    """

    grain: str
    state: str
    equals: dict[str, str]
    find: str

    @property
    def is_any(self) -> bool:
        """Say whether something is left out."""
        return bool(self.state != ALL_STATES or self.equals or self.find)

    def keep(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Keep the rows that are chosen, whatever their state.

        Parameters
        ----------
        frame : DataFrame
            With the columns of ``COLUMNS``, ``style_id``, ``style_name`` and perhaps ``sku``.
        """
        kept = frame
        for column, value in self.equals.items():
            kept = kept[kept[column] == value]
        if self.find:
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
    address.forget([STATE, VERDICT, OUTCOME, *COLUMNS, FIND])


def read_grain() -> str:
    """Read whether styles or SKUs are asked for; styles where an address says nonsense."""
    grain = address.read_choice(GRAIN, default="style")
    return grain if grain in GRAINS else "style"


def read_source() -> str:
    """Read by whose word reasons are asked for."""
    return address.read_choice(SOURCE, default="stated")


def read_verdict() -> str:
    """Read which verdict is asked for."""
    return address.read_choice(VERDICT, default=ALL_STATES)


def read_outcome() -> str:
    """Read which verdict on actions is asked for."""
    return address.read_choice(OUTCOME, default=ALL_STATES)


def read_filters() -> Filters:
    """Read what is chosen at this moment."""
    chosen = {column: address.read_choice(key, default="") for key, column in COLUMNS.items()}
    return Filters(
        grain=read_grain(),
        state=address.read_choice(STATE, default=ALL_STATES),
        equals={column: value for column, value in chosen.items() if value},
        find=address.read_choice(FIND, default="").strip(),
    )


def keep_choices_valid(rows: pd.DataFrame) -> None:
    """Take off what the filters do not offer, such as a season from an old link.

    Parameters
    ----------
    rows : DataFrame
        Of the list: which values there are.
    """
    address.keep_valid(GRAIN, options=GRAINS, default="style")
    address.keep_valid(STATE, options=STATES, default=ALL_STATES)
    for key in COLUMNS:
        address.keep_valid(key, options=["", *_list_values(rows, key)], default="")


def show_filters(rows: pd.DataFrame, *, counts: Mapping[str, int], language: Language) -> None:
    """Show the filter bar of the list.

    Parameters
    ----------
    rows : DataFrame
        Of the list: which values there are.
    counts : mapping of str to int
        Rows of each state under the other filters.
    language : Language
    """
    bar = st.container(key="k_filters", horizontal=True, vertical_alignment="bottom")
    with bar:
        _show_segments(
            STATE,
            label=words.FILTER_STATE.pick(language),
            names={
                state: f"{name.pick(language)} {language.count(counts[state])}"
                for state, name in words.FILTER_STATES.items()
            },
        )
        _show_segments(
            GRAIN,
            label=words.FILTER_GRAIN.pick(language),
            names={
                "style": words.FILTER_STYLES.pick(language),
                "sku": words.FILTER_SKUS.pick(language),
            },
        )
        for key in ON_BAR:
            _show_select(key, rows=rows, language=language)
        st.text_input(
            words.FILTER_SEARCH.pick(language),
            key=FIND,
            placeholder=_find_example(rows, language=language),
            width=118,
        )
        _show_more(rows, language=language)


def show_choice_filters(
    rows: pd.DataFrame, *, key: str, names: Mapping[str, str], label: str, language: Language
) -> None:
    """Show a filter bar that begins with one choice: whose reasons, or which verdict.

    Parameters
    ----------
    rows : DataFrame
        Styles: which seasons, categories and brands there are.
    key : str
        Of the choice in the URL.
    names : mapping of str to str
        What can be chosen, with its name; the first where something else is asked for.
    label : str
        What the choice is called.
    language : Language
    """
    address.keep_valid(key, options=list(names), default=next(iter(names)))
    for column in COLUMNS:
        address.keep_valid(column, options=["", *_list_values(rows, column)], default="")
    with st.container(key="k_filters", horizontal=True, vertical_alignment="bottom"):
        _show_segments(key, label=label, names=names)
        for column in ON_BAR:
            _show_select(column, rows=rows, language=language)
        st.text_input(
            words.FILTER_SEARCH.pick(language),
            key=FIND,
            placeholder=_find_example(rows, language=language),
            width=118,
        )
        _show_more(rows, language=language)


def show_style_filter(*, shown: str, language: Language) -> None:
    """Show the field in which a style is named; empty, it says which one is shown."""
    with st.container(key="k_style"):
        st.text_input(
            words.FILTER_STYLE.pick(language),
            key=STYLE,
            placeholder=shown or None,
            width=260,
        )


def show_action(names: Mapping[str, str], *, opened: str, label: str) -> None:
    """Show the field in which one action is opened."""
    address.keep_valid(ACTION, options=list(names), default=opened)
    shown = {"options": list(names), "format_func": names.__getitem__, "placeholder": label}
    st.selectbox(label, **shown, key=ACTION, width=420)


def show_reader(*, label: str, example: str) -> None:
    """Show the field in which who reads writes a name."""
    with st.container(key="k_style"):
        st.text_input(label, key=READER, placeholder=example, max_chars=80, width=260)


def describe(filters: Filters, *, language: Language) -> str:
    """Name what is chosen, for a sentence."""
    parts = [*filters.equals.values(), *([filters.find] if filters.find else [])]
    if filters.state != ALL_STATES:
        parts = [words.FILTER_STATES[filters.state].pick(language), *parts]
    return ("・" if language.code == "ja" else ", ").join(parts)


def _show_segments(key: str, *, label: str, names: Mapping[str, str]) -> None:
    st.segmented_control(
        label, options=list(names), required=True, format_func=names.__getitem__, key=key
    )


def _show_more(rows: pd.DataFrame, *, language: Language) -> None:
    shown = [key for key in IN_POPOVER if len(_list_values(rows, key)) > 1]
    if not shown:
        return
    on = sum(1 for key in shown if address.read_choice(key, default=""))
    label = words.FILTER_MORE_ON.say(language, n=on) if on else words.FILTER_MORE.pick(language)
    with st.popover(label, key="k_more"):
        for key in shown:
            _show_select(key, rows=rows, language=language)


def _show_select(key: str, *, rows: pd.DataFrame, language: Language) -> None:
    values = _list_values(rows, key)
    if len(values) > 1:
        st.selectbox(
            LABELS[key].pick(language),
            options=["", *values],
            format_func=lambda value: _name_value(value, language=language),
            placeholder=words.FILTER_ALL.pick(language),
            key=key,
            width=118,
        )


def _list_values(rows: pd.DataFrame, key: str) -> list[str]:
    return sorted(rows[COLUMNS[key]].dropna().unique())


def _find_example(rows: pd.DataFrame, *, language: Language) -> str | None:
    if rows.empty:
        return None
    return words.FILTER_EXAMPLE.say(language, example=rows["style_id"].min())


def _name_value(value: str, *, language: Language) -> str:
    if not value:
        return words.FILTER_ALL.pick(language)
    return words.UNKNOWN.pick(language) if value == "unknown" else value
