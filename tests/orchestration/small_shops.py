"""Shops of a few lines, made as ``kaeru init`` makes them, for the tests of the store."""

from __future__ import annotations

import os
import time
from pathlib import Path

from orchestration.commands.init import make_shop
from orchestration.landing_run import LandingSummary, land_inbox
from orchestration.store import open_store

KEY = bytes(range(32))
ORDERS = """\
order_id,customer_id,ordered_at,total
A1,customer-1,2026-11-01 10:00:00,3900
A2,customer-2,2026-11-02 10:00:00,12000
"""
LINES = """\
order_line_id,order_id,sku,quantity,unit_price
A1-1,A1,shirt-m,1,3900
A2-1,A2,shoe-24,1,12000
"""


def make_small_shop(folder: Path, **values: str | int | bool) -> Path:
    """Make a shop with an empty inbox and a known key."""
    make_shop(folder, values={"name": "小さな店", **values}, key=KEY)
    return folder


def deliver(shop: Path, name: str, text: str | bytes, *, age_seconds: float = 60) -> Path:
    """Put a file into the inbox, as if it had lain there for a while."""
    path = shop / "inbox" / name
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    moment = time.time() - age_seconds
    os.utime(path, (moment, moment))
    return path


def land(shop: Path, run_id: str = "run") -> LandingSummary:
    """Land what is in the inbox."""
    return land_inbox(shop, run_id=run_id)


def read_rows(shop: Path, sql: str, *values: object) -> list[tuple[object, ...]]:
    """Ask the store."""
    with open_store(shop, read_only=True) as connection:
        return connection.execute(sql, list(values)).fetchall()


def read_states(shop: Path) -> dict[str, str]:
    """Read the state of every file."""
    rows = read_rows(shop, "select file_name, state from landing.files order by load_id")
    return {str(name): str(state) for name, state in rows}
