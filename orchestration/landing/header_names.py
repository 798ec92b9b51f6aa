"""Find the headers of a file whatever their width, case and spacing."""

from __future__ import annotations

from collections.abc import Sequence

from orchestration.landing.refusals import fold, fold_name


class HeaderIndex:
    """The headers of one file.

    A name matches as written first, then in one width, then without regard to case and spacing:
    a file may hold both ``Name`` and ``name``.

    Parameters
    ----------
    names : sequence of str
        In file order.

    Examples
    --------
    >>> HeaderIndex(["注文番号", "Lineitem  SKU"]).find(("sku", "lineitem sku"))
    'Lineitem  SKU'
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._exact = {fold(name): name for name in reversed(self.names)}
        self._loose = {fold_name(name): name for name in reversed(self.names)}

    def find(self, alternatives: Sequence[str]) -> str | None:
        """Return the header that the first matching alternative names, as the file spells it."""
        for wanted in alternatives:
            if wanted in self.names:
                return wanted
            found = self._exact.get(fold(wanted)) or self._loose.get(fold_name(wanted))
            if found is not None:
                return found
        return None
