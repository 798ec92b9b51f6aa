"""Run the hand-written script of P1 on a shop's landed rows."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb


def main() -> None:
    data = Path(sys.argv[1]) / "data"
    script = Path(__file__).with_name("reference.sql").read_text(encoding="utf-8")
    with duckdb.connect(str(data / "build" / "build.duckdb")) as connection:
        connection.execute("set timezone = 'UTC'")
        connection.execute("set threads = 2")
        connection.execute(f"attach '{data / 'store.duckdb'}' as store (read_only)")
        connection.execute(f"attach '{data / 'build' / 'serving.duckdb'}' as serving")
        connection.execute(script)


if __name__ == "__main__":
    main()
