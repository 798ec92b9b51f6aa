"""What a shop's files, last run and published version look like now."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from orchestration.folder import ShopFolder
from orchestration.inbox_scan import look_at
from orchestration.landing.contracts import Candidate
from orchestration.landing.inbox import list_candidates
from orchestration.ledger import Ledger, SeenFile, read_seen_files
from orchestration.publication import read_pointer
from orchestration.runs import RunRecord, read_last_run
from orchestration.store import open_store
from orchestration.verifying import compute_sha256
from orchestration.wording import Language, Words

NEW_FILE = Words(
    ja="次の `kaeru run` で取り込みます",
    en="Lands with the next `kaeru run`",
)


def build_status(shop: Path, *, language: Language) -> dict[str, Any]:
    """Build the document of ``kaeru status``.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    language : {"ja", "en"}
        Of the messages.

    Returns
    -------
    dict
        ``files``, ``run``, ``published``.
    """
    ledger, run, seen = _read_store(shop)
    published = read_pointer(shop)
    return {
        "files": list_files(shop, ledger=ledger, seen=seen, language=language),
        "run": run.to_document() if run else None,
        "published": published.to_document() if published else None,
    }


def list_files(
    shop: Path,
    *,
    ledger: Ledger,
    seen: dict[str, SeenFile],
    language: Language,
) -> list[dict[str, Any]]:
    """List every version of a file that was seen, then the files that wait.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    ledger : Ledger
    seen : dict of file name to SeenFile
    language : {"ja", "en"}

    Returns
    -------
    list of dict
    """
    candidates = list_candidates(ShopFolder(shop).inbox, now=time.time())
    waiting = [one for one in candidates if not _is_known(one, ledger=ledger, seen=seen)]
    return [
        *(entry.to_document(language=language) for entry in ledger.entries.values()),
        *(_describe_waiting(one, language=language) for one in waiting),
    ]


def _read_store(shop: Path) -> tuple[Ledger, RunRecord | None, dict[str, SeenFile]]:
    if not ShopFolder(shop).store.exists():
        return Ledger(), None, {}
    with open_store(shop, read_only=True) as connection:
        ledger = Ledger.read(connection)
        return ledger, read_last_run(connection), read_seen_files(connection)


def _is_known(candidate: Candidate, *, ledger: Ledger, seen: dict[str, SeenFile]) -> bool:
    """Tell whether the ledger has the file as it is now; touching a file does not change it."""
    known = seen.get(candidate.path.name)
    try:
        if known is not None and look_at(candidate.path, sha256=known.sha256) == known:
            return True
        sha256 = compute_sha256(candidate.path)
        return ledger.find(file_name=candidate.path.name, sha256=sha256) is not None
    except FileNotFoundError:
        return True


def _describe_waiting(candidate: Candidate, *, language: Language) -> dict[str, Any]:
    skipped = ("blank", "preamble", "repeated_header", "total")
    return {
        "name": candidate.path.name,
        "sha256": None,
        "source": None,
        "entity": None,
        "rows_in": 0,
        "rows_loaded": 0,
        "rows_quarantined": 0,
        "rows_erased": 0,
        "lines_skipped": dict.fromkeys(skipped, 0),
        "state": "waiting",
        "message": NEW_FILE.render(language),
    }
