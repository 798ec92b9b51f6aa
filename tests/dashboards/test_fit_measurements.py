"""Uneven steps between sizes: said in centimetres, and only where there are some."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.dashboards import shop_rows
from tests.dashboards.conftest import OpenPage
from tests.dashboards.serving_fixture import Rows
from tests.dashboards.test_pages import read_words

WriteAndUse = Callable[[Rows], Path]
STEP = {
    **{"style_id": "7712", "measure_code": "foot_length", "from_size_label": "24.5"},
    **{"size_label": "25.0", "size_order": 5, "measured_cm": 24.7, "step_cm": 0.2},
    **{"usual_step_cm": 0.35, "category_step_cm": 0.35, "step_difference_cm": -0.15},
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("ja", "足長: 24.5 から 25.0 は 0.20 cm、この型のほかの段差は 0.35 cm（−0.15 cm）"),
        ("en", "Foot length: 24.5 to 25.0 is 0.20 cm where the style steps by 0.35 cm (−0.15 cm)"),
    ],
)
@pytest.mark.parametrize("is_irregular", [True, False])
def test_only_a_step_that_is_out_of_line_is_said(
    open_page: OpenPage,
    write_and_use: WriteAndUse,
    *,
    is_irregular: bool,
    language: str,
    said: str,
) -> None:
    step = {**STEP, "is_irregular": is_irregular}
    rows = {**shop_rows.list_filled(), "rpt_fit_measurements": [step]}
    app = open_page(write_and_use(rows), page="one_style", lang=language, style="7712")
    assert not app.exception
    assert (said in read_words(app)) == is_irregular
