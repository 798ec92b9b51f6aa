"""The scheduler's settings, and how it notices a run whose process is gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import dagster as dg
import pytest
from dagster._core.launcher.base import WorkerStatus

from orchestration import launching
from orchestration.dagster_home import write_dagster_home
from orchestration.launching import ShopRunLauncher
from orchestration.locking import hold_lock
from tests.orchestration.conftest import stand_in


@pytest.fixture
def instance(empty_shop: Path) -> dg.DagsterInstance:
    return dg.DagsterInstance.from_config(str(write_dagster_home(empty_shop)))


def test_a_killed_run_is_noticed_and_tried_once_again(instance: dg.DagsterInstance) -> None:
    assert instance.run_monitoring_enabled
    assert instance.run_retries_enabled
    assert instance.run_retries_max_retries == 1
    assert not instance.run_retries_retry_on_asset_or_op_failure


def test_one_run_at_a_time(instance: dg.DagsterInstance) -> None:
    assert instance.get_concurrency_config().run_queue_config.max_concurrent_runs == 1


def test_dagster_phones_nobody(instance: dg.DagsterInstance) -> None:
    assert not instance.telemetry_enabled
    assert not instance.nux_enabled


def test_no_path_in_the_settings_is_absolute(empty_shop: Path) -> None:
    text = (write_dagster_home(empty_shop) / "dagster.yaml").read_text(encoding="utf-8")
    assert "/work" not in text
    assert str(empty_shop) not in text


def test_a_run_lives_while_its_shop_is_locked(
    empty_shop: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launching, "SECOND_LOOK_SECONDS", 0.0)
    launcher = instance.run_launcher
    assert isinstance(launcher, ShopRunLauncher)
    assert launcher.supports_check_run_worker_health
    run = dg.DagsterRun(job_name="refresh")
    with stand_in(empty_shop):
        with hold_lock(empty_shop):
            assert launcher.check_run_worker_health(run).status == WorkerStatus.RUNNING
        assert launcher.check_run_worker_health(run).status == WorkerStatus.FAILED


def test_a_killed_process_frees_the_lock(
    empty_shop: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(launching, "SECOND_LOOK_SECONDS", 0.0)
    program = (
        "import sys, time; from pathlib import Path\n"
        "from orchestration.locking import hold_lock\n"
        "with hold_lock(Path(sys.argv[1])):\n"
        "    print('held', flush=True); time.sleep(60)\n"
    )
    run = dg.DagsterRun(job_name="refresh")
    with subprocess.Popen(
        [sys.executable, "-c", program, str(empty_shop)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with stand_in(empty_shop):
            running = instance.run_launcher.check_run_worker_health(run)
            process.kill()
            process.wait()
            killed = instance.run_launcher.check_run_worker_health(run)
    assert (running.status, killed.status) == (WorkerStatus.RUNNING, WorkerStatus.FAILED)
