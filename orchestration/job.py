"""The whole job in this process, for ``kaeru run``."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final, TextIO

import dagster as dg

from orchestration.dbt_results import remove_dbt_results
from orchestration.definitions import defs
from orchestration.folder import ShopFolder
from orchestration.refresh import RefreshResult
from orchestration.resources import NOT_PUBLISHED, REFRESH_JOB, ShopRun, build_failure
from orchestration.wording import Progress, Words, keep_quiet

LOG_FILE: Final = "refresh.log"
# Dagster says every event on stderr otherwise; the log keeps what explains a failure.
RUN_CONFIG: Final = {"loggers": {"console": {"config": {"log_level": "WARNING"}}}}


def execute_refresh(
    shop: Path, *, run_id: str, as_of: date | None = None, progress: Progress = keep_quiet
) -> RefreshResult:
    """Land, build, check and publish, in this process and without a record of events on disk.

    Parameters
    ----------
    shop : Path
        The shop's folder. The caller holds its lock, has told the environment about it
        (``set_environment_of_libraries``) and has no connection to its databases open.
    run_id : str
        Names the version that is published.
    as_of : date, optional
        The last day the figures cover; by default the latest one that is whole.
    progress : Progress, optional

    Returns
    -------
    RefreshResult
        Without a publication when a model or a test of level error failed.

    Raises
    ------
    KaeruError
        If landing or publishing refused.
    """
    run = ShopRun(run_id=run_id, as_of=as_of)
    remove_dbt_results(ShopFolder(shop).target)
    job = defs.resolve_job_def(REFRESH_JOB)
    with _log_aside(shop) as stderr, dg.DagsterInstance.ephemeral() as instance:
        run.progress = _keep_aside(progress, stderr=stderr)
        try:
            done = job.execute_in_process(
                instance=instance, resources={"shop_run": run}, run_config=RUN_CONFIG
            )
        except (dg.DagsterError, dg.Failure) as error:
            return build_failure(shop, fallback=" ".join(str(error).split()))
    return _judge(done, run=run, shop=shop)


def _judge(done: dg.ExecuteInProcessResult, *, run: ShopRun, shop: Path) -> RefreshResult:
    """Take a check that failed after publishing for what it is: a failure that must be heard."""
    failed = [
        f"{one.asset_key.to_user_string()}: {one.check_name}"
        for one in done.get_asset_check_evaluations()
        if not one.passed and one.severity == dg.AssetCheckSeverity.ERROR
    ]
    if run.result is None:
        return build_failure(shop, fallback=NOT_PUBLISHED)
    return replace(run.result, failure="; ".join(failed)) if failed else run.result


@contextlib.contextmanager
def _log_aside(shop: Path) -> Iterator[TextIO]:
    """Send what dbt and Dagster print to the shop's log: stdout belongs to the answer.

    Yields
    ------
    TextIO
        The stderr that a person sees.
    """
    folder = ShopFolder(shop).logs
    folder.mkdir(parents=True, exist_ok=True)
    shown = sys.stderr
    with (
        (folder / LOG_FILE).open("w", encoding="utf-8") as log,
        contextlib.redirect_stdout(log),
        contextlib.redirect_stderr(log),
    ):
        yield shown


def _keep_aside(progress: Progress, *, stderr: TextIO) -> Progress:
    def tell(words: Words, **values: object) -> None:
        with contextlib.redirect_stderr(stderr):
            progress(words, **values)

    return tell
