"""The verdicts on fit of a day, kept so that a later one can say what changed, and why."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Final

from orchestration.store import open_store
from orchestration.verifying import connect_reader

EVERY_DAY: Final = 40  # days of which each is kept; of an older month the last one that was kept
READ: Final = """
select
    style_id, verdict_code, diagnosis_code, small_probability, large_probability,
    swap_probability, delivered_count, developed_exposure, small_units, large_units,
    alarm_false_share as false_share, as_of_date
from marts.rpt_fit_verdicts
cross join (select alarm_false_share, as_of_date from marts.rpt_shop) as shop
order by style_id
"""
FORGET: Final = "delete from landing.fit_verdict_days where as_of_date = ?"
KEEP: Final = "insert into landing.fit_verdict_days by name select * from verdicts_of_the_day"
THIN: Final = """
delete from landing.fit_verdict_days
where as_of_date < ? and as_of_date not in (
    select max(as_of_date) from landing.fit_verdict_days group by date_trunc('month', as_of_date)
)
"""


def keep_verdicts(shop: Path, *, published: Path) -> int:
    """Append the verdicts of the published version; the same day's earlier ones give way.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and has no connection open.
    published : Path
        The file that readers see.

    Returns
    -------
    int
        Rows kept, one per style. Of days more than 40 days back the last of each month stays.
    """
    with connect_reader(published) as marts:
        rows = marts.execute(READ).df()
    if rows.empty:
        return 0
    day: date = rows["as_of_date"].iloc[0].date()
    with open_store(shop) as store:
        store.begin()
        store.execute(FORGET, [day])
        store.register("verdicts_of_the_day", rows)
        store.execute(KEEP)
        store.unregister("verdicts_of_the_day")
        store.execute(THIN, [day - timedelta(days=EVERY_DAY)])
        store.commit()
    return len(rows)
