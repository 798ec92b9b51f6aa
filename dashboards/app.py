"""The router: one section per kind of user, filters before the page, one version per run."""

from __future__ import annotations

import streamlit as st

from dashboards.lib import markup, navigation, routing
from dashboards.lib.theme import read_stylesheet

st.set_page_config(page_title="kaeru", layout="wide", initial_sidebar_state=228)
markup.show_style(read_stylesheet())
navigation.show_logo(is_dark=st.context.theme.type == "dark")
routing.run()
