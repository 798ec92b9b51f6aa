"""Addresses of parcels → checks: each once per rules and month of the table, kept in the store.

Between landing and dbt, as the reading of texts. The address itself stays where it landed, until
it is purged; what is kept of it is a keyed hash.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from models_ml.addresses import codes as said
from models_ml.addresses.checking import RULES_VERSION, AddressCheck, check_address
from models_ml.addresses.postal_index import PostalIndex
from orchestration.clock import read_utc_now
from orchestration.kept_checks import (
    CHECKS,
    find_unchecked,
    forget_checks,
    write_checks,
)
from orchestration.kept_readings import count_rows
from orchestration.postal_data import open_postal_index
from orchestration.settings import load_hash_key
from orchestration.store import open_store
from orchestration.wording import Progress, Words, keep_quiet

BATCH_PARCELS: Final = 50_000  # a commit's worth: a second of checking that a crash can cost
HASH_PREFIX: Final = "k1:"  # of the key; another key is another prefix
CODE_SEPARATOR: Final = ";"
PARTS: Final = {
    "prefecture": {said.PREFECTURE_MISMATCH},
    "city": {said.WARD_MISSING, said.CITY_MISSING, said.CITY_MISMATCH},
    "town": {said.TOWN_MISSING, said.TOWN_TYPO, said.TOWN_UNLISTED},
}
COLUMNS: Final = pa.schema(
    [
        ("shipment_id", pa.string()),
        ("load_id", pa.int64()),
        *((name, pa.string()) for name in ("address_hash", "data_month", "lane", "codes")),
        ("rules_version", pa.int64()),
        ("confidence", pa.float64()),
        ("is_postal_changed", pa.bool_()),
        *((f"is_{part}_changed", pa.bool_()) for part in PARTS),
        ("checked_at", pa.timestamp("us")),
    ]
)
CHECKING: Final = Words(
    ja="住所を調べています: {done:,} / {total:,}",
    en="Checking addresses: {done:,} of {total:,}",
)


def check_new_addresses(shop: Path, *, progress: Progress = keep_quiet) -> int:
    """Check every parcel's address that these rules and this month's table have not seen.

    Parameters
    ----------
    shop : Path
        The shop's folder; the caller holds its lock and has the store closed.
    progress : Progress, optional

    Returns
    -------
    int
        Parcels with a check, after the checking.
    """
    key = load_hash_key(shop)
    index = open_postal_index()
    with open_store(shop) as store:
        unchecked = find_unchecked(store, rules_version=RULES_VERSION, data_month=index.data_month)
        rows = _check_rows(index, unchecked, key=key)
        done = 0
        while batch := list(islice(rows, BATCH_PARCELS)):
            write_checks(store, pa.Table.from_pylist(batch, schema=COLUMNS))
            done += len(batch)
            progress(CHECKING, done=done, total=unchecked.num_rows)
        store.begin()
        forget_checks(store)
        store.commit()
        return count_rows(store, CHECKS)


def join_address(
    prefecture: str | None, city: str | None, line_1: str | None, line_2: str | None
) -> str:
    """Join the parts of an address; a part that the next one repeats is written once.

    Parameters
    ----------
    prefecture, city, line_1, line_2 : str, optional

    Returns
    -------
    str

    Examples
    --------
    >>> join_address("東京都", "渋谷区", "東京都渋谷区道玄坂2-10-7", "3F")
    '東京都渋谷区道玄坂2-10-7 3F'
    """
    whole = line_1 or ""
    for part in (city, prefecture):
        if part and not whole.startswith(part) and not whole.startswith(f"{prefecture}{city}"):
            whole = part + whole
    return f"{whole} {line_2}" if line_2 else whole


def _check_rows(index: PostalIndex, unchecked: pa.Table, *, key: bytes) -> Iterator[dict[str, Any]]:
    now = read_utc_now().replace(tzinfo=None)
    for batch in unchecked.to_batches(max_chunksize=BATCH_PARCELS):
        for row in batch.to_pylist():
            parts = ("prefecture", "city", "address_line_1", "address_line_2")
            address = join_address(*(row[part] for part in parts))
            postal = row["postal_code"] or ""
            check = check_address(index, address, postal=postal, country=row["country"] or "")
            digest = hmac.digest(key, f"{postal}\n{address}".encode(), "sha256")
            yield {
                "shipment_id": row["shipment_id"],
                "load_id": row["load_id"],
                "address_hash": f"{HASH_PREFIX}{digest.hex()}",
                "rules_version": RULES_VERSION,
                "checked_at": now,
                **_describe(check, postal=postal),
            }


def _describe(check: AddressCheck, *, postal: str) -> dict[str, Any]:
    is_corrected = check.lane == said.CORRECT
    return {
        "data_month": check.data_month,
        "lane": check.lane,
        "codes": CODE_SEPARATOR.join(check.codes) or None,
        "confidence": check.confidence,
        "is_postal_changed": is_corrected and check.corrected_postal != postal,
    } | {
        f"is_{part}_changed": is_corrected and not codes.isdisjoint(check.codes)
        for part, codes in PARTS.items()
    }
