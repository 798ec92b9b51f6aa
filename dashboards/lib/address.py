"""What a reader has chosen, kept in the address, and kept while other pages are open.

Streamlit can bind a widget to the address itself, but then the address holds the words of one
language (``?lang=日本語``). Here it holds codes: a link works in both languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import streamlit as st

STASH: Final = "k_stash"  # values of widgets that are not on the page of the moment
WRITTEN: Final = "k_written"  # what the address held after the last run
PAGE: Final = "k_page"  # page of the last run


def read_address(keys: Sequence[str], *, page: str | None) -> None:
    """Give the widgets their values before they are built.

    A value in the address that we did not write goes first: a link, or the browser's way back. One
    that is gone from the address of the same page is taken off. What was chosen before on another
    page comes back.

    Parameters
    ----------
    keys : sequence of str
        Names in the address, and keys of the widgets.
    page : str or None
        Page of this run; None for what follows over all pages and is never taken off by a link.
    """
    state = st.session_state
    stash, written = state.setdefault(STASH, {}), state.setdefault(WRITTEN, {})
    is_same_page = page is not None and state.get(PAGE) == page
    for key in keys:
        found = st.query_params.get(key)
        if found is not None and found != written.get(key):
            state[key] = found
        elif found is None and is_same_page and key in written:
            state[key] = stash[key] = ""
        elif key not in state and stash.get(key):
            state[key] = stash[key]
    if page is not None:
        state[PAGE] = page


def write_address(defaults: Mapping[str, str], *, others: Iterable[str]) -> None:
    """Write what is chosen into the address; a default is left out of it.

    Parameters
    ----------
    defaults : mapping of str to str
        Keys of the widgets on this page.
    others : iterable of str
        Keys of other pages, which do not belong into the address of this one.
    """
    state = st.session_state
    written: dict[str, str] = {}
    for key in set(others) - set(defaults):
        st.query_params.pop(key, None)
    for key, default in defaults.items():
        value = str(state.get(key) or default)
        state.setdefault(STASH, {})[key] = value
        if value != default:
            written[key] = value
            if st.query_params.get(key) != value:
                st.query_params[key] = value
        elif key in st.query_params:
            del st.query_params[key]
    state[WRITTEN] = written


def build_query(defaults: Mapping[str, str]) -> dict[str, str]:
    """Build what the address of another page must hold: what is chosen there, no defaults.

    A page that opens with its whole address needs no second one, and the way back stays one step.

    Parameters
    ----------
    defaults : mapping of str to str
        Keys of the widgets on that page.
    """
    stash = st.session_state.get(STASH, {})
    chosen = {key: st.session_state.get(key) or stash.get(key) for key in defaults}
    return {key: str(value) for key, value in chosen.items() if value and value != defaults[key]}


def read_choice(key: str, *, default: str) -> str:
    """Return what is chosen, also before its widget is built."""
    return str(st.session_state.get(key) or default)


def keep_valid(key: str, *, options: Sequence[str], default: str) -> None:
    """Take off a value that the widget does not offer, such as one from an old link."""
    if st.session_state.get(key) not in options:
        st.session_state[key] = default


def forget(keys: Sequence[str]) -> None:
    """Take values off, here and on the other pages; a callback of a button."""
    stash = st.session_state.setdefault(STASH, {})
    for key in keys:
        st.session_state[key] = stash[key] = ""
