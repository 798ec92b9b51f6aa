"""Size labels that nothing is known of: listed, never guessed."""

from __future__ import annotations

from typing import Final

import pandas as pd

from models_ml.fit.evidence import check_evidence, order_styles
from models_ml.fit.sizes import UNORDERED

COLUMNS: Final = ("style_id", "size_label", "is_blocking")


def list_unknown_labels(evidence: pd.DataFrame) -> pd.DataFrame:
    """List the labels that ``parse_size`` cannot read.

    Parameters
    ----------
    evidence : DataFrame
        As ``estimate_fit`` takes it. Source: ``marts.rpt_fit_evidence``.

    Returns
    -------
    DataFrame
        One row per ``style_id`` and ``size_label``, sorted, with ``is_blocking``: the sizes of the
        style have no order, so that no verdict can speak of a part of them. False where the
        products give the order.

    Raises
    ------
    ValueError
        If a column is missing, or a style has a size twice.
    """
    check_evidence(evidence)
    rows = [
        (style.style_id, label, style.order.basis == UNORDERED)
        for style in order_styles(evidence)
        for label in style.order.unknown
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype({"is_blocking": bool})
