"""The settings of the scheduler of one shop, written into the shop's own folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orchestration.folder import ShopFolder

CONFIG_FILE: Final = "dagster.yaml"
CONFIG: Final = """\
# Written by `kaeru schedule`; changes are overwritten. Everything lies beside this file.
telemetry:
  enabled: false
nux:
  enabled: false

# One run at a time; the shop's lock keeps commands started by hand apart from them.
concurrency:
  runs:
    max_concurrent_runs: 1

# A run whose process was killed would stay "started" for ever and block the queue.
run_launcher:
  module: orchestration.launching
  class: ShopRunLauncher
run_monitoring:
  enabled: true
  poll_interval_seconds: 30
  start_timeout_seconds: 300
  max_resume_run_attempts: 0
  max_runtime_seconds: 43200

# A killed run is tried again. A failed test or a refused file is not: it would fail again.
run_retries:
  enabled: true
  max_retries: 1
  retry_on_asset_or_op_failure: false

retention:
  schedule:
    purge_after_days: 90
  sensor:
    purge_after_days:
      skipped: 2
      failure: 30
      success: 90
"""


def write_dagster_home(shop: Path) -> Path:
    """Write the scheduler's settings; no path in them is absolute.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    Path
        What ``DAGSTER_HOME`` must say.
    """
    home = ShopFolder(shop).dagster_home
    home.mkdir(parents=True, exist_ok=True)
    path = home / CONFIG_FILE
    temporary = path.with_name(f"{CONFIG_FILE}.tmp")
    temporary.write_text(CONFIG, encoding="utf-8")
    temporary.replace(path)
    return home
