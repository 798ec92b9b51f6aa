"""The endpoint is what its OpenAPI description says: requests are drawn from the description."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import EngineEvent, NonFatalError, ScenarioFinished

from orchestration.endpoint.app import create_app
from orchestration.endpoint.gate import KEY_HEADER
from tests.orchestration.endpoint.conftest import API_KEY, call, open_desk_of

PATHS: Final = ("/addresses", "/returns", "/grades")
DRAWN: Final = {
    "seed": 20261130,
    "headers": {KEY_HEADER: API_KEY},
    "continue-on-failure": True,
    "generation": {"mode": "all", "max-examples": 60, "deterministic": True, "database": "none"},
}


@pytest.fixture(scope="module")
def events(deciding_shop: Path) -> list[EngineEvent]:
    """Every phase: what the description gives as boundaries, and what is drawn from it."""
    app = create_app(open_desk_of(deciding_shop), api_key=API_KEY)
    config = schemathesis.Config.from_dict(DRAWN)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app, config=config)
    return list(from_schema(schema).execute())


def list_checks(events: list[EngineEvent]) -> list[tuple[str, Any]]:
    """Every check of every answer, with what was asked."""
    return [
        (scenario.recorder.cases[case].value.operation.label, check)
        for scenario in events
        if isinstance(scenario, ScenarioFinished)
        for case, checks in scenario.recorder.checks.items()
        for check in checks
    ]


def test_what_is_drawn_from_the_description_is_answered_as_it_says(
    events: list[EngineEvent],
) -> None:
    assert [event for event in events if isinstance(event, NonFatalError)] == []
    checks = list_checks(events)
    failed = [
        (label, check.name, str(check.failure_info and check.failure_info.failure))
        for label, check in checks
        if check.status != Status.SUCCESS
    ]
    assert failed == []
    asked = Counter(label for label, _ in checks)
    assert set(asked) == {f"POST {path}" for path in PATHS} | {"GET /health"}
    assert min(asked[f"POST {path}"] for path in PATHS) > 500


def test_every_operation_describes_its_failures(deciding_shop: Path) -> None:
    with call(deciding_shop) as client:
        paths = client.get("/openapi.json").json()["paths"]
    assert set(paths) == {"/health", *PATHS}
    for path in PATHS:
        responses = paths[path]["post"]["responses"]
        assert set(responses) >= {"200", "400", "401", "413", "422", "500"}
        assert paths[path]["post"]["security"]
    for path in PATHS[1:]:
        assert {"404", "503"} <= set(paths[path]["post"]["responses"])
