"""How much more often each customer, style and size is small or large than the rest of it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from models_ml.fit.outcome_columns import Numbers
from models_ml.rates.parts import Floats

_FIT: Final = 1  # place of ``fit`` among the outcomes
_ROUNDS: Final = 3  # over all levels
_STEPS: Final = 2  # of one level in a round


@dataclass(frozen=True)
class Level:
    """A column whose values have rates of their own.

    Attributes
    ----------
    codes : Numbers of shape (n,)
        The value of each row, from 0; ``count`` where it has none.
    count : int
        Values there are.
    strength : float
        Rows at the usual rates that are believed of each value before any is seen.
    """

    codes: Numbers
    count: int
    strength: float


@dataclass(frozen=True)
class Rates:
    """What was learned.

    Attributes
    ----------
    usual : Floats of shape (3,)
        Shares of the outcomes over all rows.
    factors : mapping of str to Floats of shape (count + 1, 3)
        By level: what each value multiplies the odds by, ``fit`` at 1. The last row is of no value.
    seen : mapping of str to Floats of shape (count + 1,)
        By level: rows of each value.
    """

    usual: Floats
    factors: Mapping[str, Floats]
    seen: Mapping[str, Floats]

    def describe(self, codes: Mapping[str, Numbers]) -> dict[str, Floats]:
        """Say what is known of rows.

        Parameters
        ----------
        codes : mapping of str to Numbers of shape (n,)
            By level.

        Returns
        -------
        dict of str to Floats of shape (n, 3)
            By level the log factors of small and large and log(1 + rows); as ``all`` the log odds
            of small and large against fit, of shape (n, 2).
        """
        parts = {}
        total = np.tile(np.log(self.usual / self.usual[_FIT])[[0, 2]], (_count_rows(codes), 1))
        for name, factors in self.factors.items():
            logs = np.log(factors[:, [0, 2]])[codes[name]]
            total += logs
            parts[name] = np.column_stack([logs, np.log1p(self.seen[name][codes[name]])])
        return parts | {"all": total}

    def extrapolate(self, times: float) -> Rates:
        """Return the same factors, as if they rested on so many times the rows."""
        seen = {name: counts * times for name, counts in self.seen.items()}
        return Rates(self.usual, self.factors, seen)


def learn_rates(
    levels: Mapping[str, Level], outcomes: Floats, *, rows: npt.NDArray[np.bool_]
) -> Rates:
    """Learn the factors of all levels together.

    Every value multiplies the odds of small and of large. In turn each level is scaled to what
    its values saw against what the other levels expect of them, as in iterative proportional
    fitting, where ``strength`` rows at the usual rates have been seen of each value already. So a
    style is held against its sizes and customers, and what is seen little stays near 1. What comes
    first explains first: a style is drawn to its category.

    Parameters
    ----------
    levels : mapping of str to Level
    outcomes : Floats of shape (n, 3)
        1 where it happened.
    rows : array of bool, shape (n,)
        Those to learn from.

    Returns
    -------
    Rates
    """
    truth = outcomes[rows]
    # Half a row of each, so that an outcome that a fold lacks is not impossible.
    usual: Floats = (truth.sum(axis=0) + 0.5) / (len(truth) + 1.5)
    codes = {name: level.codes[rows] for name, level in levels.items()}
    factors = {name: np.ones((level.count + 1, 3)) for name, level in levels.items()}
    happened = {
        name: _sum_by(codes[name], truth, count=level.count + 1) for name, level in levels.items()
    }
    odds = np.tile(usual, (len(truth), 1))
    for _ in range(_ROUNDS):
        for name, level in levels.items():
            code, believed = codes[name], level.strength * usual
            others = odds / factors[name][code]
            for _ in range(_STEPS):
                expected = others * factors[name][code]
                expected /= expected.sum(axis=1, keepdims=True)
                told = _sum_by(code, expected, count=level.count + 1)
                scaled = factors[name] * (happened[name] + believed)
                scaled /= told + believed * factors[name]
                factors[name] = scaled / scaled[:, [_FIT]]
                factors[name][-1] = 1.0
            odds = others * factors[name][code]
    seen = {name: counts.sum(axis=1) for name, counts in happened.items()}
    for counts in seen.values():
        counts[-1] = 0.0
    return Rates(usual, factors, seen)


def _sum_by(code: Numbers, values: Floats, *, count: int) -> Floats:
    return np.stack([np.bincount(code, part, count) for part in values.T], axis=1)


def _count_rows(codes: Mapping[str, Numbers]) -> int:
    return len(next(iter(codes.values())))
