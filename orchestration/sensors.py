"""What starts a run when files arrive, and who hears when a run fails."""

import hashlib
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import dagster as dg

from orchestration.alerts import send_failure_alert
from orchestration.folder import ShopFolder
from orchestration.inbox_scan import look_at
from orchestration.landing.contracts import Candidate
from orchestration.landing.inbox import list_candidates
from orchestration.ledger import SeenFile, read_seen_files
from orchestration.locking import find_lock_holder, hold_lock
from orchestration.resources import (
    NOT_PUBLISHED,
    REFRESH_JOB,
    RUN_ID_TAG,
    Warehouse,
    build_failure,
)
from orchestration.schema import needs_migration
from orchestration.settings import load_settings
from orchestration.store import open_store
from orchestration.wording import KaeruError

INTERVAL_SECONDS: Final = 30


@dg.sensor(
    job_name=REFRESH_JOB,
    minimum_interval_seconds=INTERVAL_SECONDS,
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="A run as soon as a file of the inbox has settled that no run has seen yet.",
)
def inbox(warehouse: Warehouse) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run when the inbox holds settled files that are new or were changed."""
    folder = warehouse.folder
    holder = find_lock_holder(folder.root)
    if holder is not None:
        return dg.SkipReason(f"process {holder} works on the shop")
    try:
        seen = _read_seen(folder.root)
    except KaeruError as error:
        return dg.SkipReason(str(error))
    new = find_new_files(list_candidates(folder.inbox, now=time.time()), seen=seen)
    if not new:
        return dg.SkipReason("no new file has settled in the inbox")
    return dg.RunRequest(run_key=compute_run_key(new))


def find_new_files(
    candidates: Iterable[Candidate], *, seen: Mapping[str, SeenFile]
) -> list[SeenFile]:
    """Find settled files that no run has seen as they are now; their bytes are not read.

    Parameters
    ----------
    candidates : iterable of Candidate
        The files of the inbox.
    seen : mapping of file name to SeenFile
        How the files looked to the last run.

    Returns
    -------
    list of SeenFile
        By name; without a hash.
    """
    new = []
    for candidate in candidates:
        known = seen.get(candidate.path.name)
        looks = _look(candidate.path, sha256=known.sha256 if known else "")
        if not candidate.is_waiting and looks is not None and looks != known:
            new.append(looks)
    return sorted(new, key=lambda one: one.file_name)


def compute_run_key(files: Iterable[SeenFile]) -> str:
    """Name the state of some files: Dagster asks for one run per name, however that run ends.

    Parameters
    ----------
    files : iterable of SeenFile

    Returns
    -------
    str
    """
    return hashlib.sha256(repr(list(files)).encode("utf-8")).hexdigest()


def _look(path: Path, *, sha256: str) -> SeenFile | None:
    try:
        return look_at(path, sha256=sha256)
    except FileNotFoundError:
        return None


def _read_seen(shop: Path) -> dict[str, SeenFile]:
    """Read the store under the lock: an open reader would keep a starting run from writing."""
    if not ShopFolder(shop).store.exists():
        return {}
    with hold_lock(shop), open_store(shop, read_only=True) as connection:
        return {} if needs_migration(connection) else read_seen_files(connection)


@dg.run_failure_sensor(
    default_status=dg.DefaultSensorStatus.RUNNING,
    description="A line in the shop's log and a message to its webhook for every failed run.",
)
def failure_alert(context: dg.RunFailureSensorContext, warehouse: Warehouse) -> None:
    """Tell of a failed run once: not while Dagster is about to try again."""
    run = context.dagster_run
    if run.tags.get("dagster/will_retry") == "true":
        return
    shop = warehouse.folder.root
    failure = build_failure(shop, fallback=describe_failure(context))
    send_failure_alert(
        shop,
        run_id=run.tags.get(RUN_ID_TAG, run.run_id),
        failure=str(failure.failure),
        webhook=load_settings(shop).alert_webhook,
    )


def describe_failure(context: dg.RunFailureSensorContext) -> str:
    """Say why a run failed: what its steps said, else what Dagster says of the run.

    Parameters
    ----------
    context : RunFailureSensorContext

    Returns
    -------
    str
        One line.
    """
    errors = [event.step_failure_data.error for event in context.get_step_failure_events()]
    said = [(error.cause or error).message for error in errors if error is not None]
    return " ".join("; ".join(said or [context.failure_event.message or NOT_PUBLISHED]).split())
