"""Text that a spreadsheet would take for something else."""

from __future__ import annotations

import re


def neutralise_formula(value: object) -> object:
    """Put an apostrophe before text that a spreadsheet would run; numbers stay.

    Parameters
    ----------
    value : object

    Returns
    -------
    object
    """
    if isinstance(value, str) and re.match(r"[ \u3000]*[=+\-@\t\r\n\x00＝＋－＠]", value):
        return f"'{value}"
    return value
