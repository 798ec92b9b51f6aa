"""Somebody hears of a failed run: a line in the shop's log, and a message to its webhook."""

from __future__ import annotations

import http.client
import json
import logging
import urllib.request
from pathlib import Path
from typing import Final

from orchestration.clock import read_utc_now
from orchestration.folder import ShopFolder

ALERTS_FILE: Final = "alerts.jsonl"
TIMEOUT_SECONDS: Final = 5.0
MAX_FAILURE_SIGNS: Final = 2000  # chat systems refuse long messages
SUCCESSES: Final = range(200, 300)

logger = logging.getLogger(__name__)


def send_failure_alert(shop: Path, *, run_id: str, failure: str, webhook: str | None) -> bool:
    """Write a failed run into the shop's log and tell its webhook; never fail itself.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    run_id : str
    failure : str
        What went wrong, in one line.
    webhook : str or None
        Address that gets the alert as JSON: ``text`` (what chat systems show), ``shop``,
        ``run_id``, ``failure``, ``failed_at``.

    Returns
    -------
    bool
        Whether everybody who should hear of it did.
    """
    alert = {
        "text": f"Kaeru: {shop.name}: run {run_id} failed; the last published version stays. "
        f"{failure[:MAX_FAILURE_SIGNS]}",
        "shop": shop.name,
        "run_id": run_id,
        "failure": failure[:MAX_FAILURE_SIGNS],
        "failed_at": f"{read_utc_now():%Y-%m-%dT%H:%M:%SZ}",
    }
    is_written = _write_line(ShopFolder(shop), alert)
    is_sent = webhook is None or _post(webhook, alert)
    return is_written and is_sent


def _write_line(folder: ShopFolder, alert: dict[str, str]) -> bool:
    line = json.dumps(alert, ensure_ascii=False)
    try:
        folder.logs.mkdir(parents=True, exist_ok=True)
        with (folder.logs / ALERTS_FILE).open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")
    except OSError:
        logger.exception("the alert could not be written: %s", line)
        return False
    return True


def _post(webhook: str, alert: dict[str, str]) -> bool:
    """Send the alert; the address may carry a secret, so it is in no message."""
    body = json.dumps(alert, ensure_ascii=False).encode("utf-8")
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        request = urllib.request.Request(webhook, data=body, headers=headers)  # noqa: S310  settings allow http(s) alone
        with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS) as answer:  # noqa: S310
            is_accepted = answer.status in SUCCESSES
    except (OSError, ValueError, http.client.HTTPException) as error:
        logger.warning("the webhook did not take the alert: %s", type(error).__name__)
        return False
    return is_accepted
