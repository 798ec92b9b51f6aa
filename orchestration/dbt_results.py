"""How the models and tests of a build ended, as dbt wrote it down."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from orchestration.publication import CheckCounts

RESULTS_FILE: Final = "run_results.json"
ALL_RESULTS: Final = "run_results*.json"
FAILED: Final = frozenset({"fail", "error", "runtime error", "partial success"})
MAX_MESSAGE_LINES: Final = 4


@dataclass(frozen=True)
class DbtFailure:
    """One model or test that failed.

    Attributes
    ----------
    name : str
    message : str
        One line.
    """

    name: str
    message: str


@dataclass(frozen=True)
class DbtResults:
    """How a build ended.

    Attributes
    ----------
    models : int
        Models that were built.
    tests : CheckCounts
        Tests that ran; those behind a failure are skipped and in no count.
    failures : tuple of DbtFailure
        By name.
    """

    models: int = 0
    tests: CheckCounts = field(default_factory=CheckCounts)
    failures: tuple[DbtFailure, ...] = ()


def read_dbt_results(target: Path) -> DbtResults:
    """Read how the last build ended.

    Parameters
    ----------
    target : Path
        The dbt target folder.

    Returns
    -------
    DbtResults
        Empty when dbt did not come as far as writing results.
    """
    results = [
        one
        for path in sorted(target.glob(ALL_RESULTS))
        for one in json.loads(path.read_bytes())["results"]
    ]
    return parse_dbt_results({"results": results})


def remove_dbt_results(target: Path) -> None:
    """Remove the results of the last build, so that they are not taken for those of the next."""
    for path in target.glob(ALL_RESULTS):
        path.unlink()


def keep_dbt_results(target: Path) -> None:
    """Put the results of one step aside: the next step of the build writes under the same name.

    Parameters
    ----------
    target : Path
        The dbt target folder.
    """
    written = target / RESULTS_FILE
    if written.exists():
        number = len(list(target.glob(ALL_RESULTS)))
        written.rename(target / f"run_results-{number}.json")


def parse_dbt_results(document: Mapping[str, Any]) -> DbtResults:
    """Count what ``run_results.json`` says.

    Parameters
    ----------
    document : mapping
        As dbt wrote it.

    Returns
    -------
    DbtResults
    """
    results = document["results"]
    tests = [one["status"] for one in results if one["unique_id"].startswith("test.")]
    failures = [
        DbtFailure(name=one["unique_id"].split(".")[2], message=_shorten(one.get("message")))
        for one in results
        if one["status"] in FAILED
    ]
    return DbtResults(
        models=sum(
            one["unique_id"].startswith("model.") and one["status"] == "success" for one in results
        ),
        tests=CheckCounts(
            passed=tests.count("pass"),
            warned=tests.count("warn"),
            failed=sum(status in FAILED for status in tests),
        ),
        failures=tuple(sorted(failures, key=lambda failure: failure.name)),
    )


def _shorten(message: str | None) -> str:
    """Keep the lines that say what happened; dbt adds where its compiled file lies."""
    lines = [line.strip() for line in (message or "").splitlines() if line.strip()]
    said = [line for line in lines if not line.startswith("compiled code at")]
    return " ".join(said[:MAX_MESSAGE_LINES])
