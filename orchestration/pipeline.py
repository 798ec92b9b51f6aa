"""``kaeru run``: nothing when nothing is new, else land, build, check and publish."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from orchestration.alerts import send_failure_alert
from orchestration.backup import remove_expired_backups
from orchestration.clock import make_run_id, read_utc_now
from orchestration.erasing import FORGET_VERSIONS_MARK, finish_erasures
from orchestration.fingerprint import (
    compute_input_sha256,
    compute_mappings_sha256,
    compute_request_sha256,
)
from orchestration.folder import ShopFolder
from orchestration.inbox_scan import WAIT_SECONDS, scan_inbox
from orchestration.ledger import Ledger, read_seen_files
from orchestration.locking import hold_lock
from orchestration.publication import CheckCounts, Publication, read_pointer
from orchestration.publishing import clear_build, remove_old_versions
from orchestration.refresh import RefreshResult
from orchestration.runs import RunRecord, read_published_run, start_run, write_run
from orchestration.schema import MAPPINGS_MARK, needs_migration, read_mark, write_mark
from orchestration.settings import (
    ShopSettings,
    load_hash_key,
    load_settings,
    set_environment_of_libraries,
)
from orchestration.store import open_store
from orchestration.wording import KaeruError, Progress, Words, WrongUseError, keep_quiet

STARTING: Final = Words(
    ja="更新を始めます（実行番号 {run_id}）。",
    en="Starting run {run_id}.",
)
FAILED: Final = Words(ja="{failure}", en="{failure}")


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
    failure : KaeruError or None
        Why the run failed.
    """

    run_id: str
    seconds: float
    is_unchanged: bool
    publication: Publication | None
    models: int
    tests: CheckCounts
    failure: KaeruError | None = None


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
        published = find_unchanged(shop, settings, request_sha256=request, progress=progress)
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
        result, failure = _refresh(
            shop, run_id=run_id, as_of=as_of, request=request, progress=progress
        )
    if failure is not None:
        webhook = settings.alert_webhook
        send_failure_alert(shop, run_id=run_id, failure=str(failure), webhook=webhook)
    return RunOutcome(
        run_id=run_id,
        seconds=time.monotonic() - started,
        is_unchanged=False,
        publication=result.publication or read_pointer(shop),
        models=result.models,
        tests=result.tests,
        failure=failure,
    )


def find_unchanged(
    shop: Path,
    settings: ShopSettings,
    *,
    request_sha256: str,
    progress: Progress = keep_quiet,
    wait_seconds: float = WAIT_SECONDS,
) -> Publication | None:
    """Find the published version when another run would only repeat it.

    Dagster and dbt are not imported for this: a run with nothing new takes a second.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    settings : ShopSettings
    request_sha256 : str
        Of ``compute_request_sha256``.
    progress : Progress, optional
    wait_seconds : float, default 15
        How long files that may still be written are waited for.

    Returns
    -------
    Publication or None
        None when a run has something to do.
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
    scan = scan_inbox(folder.inbox, known=seen, progress=progress, wait_seconds=wait_seconds)
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
) -> tuple[RefreshResult, KaeruError | None]:
    """Execute the job and take down how it ended, whichever way it did."""
    set_environment_of_libraries(shop)
    record = begin_run(shop, run_id=run_id)
    # Imported here because it brings Dagster and dbt: seconds that an idle run must not pay.
    from orchestration.job import execute_refresh

    failure: KaeruError | None = None
    try:
        result = execute_refresh(shop, run_id=run_id, as_of=as_of, progress=progress)
    except KaeruError as error:
        result, failure = RefreshResult(None, failure=str(error)), error
    finish_run(shop, record, result=result, request=request)
    if isinstance(failure, WrongUseError):
        raise failure
    if failure is None and result.failure is not None:
        failure = KaeruError(FAILED, failure=result.failure)
    return result, failure


def begin_run(shop: Path, *, run_id: str) -> RunRecord:
    """Clear what an earlier run left behind and take down that this one began.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock.
    run_id : str

    Returns
    -------
    RunRecord
        For ``finish_run``.
    """
    clear_build(shop)
    remove_expired_backups(shop)
    finish_erasures(shop)
    with open_store(shop) as connection:
        return start_run(connection, run_id)


def finish_run(shop: Path, record: RunRecord, *, result: RefreshResult, request: str) -> None:
    """Take down how a run ended; after an erasure, let the versions before this one go.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and has its databases closed.
    record : RunRecord
        Of ``begin_run``.
    result : RefreshResult
    request : str
        Of ``compute_request_sha256``, computed before the run.
    """
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
