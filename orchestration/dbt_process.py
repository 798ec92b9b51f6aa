"""dbt as a child that does not outlive its parent: ``python -P -m orchestration.dbt_process``.

A dbt that is left behind by a killed run keeps the store open, and the next run cannot write.
"""

from __future__ import annotations

import gc
import os
import sys
import threading
import time
from typing import Final

LOOK_SECONDS: Final = 0.05
PROGRAM: Final = (sys.executable, "-P", "-m", "orchestration.dbt_process")


def main() -> None:
    """Run dbt with the arguments behind the first, which is the process id of the parent."""
    parent = int(sys.argv.pop(1))
    threading.Thread(target=_die_with, args=(parent,), daemon=True).start()
    from dbt.cli.main import cli

    _parse_alike_in_every_folder()
    # What dbt is made of stays: not looking through it again saves 1 of 4.5 CPU s of a parse.
    gc.freeze()
    cli()


def _parse_alike_in_every_folder() -> None:
    """Let dbt take over what it parsed in another folder (DECISIONS 47).

    It parses everything anew where a path of the profile differs. No model says where files lie.
    Leaves when dbt-duckdb counts no path among what a parse depends on.
    """
    from dbt.adapters.duckdb.credentials import DuckDBCredentials

    shown = ("database", "schema")
    DuckDBCredentials._connection_keys = lambda _: shown  # type: ignore[method-assign]


def _die_with(parent: int) -> None:
    """End at once when the parent is gone: nothing that dbt writes is kept then."""
    while os.getppid() == parent:
        time.sleep(LOOK_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
