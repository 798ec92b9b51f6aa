"""When the job runs by itself: once a day."""

from typing import Final

import dagster as dg

from orchestration.fingerprint import compute_request_sha256
from orchestration.pipeline import find_unchanged
from orchestration.resources import REFRESH_JOB, Warehouse
from orchestration.settings import load_settings, resolve_shop
from orchestration.wording import keep_quiet

SETTINGS: Final = load_settings(resolve_shop())


def build_cron(time_of_day: str) -> str:
    """Turn a time of day into a daily cron line.

    Parameters
    ----------
    time_of_day : str
        HH:MM.

    Returns
    -------
    str

    Examples
    --------
    >>> build_cron("05:30")
    '30 5 * * *'
    """
    hour, minute = time_of_day.split(":")
    return f"{int(minute)} {int(hour)} * * *"


@dg.schedule(
    job_name=REFRESH_JOB,
    cron_schedule=build_cron(SETTINGS.daily_run_at),
    execution_timezone=SETTINGS.time_zone,
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="Once a day, at the time that kaeru.toml names; nothing when nothing is new.",
)
def daily_refresh(warehouse: Warehouse) -> dg.RunRequest | dg.SkipReason:
    """Ask for a run unless it would only repeat what is published."""
    shop = warehouse.folder.root
    settings = load_settings(shop)
    request = compute_request_sha256(shop, settings, as_of=None)
    unchanged = find_unchanged(
        shop, settings, request_sha256=request, progress=keep_quiet, wait_seconds=0
    )
    if unchanged is not None:
        return dg.SkipReason(f"nothing is new since {unchanged.version}")
    return dg.RunRequest()
