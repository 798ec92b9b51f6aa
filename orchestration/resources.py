"""What assets work with: the warehouse, dbt, and the shop's turn to write."""

import contextlib
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Final

import dagster as dg
import duckdb
from dagster_dbt import DbtCliResource
from packaging.version import Version

from orchestration.clock import make_run_id
from orchestration.dbt_process import PROGRAM
from orchestration.dbt_results import read_dbt_results, remove_dbt_results
from orchestration.fingerprint import DBT_PROJECT, compute_request_sha256
from orchestration.folder import ShopFolder
from orchestration.locking import find_lock_holder, hold_lock
from orchestration.pipeline import begin_run, finish_run
from orchestration.refresh import RefreshResult
from orchestration.settings import SHOP_VARIABLE, load_settings
from orchestration.store import open_store
from orchestration.verifying import connect_reader
from orchestration.wording import KaeruError, Progress, Words, keep_quiet

REFRESH_JOB: Final = "refresh"
RUN_ID_TAG: Final = "kaeru/run_id"
LOCK_WAIT_SECONDS: Final = 900.0  # a backup or a `kaeru run` by hand ends within it
LOCK_PAUSE_SECONDS: Final = 1.0
NOT_PUBLISHED: Final = "the job ended before it published"


class Warehouse(dg.ConfigurableResource):  # type: ignore[type-arg]  # its value is itself
    """The shop's databases; a connection never outlives the asset that opened it.

    Attributes
    ----------
    shop : str
        The shop's folder.
    """

    shop: str

    @property
    def folder(self) -> ShopFolder:
        """Where the parts of the shop lie."""
        return ShopFolder(Path(self.shop))

    @contextlib.contextmanager
    def connect(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the store for reading; dbt, another process, may read it at the same time.

        Yields
        ------
        DuckDBPyConnection
            Schema ``landing``.
        """
        with open_store(self.folder.root, read_only=True) as connection:
            yield connection

    @contextlib.contextmanager
    def connect_marts(self, path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open a file of finished marts alone, as the readers will.

        Parameters
        ----------
        path : Path
            Built or published.

        Yields
        ------
        DuckDBPyConnection
            Schema ``marts``.
        """
        with connect_reader(path) as connection:
            yield connection


class ProjectDbt(DbtCliResource):
    """dbt as another process, without two detours that cost 5 s of CPU here per build.

    ``DbtCliResource`` asks ``dbt --version`` (3.4 s) and opens an adapter in this process, which
    only its row counts need. Leaves when dagster-dbt lets both be switched off.
    """

    @cached_property
    def _cli_version(self) -> Version:
        return Version(metadata.version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:  # type: ignore[override]
        del args


@dataclass
class ShopRun:
    """One turn at writing the shop, from its lock to its last line in the store.

    Attributes
    ----------
    run_id : str
        Names the version that is published.
    as_of : date or None
        The last day that the figures cover; None for the latest whole one.
    progress : Progress
    result : RefreshResult or None
        Set when the run has published.
    refusal : str or None
        Set when landing or publishing refused: what Dagster keeps of an exception is its text.
    """

    run_id: str
    as_of: date | None = None
    progress: Progress = keep_quiet
    result: RefreshResult | None = None
    refusal: str | None = None

    @contextlib.contextmanager
    def remember_refusal(self) -> Iterator[None]:
        """Take down why a step refused, for the books of the run."""
        try:
            yield
        except KaeruError as error:
            self.refusal = str(error)
            raise


@dg.resource(required_resource_keys={"warehouse"})
def scheduled_run(context: dg.InitResourceContext) -> Iterator[ShopRun]:
    """Hold the shop's lock for a run of the daemon, and keep the books as ``kaeru run`` does."""
    warehouse: Warehouse = context.resources.warehouse
    shop = warehouse.folder.root
    _wait_for_lock(shop)
    with hold_lock(shop):
        run = ShopRun(run_id=make_run_id(), progress=_make_log_progress(context))
        dagster_run = context.run
        if dagster_run is None or dagster_run.job_name != REFRESH_JOB:
            yield run
            return
        if context.instance is not None:
            context.instance.add_run_tags(dagster_run.run_id, {RUN_ID_TAG: run.run_id})
        request = compute_request_sha256(shop, load_settings(shop), as_of=None)
        record = begin_run(shop, run_id=run.run_id)
        remove_dbt_results(warehouse.folder.target)
        try:
            yield run
        finally:
            failure = build_failure(shop, fallback=run.refusal or NOT_PUBLISHED)
            finish_run(shop, record, result=run.result or failure, request=request)


def build_failure(shop: Path, *, fallback: str) -> RefreshResult:
    """Say why a run published nothing.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    fallback : str
        What is said when dbt wrote down no failure.

    Returns
    -------
    RefreshResult
    """
    found = read_dbt_results(ShopFolder(shop).target)
    said = "; ".join(f"{failure.name}: {failure.message}" for failure in found.failures)
    return RefreshResult(
        publication=None, models=found.models, tests=found.tests, failure=said or fallback
    )


def _wait_for_lock(shop: Path) -> None:
    """Let a command that was started by hand finish first."""
    deadline = time.monotonic() + LOCK_WAIT_SECONDS
    while find_lock_holder(shop) is not None and time.monotonic() < deadline:
        time.sleep(LOCK_PAUSE_SECONDS)


def _make_log_progress(context: dg.InitResourceContext) -> Progress:
    """Show progress in the log of the daemon's run."""

    def tell(words: Words, **values: object) -> None:
        if context.log is not None:
            context.log.info(words.render("en", **values))

    return tell


RESOURCES: Final = {
    "warehouse": Warehouse(shop=dg.EnvVar(SHOP_VARIABLE)),
    "dbt": ProjectDbt(
        project_dir=str(DBT_PROJECT),
        profiles_dir=str(DBT_PROJECT),
        dbt_executable=PROGRAM[0],
        global_config_flags=list(PROGRAM[1:]),
    ),
    "shop_run": scheduled_run,
}
