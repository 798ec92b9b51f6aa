"""When a run starts by itself, and who hears when it fails."""

from __future__ import annotations

import json
import os
import re
import time
from pathlib import Path

import dagster as dg
import pytest

from orchestration.commands.init import make_shop
from orchestration.inbox_scan import look_at
from orchestration.landing.contracts import Candidate
from orchestration.ledger import write_seen_files
from orchestration.locking import hold_lock
from orchestration.store import open_store
from tests.orchestration.conftest import SETTLED_SECONDS, stand_in

LINES = "order_id,ordered_at\nA-1,2026-10-01\n"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    make_shop(folder, values={"name": "監視の店"})
    return folder


def put(shop: Path, name: str, *, text: str = LINES, age_seconds: float = SETTLED_SECONDS) -> Path:
    path = shop / "inbox" / name
    path.write_text(text, encoding="utf-8")
    moment = time.time() - age_seconds
    os.utime(path, (moment, moment))
    return path


def mark_as_seen(shop: Path, *paths: Path) -> None:
    with open_store(shop) as connection:
        write_seen_files(connection, [look_at(path, sha256="0" * 64) for path in paths])


def tick(definitions: dg.Definitions, shop: Path) -> dg.RunRequest | dg.SkipReason:
    """Evaluate the sensor once, as the daemon would."""
    from orchestration.resources import Warehouse

    sensor = definitions.resolve_sensor_def("inbox")
    context = dg.build_sensor_context(resources={"warehouse": Warehouse(shop=str(shop))})
    answer = sensor.evaluate_tick(context)
    return answer.run_requests[0] if answer.run_requests else dg.SkipReason(answer.skip_message)


def test_an_empty_inbox_starts_nothing(definitions: dg.Definitions, shop: Path) -> None:
    assert isinstance(tick(definitions, shop), dg.SkipReason)


def test_a_new_settled_file_starts_a_run(definitions: dg.Definitions, shop: Path) -> None:
    put(shop, "orders.csv")
    assert isinstance(tick(definitions, shop), dg.RunRequest)


def test_a_file_still_being_written_waits_for_a_later_tick(
    definitions: dg.Definitions, shop: Path
) -> None:
    put(shop, "orders.csv", age_seconds=0)
    assert isinstance(tick(definitions, shop), dg.SkipReason)


def test_a_file_that_a_run_has_seen_starts_nothing(definitions: dg.Definitions, shop: Path) -> None:
    mark_as_seen(shop, put(shop, "orders.csv"))
    assert isinstance(tick(definitions, shop), dg.SkipReason)


def test_a_changed_file_starts_a_run(definitions: dg.Definitions, shop: Path) -> None:
    mark_as_seen(shop, put(shop, "orders.csv"))
    put(shop, "orders.csv", text=LINES + "A-2,2026-10-02\n")
    assert isinstance(tick(definitions, shop), dg.RunRequest)


def test_one_state_of_the_inbox_is_asked_for_once(definitions: dg.Definitions, shop: Path) -> None:
    put(shop, "orders.csv")
    first, second = tick(definitions, shop), tick(definitions, shop)
    put(shop, "products.csv")
    third = tick(definitions, shop)
    assert isinstance(first, dg.RunRequest)
    assert isinstance(second, dg.RunRequest)
    assert isinstance(third, dg.RunRequest)
    assert first.run_key == second.run_key != third.run_key


def test_a_shop_at_work_is_left_alone(definitions: dg.Definitions, shop: Path) -> None:
    put(shop, "orders.csv")
    with hold_lock(shop):
        assert isinstance(tick(definitions, shop), dg.SkipReason)


def test_the_sensor_leaves_no_database_open(definitions: dg.Definitions, shop: Path) -> None:
    put(shop, "orders.csv")
    tick(definitions, shop)
    with open_store(shop) as connection:
        assert connection.execute("select count(*) from landing.files").fetchone() == (0,)
    assert not (shop / "data" / "store.duckdb.wal").exists()


def test_a_file_that_goes_away_between_two_looks_is_no_new_file(
    definitions: dg.Definitions, shop: Path
) -> None:
    del definitions  # loads what the sensor imports
    from orchestration.sensors import find_new_files

    gone = Candidate(
        path=shop / "inbox" / "gone.csv", size_bytes=1, modified_at=0, is_waiting=False
    )
    assert find_new_files([gone], seen={}) == []


def test_sensors_and_schedule_run_from_the_first_day(definitions: dg.Definitions) -> None:
    assert definitions.resolve_sensor_def("inbox").default_status.value == "RUNNING"
    assert definitions.resolve_sensor_def("failure_alert").default_status.value == "RUNNING"
    assert definitions.resolve_schedule_def("daily_refresh").default_status.value == "RUNNING"


def test_the_schedule_runs_daily_in_the_shops_time_zone(definitions: dg.Definitions) -> None:
    from orchestration.schedules import build_cron

    schedule = definitions.resolve_schedule_def("daily_refresh")
    assert schedule.execution_timezone == "Asia/Tokyo"
    assert schedule.cron_schedule == "30 5 * * *"
    assert build_cron("23:05") == "5 23 * * *"


def fail_a_run(definitions: dg.Definitions, shop: Path, *, instance: dg.DagsterInstance) -> None:
    """Run the job of a shop that lost its key, and evaluate the sensor of failures once."""
    from orchestration.job import RUN_CONFIG
    from orchestration.resources import Warehouse

    (shop / "secret.key").unlink()
    with stand_in(shop):
        done = definitions.resolve_job_def("refresh").execute_in_process(
            instance=instance, run_config=RUN_CONFIG, raise_on_error=False
        )
    run = instance.get_run_by_id(done.run_id)
    [entry] = instance.all_logs(done.run_id, of_type=dg.DagsterEventType.RUN_FAILURE)
    assert run is not None
    context = dg.build_run_status_sensor_context(
        sensor_name="failure_alert",
        dagster_instance=instance,
        dagster_run=run,
        dagster_event=entry.get_dagster_event(),
        resources={"warehouse": Warehouse(shop=str(shop))},
    ).for_run_failure()
    definitions.resolve_sensor_def("failure_alert")(context)


def test_a_failed_run_is_told_with_its_reason(definitions: dg.Definitions, shop: Path) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        fail_a_run(definitions, shop, instance=instance)
    [line] = (shop / "data" / "logs" / "alerts.jsonl").read_text(encoding="utf-8").splitlines()
    alert = json.loads(line)
    assert "secret.key" in alert["failure"]
    assert re.fullmatch(r"\d{8}T\d{6}-[0-9a-f]{6}", alert["run_id"])


def test_a_run_that_will_be_tried_again_is_not_told(
    definitions: dg.Definitions, shop: Path
) -> None:
    from orchestration.resources import Warehouse

    with dg.DagsterInstance.ephemeral() as instance:
        job = definitions.resolve_job_def("refresh")
        run = instance.create_run_for_job(job, tags={"dagster/will_retry": "true"})
        failed = instance.report_run_failed(run, "the process was killed")
        context = dg.build_run_status_sensor_context(
            sensor_name="failure_alert",
            dagster_instance=instance,
            dagster_run=run,
            dagster_event=failed,
            resources={"warehouse": Warehouse(shop=str(shop))},
        ).for_run_failure()
        definitions.resolve_sensor_def("failure_alert")(context)
    assert not (shop / "data" / "logs" / "alerts.jsonl").exists()
