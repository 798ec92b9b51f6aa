"""The worklist of a day, kept so that next week can say what became of it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from orchestration.store import open_store
from orchestration.verifying import connect_reader

LONGEST: Final = 200  # rows of a level that a day keeps besides its alarms
READ: Final = """
select level_code, style_id, sku, excess_count, excess_amount, is_alarm, as_of_date
from marts.rpt_worklist
where is_alarm or (is_rankable and excess_amount > 0)
qualify is_alarm or row_number() over (
    partition by level_code order by excess_amount desc, style_id, sku
) <= ?
order by level_code, style_id, sku
"""
FORGET: Final = "delete from landing.worklist_days where as_of_date = ?"
KEEP: Final = "insert into landing.worklist_days values (?, ?, ?, ?, ?, ?, ?)"


def keep_worklist(shop: Path, *, published: Path) -> int:
    """Append the worklist of the published version; the same day's earlier one gives way.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and has no connection open.
    published : Path
        The file that readers see.

    Returns
    -------
    int
        Rows kept: all alarms, and the 200 rows of each level with the largest excess in yen.
    """
    with connect_reader(published) as marts:
        rows = marts.execute(READ, [LONGEST]).fetchall()
    if not rows:
        return 0
    with open_store(shop) as store:
        store.begin()
        store.execute(FORGET, [rows[0][-1]])
        store.executemany(KEEP, rows)
        store.commit()
    return len(rows)
