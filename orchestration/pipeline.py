"""``kaeru run``: nothing when nothing is new, else land, build, check and publish."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from orchestration.backup import remove_expired_backups
from orchestration.clock import make_run_id, read_utc_now
from orchestration.fingerprint import (
    compute_input_sha256,
    compute_mappings_sha256,
    compute_request_sha256,
)
from orchestration.folder import ShopFolder
from orchestration.inbox_scan import WAIT_SECONDS, scan_inbox
from orchestration.landing_run import MAPPINGS_MARK
from orchestration.ledger import Ledger, read_seen_files
from orchestration.locking import hold_lock
from orchestration.publication import CheckCounts, Publication, read_pointer
from orchestration.publishing import clear_build, remove_old_versions
from orchestration.refresh import RefreshResult
from orchestration.runs import RunRecord, read_published_run, start_run, write_run
from orchestration.schema import needs_migration, read_mark, write_mark
from orchestration.settings import (
    ShopSettings,
    load_hash_key,
    load_settings,
    set_environment_of_libraries,
)
from orchestration.store import open_store
from orchestration.wording import KaeruError, Progress, Words, keep_quiet

# Set by an erasure: older versions still hold the customer and leave after the next publishing.
FORGET_VERSIONS_MARK: Final = "forget_older_versions"

STARTING: Final = Words(
    ja="更新を始めます（実行番号 {run_id}）。",
    en="Starting run {run_id}.",
)


@dataclass(frozen=True)
class RunOutcome:
    """How ``kaeru run`` ended.

    Attributes
    ----------
    run_id : str
        With nothing new, the run that published what readers see.
    seconds : float
    is_unchanged : bool
        Nothing was new, nothing was done.
    publication : Publication or None
        What readers see now.
    models : int
    tests : CheckCounts
    failure : str or None
        Why nothing was published.
    """

    run_id: str
    seconds: float
    is_unchanged: bool
    publication: Publication | None
    models: int
    tests: CheckCounts
    failure: str | None = None


def run_shop(
    shop: Path, *, as_of: date | None = None, progress: Progress = keep_quiet
) -> RunOutcome:
    """Land what is new in the inbox, build everything from it, check it and publish it.

    Parameters
    ----------
    shop : Path
        The shop's folder; its lock is taken.
    as_of : date, optional
        The last day the figures cover; by default the latest one that is whole.
    progress : Progress, optional

    Returns
    -------
    RunOutcome

    Raises
    ------
    WrongUseError
        If settings, key or mappings are wrong.
    KaeruError
        If another process works on the shop, or the store cannot be written.
    """
    started = time.monotonic()
    settings = load_settings(shop)
    load_hash_key(shop)
    day = as_of.isoformat() if as_of else None
    with hold_lock(shop):
        request = compute_request_sha256(shop, settings, as_of=day)
        published = _find_unchanged(shop, settings, request_sha256=request, progress=progress)
        if published is not None:
            return RunOutcome(
                run_id=published.version,
                seconds=time.monotonic() - started,
                is_unchanged=True,
                publication=published,
                models=published.models,
                tests=published.tests,
            )
        run_id = make_run_id()
        progress(STARTING, run_id=run_id)
        result = _refresh(shop, run_id=run_id, as_of=as_of, request=request, progress=progress)
    return RunOutcome(
        run_id=run_id,
        seconds=time.monotonic() - started,
        is_unchanged=False,
        publication=result.publication or read_pointer(shop),
        models=result.models,
        tests=result.tests,
        failure=result.failure,
    )


def _find_unchanged(
    shop: Path, settings: ShopSettings, *, request_sha256: str, progress: Progress
) -> Publication | None:
    """Find the published version when another run would only repeat it.

    Dagster and dbt are not imported for this: a run with nothing new takes a second.
    """
    folder = ShopFolder(shop)
    folder.make_folders()
    published = read_pointer(shop)
    has_store = folder.store.exists()
    seen = {}
    if has_store:
        with open_store(shop, read_only=True) as connection:
            if needs_migration(connection):
                return None
            seen = read_seen_files(connection)
    scan = scan_inbox(folder.inbox, known=seen, progress=progress, wait_seconds=WAIT_SECONDS)
    if published is None or not has_store or not (folder.serving / published.file).exists():
        return None
    with open_store(shop, read_only=True) as connection:
        ledger = Ledger.read(connection)
        last = read_published_run(connection)
        found = compute_input_sha256(connection, request_sha256=request_sha256)
        mappings = read_mark(connection, MAPPINGS_MARK)
    is_known = all(
        ledger.find(file_name=one.path.name, sha256=one.seen.sha256) for one in scan.files
    )
    is_same = last is not None and last.input_sha256 == found
    is_read_alike = mappings == compute_mappings_sha256(shop, settings)
    return published if is_known and is_same and is_read_alike else None


def _refresh(
    shop: Path, *, run_id: str, as_of: date | None, request: str, progress: Progress
) -> RefreshResult:
    """Execute the job and take down how it ended, whichever way it did."""
    clear_build(shop)
    remove_expired_backups(shop)
    set_environment_of_libraries(shop)
    with open_store(shop) as connection:
        record = start_run(connection, run_id)
    # Imported here because it brings Dagster and dbt: seconds that an idle run must not pay.
    from orchestration.job import execute_refresh

    try:
        result = execute_refresh(shop, run_id=run_id, as_of=as_of, progress=progress)
    except KaeruError as error:
        _finish(shop, record, result=RefreshResult(None, failure=str(error)), request=request)
        raise
    _finish(shop, record, result=result, request=request)
    return result


def _finish(shop: Path, record: RunRecord, *, result: RefreshResult, request: str) -> None:
    publication = result.publication
    with open_store(shop) as connection:
        finished = replace(
            record,
            finished_at=read_utc_now(),
            exit_code=1 if result.failure else 0,
            as_of=publication.as_of if publication else None,
            model_count=result.models,
            test_passed_count=result.tests.passed,
            test_warned_count=result.tests.warned,
            test_failed_count=result.tests.failed,
            published_file=publication.file if publication else None,
            input_sha256=compute_input_sha256(connection, request_sha256=request),
            message=result.failure,
        )
        write_run(connection, finished)
        is_forgetting = publication is not None and read_mark(connection, FORGET_VERSIONS_MARK)
        if is_forgetting:
            write_mark(connection, FORGET_VERSIONS_MARK, value="")
    if is_forgetting:
        remove_old_versions(shop, keep=1)
    if publication is None:
        clear_build(shop)
