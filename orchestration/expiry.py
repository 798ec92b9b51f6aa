"""What leaves the store after its days: addresses, and values of held-back records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import duckdb

from orchestration.clock import read_utc_now
from orchestration.folder import ShopFolder
from orchestration.identifiers import compose
from orchestration.kept_checks import forget_checks
from orchestration.landing.canonical import Entity, load_model
from orchestration.settings import ShopSettings
from orchestration.store import open_store, rewrite_store
from orchestration.wording import Words

QUARANTINE_DAYS: Final = 30
# The store is written anew to lose the bytes; what would be due within a tenth of its days leaves
# with the rest, so that this happens about once a week and not at every run.
EARLY_SHARE: Final = 0.1
MAX_EARLY_DAYS: Final = 7

EXPIRED: Final = Words(
    ja="値は {days} 日を過ぎたため消しました",
    en="The value was removed after {days} days",
)


def expire_personal_data(shop: Path, settings: ShopSettings) -> bool:
    """Purge addresses and held-back values whose days are over, and the bytes they were.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and has the store closed.
    settings : ShopSettings
        Says after how many days addresses leave.

    Returns
    -------
    bool
        Whether anything was purged.
    """
    if not ShopFolder(shop).store.exists():
        return False
    with open_store(shop) as connection:
        connection.begin()
        purged = _purge_addresses(connection, days=settings.address_days)
        purged += _purge_values(connection, days=QUARANTINE_DAYS)
        forget_checks(connection)
        connection.commit()
    if purged:
        rewrite_store(shop)
    return purged > 0


def _purge_addresses(connection: duckdb.DuckDBPyConnection, *, days: int) -> int:
    due = _find_loads(connection, days=days)
    if not due:
        return 0
    early = _find_loads(connection, days=days - _count_early_days(days))
    purged = 0
    for entity in load_model().entities.values():
        columns = [c.name for c in entity.columns.values() if c.type == "address"]
        if columns and _has_values(connection, entity, columns=columns, loads=due):
            changes = ", ".join(compose("$column = null", column=column) for column in columns)
            statement = compose("update landing.$entity", entity=entity.name)
            connection.execute(
                f"{statement} set {changes} where load_id in (select unnest(?))", [early]
            )
            purged += 1
    return purged


def _purge_values(connection: duckdb.DuckDBPyConnection, *, days: int) -> int:
    now = read_utc_now()
    count = "select count(*) from landing.quarantined_rows where quarantined_at < ? and"
    found = connection.execute(
        f"{count} value is not null", [now - timedelta(days=days)]
    ).fetchone()
    if not found or found[0] == 0:
        return 0
    early = now - timedelta(days=days - _count_early_days(days))
    words = [EXPIRED.render("ja", days=days), EXPIRED.render("en", days=days)]
    connection.execute(
        "update landing.quarantined_rows set value = null, message_ja = ?, message_en = ?"
        " where quarantined_at < ? and value is not null",
        [*words, early],
    )
    return int(found[0])


def _find_loads(connection: duckdb.DuckDBPyConnection, *, days: int) -> list[int]:
    limit = read_utc_now() - timedelta(days=days)
    rows = connection.execute(
        "select load_id from landing.files where first_landed_at < ? order by load_id", [limit]
    ).fetchall()
    return [int(row[0]) for row in rows]


def _has_values(
    connection: duckdb.DuckDBPyConnection,
    entity: Entity,
    *,
    columns: Sequence[str],
    loads: list[int],
) -> bool:
    filled = " or ".join(compose("$column is not null", column=column) for column in columns)
    statement = compose("select 1 from landing.$entity", entity=entity.name)
    sql = f"{statement} where load_id in (select unnest(?)) and ({filled}) limit 1"
    return connection.execute(sql, [loads]).fetchone() is not None


def _count_early_days(days: int) -> int:
    return min(int(days * EARLY_SHARE), MAX_EARLY_DAYS)
