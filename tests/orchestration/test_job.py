"""The whole job on a small shop, from an empty data folder: no part of it is replaced.

The daemon runs it first, then the same shop is run by hand: tests stand in the order of its life.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from orchestration.clock import make_run_id
from orchestration.commands.init import make_shop
from orchestration.fingerprint import DBT_PROJECT
from orchestration.locking import hold_lock
from orchestration.publication import CheckCounts, read_pointer
from orchestration.publishing import clear_build
from orchestration.refresh import RefreshResult
from orchestration.runs import RunRecord, read_last_run
from orchestration.store import open_store
from orchestration.wording import KaeruError, Words
from tests.orchestration.conftest import FIXTURES, put_into_inbox, stand_in
from tests.parsed_project import copy_parsed_project

pytestmark = [pytest.mark.dbt]
# What a run writes about itself.
OF_THE_RUN = {"run_id", "landed_at", "last_landed_at", "newest_load_at", "quarantined_at"}


@dataclass(frozen=True)
class ByHand:
    """How the first run by hand ended, and what was published before it."""

    before: dict[str, list[tuple[object, ...]]]
    result: RefreshResult
    out: str
    err: str


@dataclass
class Job:
    """A shop, what was said while its job ran, and its first run by hand."""

    shop: Path
    said: list[str]
    by_hand: ByHand | None = None

    def execute(self) -> RefreshResult:
        from orchestration.job import execute_refresh

        with stand_in(self.shop), hold_lock(self.shop):
            clear_build(self.shop)
            return execute_refresh(self.shop, run_id=make_run_id(), progress=self.hear)

    def hear(self, words: Words, /, **values: object) -> None:
        self.said.append(words.render("en", **values))

    def read_published(self) -> dict[str, list[tuple[object, ...]]]:
        """Read every mart from the published file, opened alone, without what names the run."""
        publication = read_pointer(self.shop)
        assert publication is not None
        path = self.shop / "data" / "serving" / publication.file
        with duckdb.connect(str(path), read_only=True) as connection:
            names = connection.execute("select table_name from duckdb_tables()").fetchall()
            return {name: read_rows(connection, name) for (name,) in sorted(names)}


def read_rows(connection: duckdb.DuckDBPyConnection, mart: str) -> list[tuple[object, ...]]:
    relation = connection.table(f"marts.{mart}")
    kept = [name for name in relation.columns if name not in OF_THE_RUN]
    return sorted(relation.select(*kept).fetchall(), key=repr)


@dataclass(frozen=True)
class Scheduled:
    """A shop, and how a run of the daemon on it ended."""

    shop: Path
    done: dg.ExecuteInProcessResult
    tags: Mapping[str, str]


def run_as_daemon(definitions: dg.Definitions, shop: Path) -> Scheduled:
    """Run the job with the resources that the daemon gives it."""
    from orchestration.job import RUN_CONFIG

    with stand_in(shop), dg.DagsterInstance.ephemeral() as instance:
        done = definitions.resolve_job_def("refresh").execute_in_process(
            instance=instance, run_config=RUN_CONFIG, raise_on_error=False
        )
        run = instance.get_run_by_id(done.run_id)
        assert run is not None
        return Scheduled(shop=shop, done=done, tags=run.tags)


@contextmanager
def unbalanced(shop: Path) -> Iterator[None]:
    """Miscount a file, as no landing could."""
    with open_store(shop) as connection:
        connection.execute("update landing.files set rows_in = rows_in + 1 where load_id = 1")
    try:
        yield
    finally:
        with open_store(shop) as connection:
            connection.execute("update landing.files set rows_in = rows_in - 1 where load_id = 1")


@contextmanager
def other_key(shop: Path) -> Iterator[None]:
    """Replace the shop's key, as somebody would who lost it."""
    path = shop / "secret.key"
    text = path.read_text(encoding="ascii")
    path.write_text(f"{'0' * 64}\n", encoding="ascii")
    try:
        yield
    finally:
        path.write_text(text, encoding="ascii")


def read_record(shop: Path) -> RunRecord:
    with open_store(shop, read_only=True) as connection:
        record = read_last_run(connection)
    assert record is not None
    return record


@pytest.fixture(scope="module")
def scheduled(definitions: dg.Definitions, tmp_path_factory: pytest.TempPathFactory) -> Scheduled:
    folder = tmp_path_factory.mktemp("job") / "shop"
    make_shop(folder, values={"name": "小さな店"})
    copy_parsed_project(folder, factory=tmp_path_factory)
    put_into_inbox(folder, *sorted(FIXTURES.glob("*.csv")))
    # The definitions were loaded for another shop: what Dagster knows is the same for all.
    return run_as_daemon(definitions, folder)


@pytest.fixture(scope="module")
def job(scheduled: Scheduled) -> Job:
    return Job(shop=scheduled.shop, said=[])


@pytest.fixture
def by_hand(job: Job, capfd: pytest.CaptureFixture[str]) -> ByHand:
    """Run the job by hand, for the first test that asks."""
    if job.by_hand is None:
        before = job.read_published()
        capfd.readouterr()
        result = job.execute()
        out, err = capfd.readouterr()
        job.by_hand = ByHand(before, result, out, err)
    return job.by_hand


@pytest.fixture
def damaged(job: Job, by_hand: ByHand) -> Iterator[Job]:
    """Damage the store as no landing could: an order line without a key."""
    assert by_hand.result.publication is not None
    with open_store(job.shop) as connection:
        connection.execute(
            "insert into landing.order_lines (order_id, sku, quantity, unit_price, is_filtered)"
            " values ('kept', 'shirt-white-m', '1', '3900', false)"
        )
    yield job
    with open_store(job.shop) as connection:
        connection.execute("delete from landing.order_lines where order_line_id is null")


