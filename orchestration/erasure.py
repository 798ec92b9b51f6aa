"""``kaeru erase``: a customer leaves the shop's data; the money stays."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from orchestration.erasing import TEXT_KIND, append_erasure_list, collect_ids, finish_erasures
from orchestration.folder import ShopFolder
from orchestration.inbox_rewriting import is_rewritten_copy, rewrite_file
from orchestration.inbox_scan import look_at
from orchestration.inbox_search import InboxSearch, search_inbox
from orchestration.landing.customers import hash_customer
from orchestration.ledger import Ledger, insert_entry, read_seen_files, write_seen_files
from orchestration.limits import require_free_disk
from orchestration.locking import hold_lock
from orchestration.mapping_choice import load_all_mappings
from orchestration.publishing import clear_build
from orchestration.reason_labels import name_erased_text
from orchestration.settings import load_hash_key, load_settings
from orchestration.store import open_store
from orchestration.text_hashes_of_customers import collect_text_hashes
from orchestration.verifying import compute_sha256

HASHED: Final = re.compile(r"k[0-9]+:[0-9a-f]{64}")


@dataclass(frozen=True)
class Erasure:
    """What an erasure found and did.

    Attributes
    ----------
    customer_id : str
        Hashed.
    orders : int
        Orders of the customer.
    rows : int
        Landed rows that lost what was personal, or left.
    inbox_files : tuple of str
        Files of the inbox that hold the customer, or held it before they were rewritten.
    is_inbox_rewritten : bool
    unread_files : tuple of str
        Files of the inbox that no mapping reads.
    backups : tuple of str
        Backups that still hold the customer; they expire, and restoring one erases again.
    """

    customer_id: str
    orders: int
    rows: int
    inbox_files: tuple[str, ...]
    is_inbox_rewritten: bool
    unread_files: tuple[str, ...]
    backups: tuple[str, ...]


def erase_customer(shop: Path, *, customer: str, is_inbox_rewritten: bool = False) -> Erasure:
    """Cut a customer out of the landed rows, leave no byte of it, and keep it from coming back.

    Published versions still hold the customer until the next run has published; that run removes
    them.

    Parameters
    ----------
    shop : Path
        The shop's folder; its lock is taken.
    customer : str
        The id as the shop writes it, or hashed.
    is_inbox_rewritten : bool, default False
        Blank the customer in the files of the inbox as well.

    Returns
    -------
    Erasure

    Raises
    ------
    WrongUseError
        If settings, key or mappings are wrong.
    KaeruError
        If another process works on the shop, or the disk is too full for a second store.
    """
    settings, key = load_settings(shop), load_hash_key(shop)
    mappings = load_all_mappings(shop)
    hashed = customer if HASHED.fullmatch(customer) else hash_customer(customer, key=key)
    folder = ShopFolder(shop)
    with hold_lock(shop):
        folder.make_folders()
        with open_store(shop) as connection:
            connection.execute("checkpoint")
            found = collect_ids(connection, hashed)
            texts = collect_text_hashes(connection, found)
        found = {
            **found,
            TEXT_KIND: frozenset(name_erased_text(one, key=key) for one in texts),
        }
        require_free_disk(folder.data, needed_bytes=2 * folder.store.stat().st_size)
        # On the list first: from here on no delivery and no backup brings the customer back.
        append_erasure_list(shop, found)
        rows = finish_erasures(shop)
        _clear_leftovers(folder)
        search = search_inbox(shop, settings, mappings=mappings, erased=found, hash_key=key)
        if is_inbox_rewritten:
            _rewrite_inbox(shop, search)
    return Erasure(
        customer_id=hashed,
        orders=len(found["order"]),
        rows=rows,
        inbox_files=tuple(hit.path.name for hit in search.hits),
        is_inbox_rewritten=is_inbox_rewritten,
        unread_files=search.unread,
        backups=tuple(sorted(path.name for path in folder.backups.glob("*"))),
    )


def _clear_leftovers(folder: ShopFolder) -> None:
    """Remove what a build, a spill or a rewriting that was cut off may have left."""
    clear_build(folder.root)
    for path in folder.temporary.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
    for path in folder.inbox.iterdir():
        if is_rewritten_copy(path):
            path.unlink()


def _rewrite_inbox(shop: Path, search: InboxSearch) -> None:
    """Rewrite the files and tell the ledger their new hash: they are no new delivery."""
    for hit in search.hits:
        before = compute_sha256(hit.path)
        rewrite_file(hit)
        seen = look_at(hit.path, sha256=compute_sha256(hit.path))
        with open_store(shop) as connection:
            known = Ledger.read(connection).find(file_name=hit.path.name, sha256=before)
            if known is None:
                continue
            connection.begin()
            connection.execute("delete from landing.files where load_id = ?", [known.load_id])
            renewed = replace(known, sha256=seen.sha256, size_bytes=seen.size_bytes)
            insert_entry(connection, renewed)
            connection.commit()
            others = read_seen_files(connection)
            write_seen_files(connection, {**others, hit.path.name: seen}.values())
