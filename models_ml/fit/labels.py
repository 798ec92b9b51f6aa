"""Size labels that nothing is known of: listed, never guessed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

import pandas as pd

from models_ml.fit.evidence import check_evidence, order_styles
from models_ml.fit.sizes import UNORDERED, parse_size

COLUMNS: Final = ("style_id", "size_label", "is_blocking")
KEY_COLUMNS: Final = ("size_label", "size_key_text", "is_known")


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


def key_labels(labels: Iterable[str]) -> pd.DataFrame:
    """Give labels that mean one size one key, so that two files can be held against each other.

    Parameters
    ----------
    labels : iterable of str
        Each once.

    Returns
    -------
    DataFrame
        One row per ``size_label``, sorted, with ``size_key_text`` and ``is_known``: False where
        ``parse_size`` cannot read it; its key is then the label itself, whatever its width, case
        and blanks.

    Examples
    --------
    >>> keys = key_labels(["LL", "XL", "でか"]).set_index("size_label")["size_key_text"]
    >>> keys["LL"] == keys["XL"], keys["でか"]
    (True, 'label でか')
    """
    rows = [(label, *_key_label(label)) for label in sorted(labels)]
    return pd.DataFrame(rows, columns=list(KEY_COLUMNS)).astype({"is_known": bool})


def _key_label(label: str) -> tuple[str, bool]:
    size = parse_size(label)
    if size is None:
        folded = " ".join(unicodedata.normalize("NFKC", label).upper().split())
        return f"label {folded}", False
    return " ".join([size.system, *(f"{place:g}" for place in size.place)]), True
