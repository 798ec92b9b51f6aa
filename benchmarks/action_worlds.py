"""Synthetic actions with a known effect, often none: what the verdicts on actions are judged by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from models_ml.actions.evidence import WEEKS, ActionEvidence, Floats, Span

HISTORY_WEEKS: Final = 26
ALL_WEEKS: Final = HISTORY_WEEKS + 2 * WEEKS


@dataclass(frozen=True)
class World:
    """How styles of a category come back.

    Attributes
    ----------
    name : str
    units : float
        Median units of a style in ``WEEKS`` weeks.
    styles : int
        Styles of the category and price band, the acted one included.
    rate : float
        Of the category.
    spread : float
        Of the log of a style's rate.
    week_spread : float
        Of the log of a style's rate from week to week, independent.
    wander : float
        Of the log of a style's rate from one ``WEEKS`` weeks to the next, a random walk.
    lag_spread : float
        Of how far a style's returns are developed, around the curve that is believed.
    is_worst : bool
        Whether the style is acted on that came back most often in the weeks before; else any.
    """

    name: str
    units: float = 300.0
    styles: int = 60
    rate: float = 0.18
    spread: float = 0.25
    week_spread: float = 0.0
    wander: float = 0.0
    lag_spread: float = 0.0
    is_worst: bool = False


WORLDS: Final = (
    World("styles differ, any is acted on"),
    World("the worst is acted on", is_worst=True),
    World("the worst is acted on, small styles", units=40.0, is_worst=True),
    World("the worst is acted on, few styles", styles=9, is_worst=True),
    World("the worst is acted on, large styles", units=4_000.0, is_worst=True),
    World("weeks vary more than chance", units=1_000.0, week_spread=0.25, is_worst=True),
    World("rates wander", units=1_000.0, wander=0.10, is_worst=True),
    World("weeks vary, rates wander, lags differ", 600.0, 40, 0.25, 0.35, 0.2, 0.08, 0.1, True),  # noqa: FBT003
    World("low rates", rate=0.04, spread=0.4, is_worst=True),
    World("high rates", rate=0.45, spread=0.15, is_worst=True),
)


def draw_action(world: World, *, fault: float, rng: np.random.Generator) -> ActionEvidence:
    """Draw a category, and act on one of its styles.

    Parameters
    ----------
    world : World
    fault : float
        What a fault adds to the rate of one style until the action on it removes it, in [0, 1];
        0 for an action that changes nothing.
    rng : Generator
    """
    count = world.styles
    rate = np.clip(_draw_rates(world, rng=rng), 0.002, 0.95)
    if fault:
        rate[0, :-WEEKS] = np.minimum(rate[0, :-WEEKS] + fault, 0.95)
    sold = world.units / WEEKS * rng.lognormal(0.0, 0.7, count)
    delivered = rng.poisson(sold[:, None], (count, ALL_WEEKS)).astype(np.float64)
    developed = np.ones(ALL_WEEKS)
    # The last week is 80 % developed when an action is judged, the first almost wholly.
    developed[-WEEKS:] = np.linspace(0.995, 0.8, WEEKS)
    own = np.clip(developed ** rng.lognormal(0.0, 5 * world.lag_spread, (count, 1)), 0.0, 1.0)
    returned = rng.binomial(delivered.astype(np.int64), np.clip(rate * own, 0.0, 1.0)).astype(float)
    before = slice(HISTORY_WEEKS, HISTORY_WEEKS + WEEKS)
    acted = 0
    if not fault:
        seen = delivered[:, before].sum(axis=1), returned[:, before].sum(axis=1)
        acted = _choose(world, *seen, rng=rng)
    order = np.array([acted, *(style for style in range(count) if style != acted)])
    span = Span(delivered[order], delivered[order] * developed, returned[order])
    return _lay_out(span)


def _draw_rates(world: World, *, rng: np.random.Generator) -> Floats:
    shape = (world.styles, ALL_WEEKS)
    walk = np.cumsum(rng.normal(0.0, world.wander / np.sqrt(WEEKS), shape), axis=1)
    week = rng.normal(0.0, 0.08, (1, ALL_WEEKS))  # weeks in which everything comes back more
    style = rng.normal(0.0, world.spread, (world.styles, 1))
    noise = rng.normal(0.0, world.week_spread, shape)
    return np.asarray(world.rate * np.exp(style + walk + week + noise - world.spread**2 / 2))


def _choose(world: World, delivered: Floats, returned: Floats, *, rng: np.random.Generator) -> int:
    if not world.is_worst:
        return int(rng.integers(world.styles))
    seen = returned / np.maximum(delivered, 1.0)
    return int(np.argmax(np.where(delivered >= np.median(delivered) / 2, seen, -1.0)))


def _lay_out(span: Span) -> ActionEvidence:
    history, before, after = (
        Span(span.delivered[:, part], span.developed[:, part], span.returned[:, part])
        for part in (
            slice(0, HISTORY_WEEKS),
            slice(HISTORY_WEEKS, HISTORY_WEEKS + WEEKS),
            slice(HISTORY_WEEKS + WEEKS, None),
        )
    )
    whole = Span(
        history.delivered.sum(axis=1, keepdims=True),
        history.developed.sum(axis=1, keepdims=True),
        history.returned.sum(axis=1, keepdims=True),
    )
    styles = [f"{number:04d}" for number in range(len(span.delivered))]
    return ActionEvidence("A", styles, is_due=True, history=whole, before=before, after=after)
