"""Which codes a reading may give, and which codes of the lexicon mean them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from models_ml.reasons.lexicon import load_lexicon

NONE: Final = "NONE"  # no reason in the text: the absence of all other codes, never learned
CODE_COLUMNS: Final = ("code", "reason_code")
LEXICON_COLUMN: Final = "lexicon_codes"


@dataclass(frozen=True)
class Taxonomy:
    """The codes of one label set.

    Attributes
    ----------
    codes : tuple of str
        Without ``NONE``, in the order of the file.
    lexicon : mapping of str to tuple of str
        Code of the lexicon to the codes here that it stands for; empty where no lexicon applies.
    is_of_kaeru : bool
        Whether direction and zone are read: the codes are the shipped ones or a shop's over them.
    """

    codes: tuple[str, ...]
    lexicon: Mapping[str, tuple[str, ...]]
    is_of_kaeru: bool

    def translate(self, codes: Iterable[str]) -> set[str]:
        """Say codes of the lexicon in codes of this taxonomy; those without one are dropped."""
        return {meant for code in codes for meant in self.lexicon.get(code, ())}


def parse_taxonomy(text: str) -> Taxonomy:
    r"""Read a taxonomy from CSV.

    Parameters
    ----------
    text : str
        With the column ``code`` alone no lexicon applies. ``lexicon_codes`` (separated by ``|``)
        names the codes of the lexicon that stand for this one, and may for others too. The
        shipped seed, with ``reason_code`` and more, is the taxonomy that the lexicon speaks.

    Returns
    -------
    Taxonomy

    Raises
    ------
    ValueError
        If there is no column of codes, no code, or one twice.

    Examples
    --------
    >>> parse_taxonomy("code,lexicon_codes\nFIT,FIT.SMALL|FIT.LARGE\n").lexicon
    {'FIT.SMALL': ('FIT',), 'FIT.LARGE': ('FIT',)}
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    header = rows.fieldnames or []
    column = next((name for name in CODE_COLUMNS if name in header), None)
    if column is None:
        raise ValueError(f"a taxonomy has a column code or reason_code, not {', '.join(header)}")
    records = [row for row in rows if (row[column] or "").strip()]
    codes = [row[column].strip() for row in records]
    if not codes or len(set(codes)) < len(codes):
        raise ValueError(f"a taxonomy has every code once, not {', '.join(sorted(codes))}")
    is_of_kaeru = len(header) > 1 and LEXICON_COLUMN not in header
    lexicon: dict[str, tuple[str, ...]] = {}
    if is_of_kaeru:
        lexicon = {code: (code,) for code in codes if code in load_lexicon().codes - {NONE}}
    for row in records:
        for spoken in filter(None, map(str.strip, (row.get(LEXICON_COLUMN) or "").split("|"))):
            lexicon[spoken] = (*lexicon.get(spoken, ()), row[column].strip())
    return Taxonomy(tuple(code for code in codes if code != NONE), lexicon, is_of_kaeru)
