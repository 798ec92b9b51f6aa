"""The bars of operations.md §1, on a tenth of the real addresses; the card has all of them."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.address_faults import CHECK, DATA, TUNE, choose_part, read_typed
from benchmarks.addresses import SEED, measure_faults
from models_ml.addresses.checking import check_address
from models_ml.addresses.codes import ASK, CORRECT
from models_ml.addresses.postal_index import PostalIndex

DETECTED = {
    "postal": 0.99,
    "prefecture": 0.999,
    "city": 0.999,
    "ward": 0.999,
    "lot: left out": 0.998,
    "lot: left out, a building stays": 0.96,
    "lot: 1-2-3 cut to 1": 0.93,
}
RIGHT = {"postal": 0.998, "ward": 0.998, "town": 0.96}
HELD = 0.0032

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.exists(), reason=f"{DATA} is not beside the repository"),
]


@pytest.fixture(scope="module")
def counts(index: PostalIndex) -> dict[str, Counter[str]]:
    tallies = measure_faults(index, read_typed()[::10], seed=SEED)
    found: dict[str, Counter[str]] = {}
    for (kind, _), tally in tallies.items():
        for name in {kind, kind.partition(":")[0]}:
            found.setdefault(name, Counter()).update(tally.counts)
    return found


@pytest.mark.parametrize("kind", DETECTED)
def test_faults_are_detected(counts: dict[str, Counter[str]], kind: str) -> None:
    assert counts[kind]["detected"] / counts[kind]["n"] >= DETECTED[kind]


@pytest.mark.parametrize("kind", RIGHT)
def test_corrections_are_right(counts: dict[str, Counter[str]], kind: str) -> None:
    assert counts[kind][CORRECT] > 0
    assert counts[kind]["right"] / counts[kind][CORRECT] >= RIGHT[kind]


def test_untouched_addresses_are_not_held(index: PostalIndex) -> None:
    typed = read_typed()  # all of them: one in four hundred is, and a tenth would say little
    lanes = Counter(check_address(index, address, postal=postal).lane for postal, address in typed)
    assert lanes[ASK] / len(typed) <= HELD


def test_an_address_is_always_in_the_same_part() -> None:
    parts = Counter(choose_part(*pair) for pair in read_typed())
    assert set(parts) == {TUNE, CHECK}
    assert min(parts.values()) > 0.49 * sum(parts.values())
