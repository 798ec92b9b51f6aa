"""A shop's settings and secrets; the only reader of the environment in this room."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from orchestration.folder import SETTINGS_FILE, ShopFolder
from orchestration.settings_values import ShopSettings, SourceSettings, parse_settings_file
from orchestration.wording import Words, WrongUseError

__all__ = ["ShopSettings", "SourceSettings", "load_settings"]

SHOP_VARIABLE: Final = "KAERU_SHOP"
HASH_KEY_VARIABLE: Final = "KAERU_HASH_KEY"
ALERT_WEBHOOK_VARIABLE: Final = "KAERU_ALERT_WEBHOOK"
API_KEY_VARIABLE: Final = "KAERU_API_KEY"
KNOWN_VARIABLES: Final = (
    *(SHOP_VARIABLE, HASH_KEY_VARIABLE, ALERT_WEBHOOK_VARIABLE, API_KEY_VARIABLE),
)
# Each library has its own word for "do not phone home".
TELEMETRY_OFF: Final[Mapping[str, str]] = {
    "DO_NOT_TRACK": "1",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}
KEY_BYTES: Final = 32
# 128 bits: with fewer, customers could be found by trying keys.
MIN_KEY_DIGITS: Final = 32
API_KEY: Final = re.compile(r"[!-~]{24,200}")  # what a header can carry and nobody guesses

NO_SHOP: Final = Words(
    ja="{folder} はショップのフォルダではありません（{file} がありません）。"
    "`kaeru init {folder}` で作るか、--shop でフォルダを指してください。",
    en="{folder} is not a shop's folder: it has no {file}. "
    "Make one with `kaeru init {folder}`, or name the folder with --shop.",
)
UNKNOWN_VARIABLE: Final = Words(
    ja="環境変数 {name} は知らない変数です。使えるのは {known} です。",
    en="The environment variable {name} is unknown. Known are {known}.",
)
NO_KEY: Final = Words(
    ja="顧客番号のハッシュ鍵がありません。バックアップの secret.key を {path} に戻すか、"
    "KAERU_HASH_KEY を設定してください。新しいショップなら `kaeru init` が作ります。",
    en="The key of the customer hash is missing. Put the shop's secret.key back to {path} or set "
    "KAERU_HASH_KEY. `kaeru init` makes one for a new shop.",
)
OPEN_KEY: Final = Words(
    ja="{path} がほかの利用者にも読めます（モード {mode}）。`chmod 600 {path}` で閉じてください。",
    en="{path} can be read by others (mode {mode}). Close it with `chmod 600 {path}`.",
)
BAD_KEY: Final = Words(
    ja="{origin} の鍵は 16 進数 {digits} 桁以上でなければなりません。",
    en="The key in {origin} must be hexadecimal, at least {digits} digits.",
)
BAD_API_KEY: Final = Words(
    ja="KAERU_API_KEY は空白のない英数記号 24〜200 文字にしてください。"
    "例: `openssl rand -hex 32` の出力。",
    en="KAERU_API_KEY must be 24 to 200 ASCII signs without blanks, such as "
    "`openssl rand -hex 32` prints.",
)
NOT_TEXT: Final = Words(
    ja="{file} が UTF-8 の文字として読めません。UTF-8 で保存し直してください。",
    en="{file} is not UTF-8 text. Save it as UTF-8.",
)


def refuse_unknown_variables() -> None:
    """Refuse a variable that begins with ``KAERU_`` and means nothing: it is a misspelling.

    Raises
    ------
    WrongUseError
    """
    for name in sorted(os.environ):
        if name.startswith("KAERU_") and name not in KNOWN_VARIABLES:
            raise WrongUseError(UNKNOWN_VARIABLE, name=name, known=", ".join(KNOWN_VARIABLES))


def resolve_shop(flag: Path | None = None) -> Path:
    """Find the shop's folder: the flag, then ``KAERU_SHOP``, then the folder we stand in.

    Parameters
    ----------
    flag : Path, optional
        What the command line says.

    Returns
    -------
    Path
        Absolute, and it holds a ``kaeru.toml``.

    Raises
    ------
    WrongUseError
        If the folder is not a shop's.
    """
    refuse_unknown_variables()
    named = flag or os.environ.get(SHOP_VARIABLE) or Path.cwd()
    shop = Path(named).expanduser().resolve()
    if not ShopFolder(shop).settings_file.is_file():
        raise WrongUseError(NO_SHOP, folder=named, file=SETTINGS_FILE)
    return shop


def find_cache_folder() -> Path:
    """Find where what can be made anew is kept for this user, outside every shop."""
    named = os.environ.get("XDG_CACHE_HOME")
    return (Path(named) if named else Path.home() / ".cache") / "kaeru"


def load_settings(shop: Path) -> ShopSettings:
    """Read and judge a shop's ``kaeru.toml``.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    ShopSettings

    Raises
    ------
    WrongUseError
        If the file is missing or no TOML, a key is unknown, or a value is out of its range.
    """
    refuse_unknown_variables()
    try:
        text = ShopFolder(shop).settings_file.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise WrongUseError(NO_SHOP, folder=shop, file=SETTINGS_FILE) from None
    except UnicodeDecodeError:
        raise WrongUseError(NOT_TEXT, file=SETTINGS_FILE) from None
    return parse_settings_file(text, alert_webhook=os.environ.get(ALERT_WEBHOOK_VARIABLE))


def load_hash_key(shop: Path) -> bytes:
    """Read the key of the customer hash from ``KAERU_HASH_KEY``, else from ``secret.key``.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    bytes
        At least 16.

    Raises
    ------
    WrongUseError
        If there is none, it is not hexadecimal or too short, or its file is open to others.
    """
    given = os.environ.get(HASH_KEY_VARIABLE)
    if given:
        return _parse_key(given, origin=HASH_KEY_VARIABLE)
    path = ShopFolder(shop).secret_key
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        text = path.read_text(encoding="ascii", errors="replace")
    except FileNotFoundError:
        raise WrongUseError(NO_KEY, path=path) from None
    if mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise WrongUseError(OPEN_KEY, path=path, mode=f"{mode:04o}")
    return _parse_key(text, origin=str(path))


def load_api_key() -> str | None:
    """Read what callers of ``kaeru serve`` must send, from ``KAERU_API_KEY``.

    Returns
    -------
    str or None
        None where the variable is not set or empty.

    Raises
    ------
    WrongUseError
        If a header cannot carry it, or it is short enough to be guessed.
    """
    given = os.environ.get(API_KEY_VARIABLE)
    if given and not API_KEY.fullmatch(given):
        raise WrongUseError(BAD_API_KEY)
    return given or None


def _parse_key(text: str, *, origin: str) -> bytes:
    digits = text.strip()
    if not re.fullmatch(rf"(?:[0-9a-fA-F]{{2}}){{{MIN_KEY_DIGITS // 2},}}", digits):
        raise WrongUseError(BAD_KEY, origin=origin, digits=MIN_KEY_DIGITS)
    return bytes.fromhex(digits)


def build_child_environment(shop: Path) -> dict[str, str]:
    """Build the environment of a process started for a shop: its folder, and no telemetry.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    dict of str to str
    """
    folder = ShopFolder(shop.resolve())
    of_shop = {SHOP_VARIABLE: str(folder.root), "DAGSTER_HOME": str(folder.dagster_home)}
    return {**os.environ, **TELEMETRY_OFF, **of_shop}


def set_environment_of_libraries(shop: Path) -> None:
    """Tell this process, and what it starts, the shop's folder; switch telemetry off.

    Dagster and dbt read the environment themselves, so it is set before they are imported.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    """
    os.environ.update({**TELEMETRY_OFF, SHOP_VARIABLE: str(shop.resolve())})


def count_cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
