"""What dbt knows of its own project, without a database: parsed once per state of the project."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any, Final

from orchestration.dbt_process import PROGRAM
from orchestration.fingerprint import DBT_PROJECT, hash_dbt_project, hash_texts
from orchestration.folder import ShopFolder
from orchestration.settings import build_child_environment, resolve_shop
from orchestration.store import sync_file
from orchestration.wording import KaeruError, Words

PARSE: Final = ("--quiet", "--log-level-file", "none", "parse", "--no-partial-parse")
MART_SCHEMA: Final = "marts"

NOT_PARSED: Final = Words(
    ja="dbt がモデルを読み取れません: {error}",
    en="dbt cannot read its models: {error}",
)


@cache
def load_manifest() -> Mapping[str, Any]:
    """Load the manifest of the dbt project; parse the project when it is not the one parsed last.

    Nothing in a manifest depends on the shop, whose target folder only keeps it.

    Returns
    -------
    mapping
        dbt's manifest, every singular test attached to a model.

    Raises
    ------
    KaeruError
        If the project cannot be parsed.
    """
    shop = resolve_shop()
    versions = [metadata.version(name) for name in ("dbt-core", "dbt-duckdb")]
    # dbt remembers where seeds lie: a project that moved must be parsed anew.
    digest = hash_texts([str(DBT_PROJECT), hash_dbt_project(), *versions])
    kept = ShopFolder(shop).target / f"parsed-{digest[:16]}.json"
    if not kept.exists():
        _parse_project(shop, kept=kept)
    parsed: dict[str, Any] = json.loads(kept.read_bytes())
    return attach_singular_tests(parsed)


def _parse_project(shop: Path, *, kept: Path) -> None:
    """Parse the project into the shop's target folder, where the build parses only changes."""
    folder = ShopFolder(shop)
    folder.make_folders()
    done = subprocess.run(  # noqa: S603  our own executable and folders
        [*PROGRAM, str(os.getpid()), *PARSE, *list_dbt_folders(shop)],
        env=build_child_environment(shop),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise KaeruError(NOT_PARSED, error=(done.stdout + done.stderr).strip())
    for older in folder.target.glob("parsed-*.json"):
        older.unlink(missing_ok=True)
    temporary = kept.with_name(f"{kept.name}.{os.getpid()}")
    temporary.write_bytes((folder.target / "manifest.json").read_bytes())
    sync_file(temporary)
    temporary.replace(kept)


def list_dbt_folders(shop: Path) -> list[str]:
    """List the flags that tell dbt its folders: the project's, and the shop's for what it writes.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    list of str
    """
    folder = ShopFolder(shop)
    project = ["--project-dir", str(DBT_PROJECT), "--profiles-dir", str(DBT_PROJECT)]
    return [*project, "--target-path", str(folder.target), "--log-path", str(folder.logs)]


def attach_singular_tests(manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    """Attach every singular test to the first model it reads, so that it becomes an asset check.

    dbt attaches generic tests itself; a singular test over several models would otherwise run
    without being counted.

    Parameters
    ----------
    manifest : mapping

    Returns
    -------
    mapping
        A new manifest; the given one is not changed.
    """
    nodes = {
        name: {**node, "attached_node": _find_first_model(node)}
        if node["resource_type"] == "test" and not node.get("attached_node")
        else node
        for name, node in manifest["nodes"].items()
    }
    return {**manifest, "nodes": nodes}


def _find_first_model(test: Mapping[str, Any]) -> str | None:
    read = test["depends_on"]["nodes"]
    return next((name for name in read if name.startswith(("model.", "seed."))), None)


def list_marts(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """List the names of the marts, sorted.

    Parameters
    ----------
    manifest : mapping

    Returns
    -------
    tuple of str
    """
    return tuple(
        sorted(
            node["name"]
            for node in manifest["nodes"].values()
            if node["resource_type"] == "model" and node["schema"] == MART_SCHEMA
        )
    )


def list_readers(manifest: Mapping[str, Any], *, schema: str) -> frozenset[str]:
    """List everything that rests on the sources of a schema, directly or not.

    Parameters
    ----------
    manifest : mapping
    schema : str

    Returns
    -------
    frozenset of str
        Unique ids, tests included.
    """
    sources = manifest["sources"].items()
    waiting = [name for name, source in sources if source["schema"] == schema]
    found: set[str] = set()
    while waiting:
        children = set(manifest["child_map"].get(waiting.pop(), ())) - found
        found |= children
        waiting.extend(children)
    return frozenset(found)
