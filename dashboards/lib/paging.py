"""Pages of a long list: they begin again when the question changes."""

from __future__ import annotations

from typing import Final

import streamlit as st

STATE: Final = "k_paging"  # per list: what it is about, the number, and how often it began again


def find_page(name: str, *, about: object, rows: int, size: int) -> int:
    """Return the page to show, from 1.

    Parameters
    ----------
    name : str
        Name of the list.
    about : object
        What the list answers; another question begins at page 1.
    rows, size : int
        Rows of the list and of a page.
    """
    lists = st.session_state.setdefault(STATE, {})
    before = lists.get(name, {"about": about, "number": 1, "turn": 0})
    if before["about"] != about:
        before = {"about": about, "number": 1, "turn": before["turn"] + 1}
    chosen = st.session_state.get(_build_key(name, before["turn"])) or before["number"]
    number = max(1, min(int(chosen), -(-rows // size)))
    lists[name] = {**before, "number": number}
    return number


def show_pages(name: str, *, rows: int, size: int) -> None:
    """Show the numbers of the pages where there are several; after ``find_page``."""
    page_count = -(-rows // size)
    if page_count > 1:
        state = st.session_state[STATE][name]
        st.pagination(page_count, default=state["number"], key=_build_key(name, state["turn"]))


def _build_key(name: str, turn: int) -> str:
    return f"k_page_{name}_{turn}"