def test_checks_run_equal_checks_defined(definitions: dg.Definitions, scheduled: Scheduled) -> None:
    """On an empty database, where a test that spans assets is easily left out."""
    evaluations = scheduled.done.get_asset_check_evaluations()
    evaluated = [(one.asset_key, one.check_name) for one in evaluations]
    defined = {
        (key.asset_key, key.name) for key in definitions.resolve_asset_graph().asset_check_keys
    }
    assert len(evaluated) == len(set(evaluated))
    assert set(evaluated) == defined


def test_a_run_of_the_daemon_keeps_the_same_books_as_a_command(scheduled: Scheduled) -> None:
    publication = read_pointer(scheduled.shop)
    record = read_record(scheduled.shop)
    assert publication is not None
    assert (record.exit_code, record.published_file) == (0, publication.file)
    assert record.test_passed_count == publication.tests.passed
    assert scheduled.tags["kaeru/run_id"] == record.run_id == publication.version


def test_the_schedule_repeats_nothing(definitions: dg.Definitions, scheduled: Scheduled) -> None:
    from orchestration.resources import Warehouse

    schedule = definitions.resolve_schedule_def("daily_refresh")
    context = dg.build_schedule_context(
        resources={"warehouse": Warehouse(shop=str(scheduled.shop))},
        scheduled_execution_time=datetime.now(UTC),
    )
    unchanged = schedule.evaluate_tick(context)
    assert "nothing is new" in str(unchanged.skip_message)
    settings = scheduled.shop / "kaeru.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("return_window_days = 30", "return_window_days = 14"), "utf-8")
    changed = schedule.evaluate_tick(context)
    settings.write_text(text, encoding="utf-8")
    assert len(changed.run_requests or []) == 1


def test_a_failed_run_of_the_daemon_is_in_the_books(
    definitions: dg.Definitions, scheduled: Scheduled
) -> None:
    before = read_pointer(scheduled.shop)
    with unbalanced(scheduled.shop):
        failed = run_as_daemon(definitions, scheduled.shop)
    record = read_record(scheduled.shop)
    assert not failed.done.success
    assert (record.exit_code, record.published_file) == (1, None)
    assert read_pointer(scheduled.shop) == before


def test_the_books_say_why_landing_refused(
    definitions: dg.Definitions, scheduled: Scheduled
) -> None:
    with other_key(scheduled.shop):
        run_as_daemon(definitions, scheduled.shop)
    assert "secret.key" in str(read_record(scheduled.shop).message)


def test_a_run_by_hand_publishes_what_the_daemon_published_and_leaves_stdout_alone(
    scheduled: Scheduled, job: Job, by_hand: ByHand
) -> None:
    result = by_hand.result
    assert result.failure is None
    assert result.publication == read_pointer(job.shop)
    assert result.publication is not None
    assert result.publication.version != scheduled.tags["kaeru/run_id"]
    assert result.models > 0
    assert result.tests.failed == 0
    assert job.read_published() == by_hand.before
    assert by_hand.out == ""
    assert "Traceback" not in by_hand.err
    log = (job.shop / "data" / "logs" / "refresh.log").read_text(encoding="utf-8")
    assert "Completed successfully" in log


def test_the_published_file_holds_every_mart_and_nothing_else(by_hand: ByHand, job: Job) -> None:
    from orchestration.assets.serving import MARTS

    assert by_hand.result.publication is not None
    assert set(job.read_published()) == set(MARTS)


def test_the_job_says_what_it_does(by_hand: ByHand, job: Job) -> None:
    assert by_hand.result.publication is not None
    said = [one.split() for one in job.said if one.startswith("Building models: ")]
    totals = {int(words[-1]) for words in said}
    assert {int(words[2]) for words in said} >= totals
    # Two steps of dbt, around the scores; seeds are built with the models.
    assert sum(totals) == by_hand.result.models + len(list((DBT_PROJECT / "seeds").glob("*.csv")))


def test_nothing_stays_open_after_a_run(by_hand: ByHand, job: Job) -> None:
    assert by_hand.result.publication is not None
    data = job.shop / "data"
    assert list(data.rglob("*.wal")) == []
    assert list((data / "build").iterdir()) == []
    with open_store(job.shop) as connection:
        connection.execute("checkpoint")


def test_a_failed_test_keeps_the_last_version(damaged: Job) -> None:
    before, content = read_pointer(damaged.shop), damaged.read_published()
    result = damaged.execute()
    assert result.publication is None
    assert result.tests.failed > 0
    assert result.failure is not None
    assert "order_line_id" in result.failure
    assert read_pointer(damaged.shop) == before
    assert damaged.read_published() == content


def test_unbalanced_rows_stop_before_the_build(job: Job, by_hand: ByHand) -> None:
    assert by_hand.result.publication is not None
    with unbalanced(job.shop):
        result = job.execute()
    assert result.publication is None
    assert result.failure is not None
    assert "rows_balance" in result.failure
    assert result.models == 0
    assert result.tests == CheckCounts()


def test_a_refusal_comes_out_as_it_was_said(job: Job, by_hand: ByHand) -> None:
    assert by_hand.result.publication is not None
    with other_key(job.shop), pytest.raises(KaeruError) as refusal:
        job.execute()
    assert "secret.key" in refusal.value.render("ja")


def test_counts_travel_in_the_pointer(job: Job, by_hand: ByHand) -> None:
    assert by_hand.result.publication is not None
    pointer = json.loads((job.shop / "data/serving/current.json").read_text(encoding="utf-8"))
    assert pointer["tests"]["passed"] == by_hand.result.tests.passed
    assert pointer["models"] == by_hand.result.models
