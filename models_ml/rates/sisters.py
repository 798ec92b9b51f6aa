"""What the SKUs of a style share: a shift of the log odds, integrated over on a few nodes.

The shift of a style is u = spread × z with z ~ N(0, 1), and a style is of one of two kinds: in most
a small share of the SKUs is of another kind, in mixed ones half. Given both the SKUs of a style are
independent, so that the likelihood of a style is Σ share(kind) ∫ N(z) Π L(SKU | z, kind) dz: a sum
over nodes, and the weights of the nodes after the style's counts are what all its SKUs say. Each
SKU's own counts enter them once. The sum is taken twice: on nodes that cover every shift there may
be, and on as many closer ones where those have found the style's.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import logsumexp

from models_ml.rates.parts import Floats, Labels

Places: TypeAlias = npt.NDArray[np.intp]

NODES: Final = np.linspace(-4.0, 4.0, 17)  # standard deviations of the styles' spread
FIT_NODES: Final = np.linspace(-3.5, 3.5, 11)  # the same for the fit of the priors
MIXED: Final = 0.5  # share of the SKUs of a mixed style that are of another kind
CLOSER: Final = 17  # nodes of the second sum
_FAR: Final = 1e-5  # a node that weighs less than this is left behind by the second sum


def sort_by_style(evidence: Floats, *, style: Labels) -> Places:
    """Order rows style by style, in an order that neither names nor the order of rows decide.

    Parameters
    ----------
    evidence : Floats of shape (n_columns, n_rows)
        What makes rows and styles differ.
    style : Labels of shape (n_rows,)

    Returns
    -------
    Places of shape (n_rows,)
    """
    order = np.lexsort((*evidence[::-1], style))
    starts = find_starts(style[order])
    if len(starts) == 0:
        return order
    lengths = np.diff([*starts, len(order)])
    sums = np.add.reduceat(evidence[:, order], starts, axis=1)
    rank = np.empty(len(starts), dtype=np.int64)
    rank[np.lexsort((*sums[::-1], lengths))] = np.arange(len(starts))
    return order[np.argsort(np.repeat(rank, lengths), kind="stable")]


def find_starts(style: Labels) -> Places:
    """Find where each style begins in rows that lie style by style."""
    is_start = np.ones(len(style), dtype=np.bool_)
    is_start[1:] = style[1:] != style[:-1]
    return np.flatnonzero(is_start)


def weigh_nodes(
    log_likelihood: Floats, *, nodes: Floats, mixed_share: Floats | float, starts: Places
) -> tuple[Floats, Floats]:
    """Weigh the nodes of each style by the counts of all its SKUs.

    Parameters
    ----------
    log_likelihood : Floats of shape (n_rows, n_kinds, n_nodes)
        Of each row's counts in a style of each kind at each node, rows style by style.
    nodes : Floats of shape (n_nodes,) or (n_styles, n_nodes)
        Equally spaced, in standard deviations.
    mixed_share : Floats of shape (n_styles,) or float
        Share of styles of the second kind; without one it says nothing.
    starts : Places of shape (n_styles,)
        First row of each style.

    Returns
    -------
    tuple of Floats of shape (n_styles, n_kinds, n_nodes) and (n_styles,)
        Weights that sum to 1, and the log likelihood of the style's counts.
    """
    prior = -0.5 * nodes**2
    prior = prior - logsumexp(prior, axis=-1, keepdims=True)
    joint = np.add.reduceat(log_likelihood, starts, axis=0) + prior[..., None, :]
    if joint.shape[1] > 1:
        joint[:, 0] += np.log1p(-np.asarray(mixed_share))[..., None]
        joint[:, 1] += np.log(mixed_share)[..., None]
    total = logsumexp(joint, axis=(1, 2), keepdims=True)
    weight: Floats = np.exp(joint - total)
    return weight, total[:, 0, 0]


def move_closer(weight: Floats) -> Floats:
    """Place closer nodes where a style's shift may be.

    Parameters
    ----------
    weight : Floats of shape (n_styles, n_nodes)
        Of ``NODES``.

    Returns
    -------
    Floats of shape (n_styles, CLOSER)
        From one node below the first that weighs something to one above the last.
    """
    is_near = weight > _FAR
    last = len(NODES) - 1
    low = np.maximum(is_near.argmax(axis=1) - 1, 0)
    high = np.minimum(last - is_near[:, ::-1].argmax(axis=1) + 1, last)
    steps = np.linspace(0.0, 1.0, CLOSER)
    closer: Floats = NODES[low][:, None] + (NODES[high] - NODES[low])[:, None] * steps
    return closer
