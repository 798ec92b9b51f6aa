"""By which rule each return was decided, and by whom: planted."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from orchestration.demo.columns import blank_where, pick_words
from orchestration.demo.ordering import Bools

REVIEW_SHARE: Final = 0.1  # of requests: a rule sends them to a person
OVERRIDE_SHARE: Final = 0.02  # of requests: a person decides against the rule
APPROVING, DENYING, REVIEWING = range(3)
RULES: Final = ("in-window", "out-of-window", "ask-a-person")
VERSIONS: Final = ("1", "2")
PEOPLE: Final = ("K1", "K2", "K3")
DECISION_TRUTH: Final[dict[str, Any]] = {
    "review_share": REVIEW_SHARE,
    "override_share": OVERRIDE_SHARE,
    "rules": dict(zip(("approve", "deny", "review"), RULES, strict=True)),
}


def draw_decisions(
    is_denied: Bools, *, is_changed: Bools, rng: np.random.Generator
) -> dict[str, pa.Array]:
    """Draw the columns of ``return_requests`` that say how a request was decided.

    Parameters
    ----------
    is_denied : Bools of shape (n_returns,)
        What was decided in the end.
    is_changed : Bools of shape (n_returns,)
        Ordered after the planted change of the policy: its second version decides.
    rng : Generator
    """
    count = len(is_denied)
    draw = rng.random(count)
    is_override = draw < OVERRIDE_SHARE
    is_review = ~is_override & (draw < OVERRIDE_SHARE + REVIEW_SHARE)
    rule = np.where(is_denied != is_override, DENYING, APPROVING)
    rule = np.where(is_review, REVIEWING, rule)
    is_system = ~is_override & ~is_review
    people = pick_words(PEOPLE, rng.integers(0, len(PEOPLE), count))
    minutes = pa.array(rng.integers(2, 15, count))
    return {
        "decision_rule_id": pick_words(RULES, rule),
        "policy_version": pick_words(VERSIONS, is_changed.astype(np.int64)),
        "decided_by": pc.if_else(pa.array(is_system), "system", people),
        "review_minutes": blank_where(is_system, minutes),
    }
