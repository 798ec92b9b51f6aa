"""Bodies of customers as numbers, and the size that is usual for a body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from models_ml.fit.outcome_columns import (
    BODY_NUMBERS,
    CUSTOMER,
    Names,
    encode_words,
    learn_words,
)
from models_ml.rates.parts import Floats

MAX_TYPES: Final = 12  # names of body types that are told apart, the most frequent
_FURTHEST: Final = 3.0  # standard deviations; what is further is a slip of the pen, or told as such
_RIDGE: Final = 5.0  # rows
_BUILD: Final = "build"  # weight by the square of height
_CUP: Final = "cup"
_NUMBERS: Final = (*BODY_NUMBERS, _CUP, _BUILD)


@dataclass(frozen=True)
class Bodies:
    """Bodies of rows.

    Attributes
    ----------
    numbers : Floats of shape (n, 6)
        Height, weight, bust, age, cup, build, in standard deviations from the mean; 0 if unknown.
    is_missing : array of bool, shape (n, 6)
    types : Floats of shape (n, n_types)
        1 where the body is of the type.
    """

    numbers: Floats
    is_missing: npt.NDArray[np.bool_]
    types: Floats

    def lay_out(self) -> Floats:
        """Return all of it side by side, of shape (n, 6 + n_types)."""
        return np.hstack([self.numbers, self.types])


@dataclass(frozen=True)
class BodyScale:
    """How bodies are told as numbers.

    Attributes
    ----------
    means, spreads : Floats of shape (6,)
    types : Names
    customers : Names
    usual : Floats of shape (n_customers + 1, 6)
        Of each customer's rows, for rows that lack a number; the last is of nobody.
    """

    means: Floats
    spreads: Floats
    types: Names
    customers: Names
    usual: Floats

    def describe(self, rows: pd.DataFrame) -> Bodies:
        """Turn the columns of ``BODY`` into numbers."""
        numbers = _read_numbers(rows)
        usual = self.usual[encode_words(self.customers, rows[CUSTOMER])]
        numbers = np.where(np.isnan(numbers), usual, numbers)
        scaled = np.clip((numbers - self.means) / self.spreads, -_FURTHEST, _FURTHEST)
        is_missing = np.isnan(scaled)
        kind = encode_words(self.types, rows["body_type"])
        types = (kind[:, None] == np.arange(len(self.types))).astype(np.float64)
        return Bodies(np.where(is_missing, 0.0, scaled), is_missing, types)


@dataclass(frozen=True)
class BodyRule:
    """The size that is usual for a body.

    Attributes
    ----------
    weights : Floats of shape (n_terms,)
    """

    weights: Floats

    def expect(self, bodies: Bodies) -> Floats:
        """Return the usual place of the size, of shape (n,)."""
        expected: Floats = _build_terms(bodies) @ self.weights
        return expected


def learn_body_scale(rows: pd.DataFrame, *, customers: Names) -> BodyScale:
    """Learn means, spreads, types and each customer's usual numbers."""
    numbers = _read_numbers(rows)
    code = encode_words(customers, rows[CUSTOMER])
    is_known = ~np.isnan(numbers)
    told = np.where(is_known, numbers, 0.0)
    sums, counts = (
        np.stack([np.bincount(code, part, len(customers) + 1) for part in parts.T], axis=1)
        for parts in (told, is_known.astype(np.float64))
    )
    with np.errstate(invalid="ignore"):
        usual = np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)
    usual[-1] = np.nan
    known = np.maximum(is_known.sum(axis=0), 1)
    means = told.sum(axis=0) / known
    variances = np.where(is_known, (numbers - means) ** 2, 0.0).sum(axis=0) / known
    spreads = np.where(variances > 0, np.sqrt(variances), 1.0)
    types = rows["body_type"].value_counts().sort_index().sort_values(kind="stable")
    frequent = pd.Series(types.index[-MAX_TYPES:], dtype=object)
    return BodyScale(means, spreads, learn_words(frequent), customers, usual)


def learn_body_rule(bodies: Bodies, places: Floats, *, rows: npt.NDArray[np.bool_]) -> BodyRule:
    """Learn the usual place of a size from numbers, their squares and products (ridge)."""
    terms = _build_terms(bodies)[rows]
    square = terms.T @ terms + _RIDGE * np.eye(terms.shape[1])
    weights = np.linalg.solve(square, terms.T @ places[rows])
    return BodyRule(weights.astype(np.float64))


def _build_terms(bodies: Bodies) -> Floats:
    numbers = bodies.numbers
    one, other = np.triu_indices(numbers.shape[1])
    return np.hstack(
        [
            np.ones((len(numbers), 1)),
            numbers,
            numbers[:, one] * numbers[:, other],
            np.maximum(numbers - 1, 0.0) ** 2,
            bodies.is_missing.astype(np.float64),
            bodies.types,
        ]
    )


def _read_numbers(rows: pd.DataFrame) -> Floats:
    numbers = {name: rows[name].to_numpy(dtype=np.float64) for name in BODY_NUMBERS}
    height = np.where(numbers["height_in"] > 0, numbers["height_in"], np.nan)
    numbers[_CUP] = _read_cups(rows["bust_size_letter"])
    numbers[_BUILD] = numbers["weight_lbs"] / height**2
    return np.column_stack([numbers[name] for name in _NUMBERS])


def _read_cups(letters: pd.Series) -> Floats:
    """Place cups in their order: AA before A, DD between D and E; else not a number."""
    names = learn_words(letters)
    places = [_place_cup(str(name).strip().lower()) for name in names.seen]
    return np.array([*places, np.nan])[encode_words(names, letters)]


def _place_cup(letters: str) -> float:
    if not letters or not letters.isascii() or not letters.isalpha() or len(set(letters)) > 1:
        return np.nan
    if letters[0] == "a":
        return 2.0 - len(letters)
    return ord(letters[0]) - ord("a") + 1 + 0.5 * (len(letters) - 1)
