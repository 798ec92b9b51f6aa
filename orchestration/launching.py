"""How the daemon starts a run, and how it finds out that a run's process is gone."""

from __future__ import annotations

import time
from typing import Final

from dagster import DagsterRun, DefaultRunLauncher
from dagster._core.launcher.base import CheckRunHealthResult, WorkerStatus

from orchestration.locking import find_lock_holder
from orchestration.settings import resolve_shop

# Between its start and its lock, and between its lock and its last event, a run has no lock.
SECOND_LOOK_SECONDS: Final = 5.0


class ShopRunLauncher(DefaultRunLauncher):
    """Dagster's own launcher, which also knows that a run lives as long as the shop is locked.

    The code server notices a run that dies under it. When both die, a machine that restarts for
    one, Dagster's launcher says nothing, and the run stays started for ever.
    """

    @property
    def supports_check_run_worker_health(self) -> bool:
        """Say that ``check_run_worker_health`` can be asked."""
        return True

    def check_run_worker_health(self, run: DagsterRun) -> CheckRunHealthResult:
        """Look for the lock that every run holds; the operating system frees it with the process.

        Parameters
        ----------
        run : DagsterRun
            Started, as far as Dagster knows.

        Returns
        -------
        CheckRunHealthResult
        """
        del run
        shop = resolve_shop()
        if find_lock_holder(shop) is None:
            time.sleep(SECOND_LOOK_SECONDS)
            if find_lock_holder(shop) is None:
                return CheckRunHealthResult(WorkerStatus.FAILED, "no process works on the shop")
        return CheckRunHealthResult(WorkerStatus.RUNNING)
