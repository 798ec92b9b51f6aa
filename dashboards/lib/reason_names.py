"""Names of reasons, from the taxonomy of the shop: its own names included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from dashboards.lib import serving
from dashboards.lib.language import Language

OWN_SYSTEMS: Final = frozenset({"taxonomy", ""})  # whose codes are ours


@dataclass(frozen=True)
class ReasonNames:
    """What reasons are called in one language.

    Attributes
    ----------
    labels : mapping of str to str
        By code.
    """

    labels: Mapping[str, str]

    def name(self, code: str, *, system: str = "") -> str:
        """Return the word for a reason; a code that the taxonomy does not know stays a code.

        Examples
        --------
        >>> names = ReasonNames({"FIT.SMALL": "Too small"})
        >>> names.name("FIT.SMALL"), names.name("2", system="rakuten")
        ('Too small', 'rakuten 2')
        """
        if code in self.labels:
            return self.labels[code]
        return code if system in OWN_SYSTEMS else f"{system} {code}"


def read_reason_names(language: Language) -> ReasonNames:
    """Read what reasons are called in the language of the page."""
    column = f"label_{language.code}_text"
    found = serving.read_mart("rpt_reason_labels", columns=["reason_code", column])
    return ReasonNames(dict(zip(found["reason_code"], found[column], strict=True)))
