"""How the dashboards are started: the argument list and the environment of the process."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

APP: Final = Path(__file__).parent / "app.py"
# Streamlit finds .streamlit/config.toml beside app.py from any working directory.
DEFAULT_PORT: Final = 8501


def build_command(
    *, port: int = DEFAULT_PORT, address: str = "127.0.0.1", opens_browser: bool = False
) -> list[str]:
    """Build the command that serves the dashboards.

    Parameters
    ----------
    port : int, default 8501
    address : str, default "127.0.0.1"
        Another address also has to be one of ``server.allowedHosts``; it is added here.
    opens_browser : bool, default False

    Returns
    -------
    list of str
        For ``subprocess`` or ``os.execve``; needs the environment of ``build_environment``.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    command += ["--server.port", str(port), "--server.address", address]
    command += ["--server.headless", "false" if opens_browser else "true"]
    for host in ("127.0.0.1", "localhost", *([address] if address != "127.0.0.1" else [])):
        command += ["--server.allowedHosts", host]
    return command


def build_environment(shop: Path, *, environment: Mapping[str, str]) -> dict[str, str]:
    """Build the environment of that process.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    environment : mapping of str to str
        Of the caller.

    Returns
    -------
    dict of str to str
        With the shop, telemetry off, and this package where Python finds it.
    """
    room = str(APP.parents[1])
    paths = [room, *filter(None, [environment.get("PYTHONPATH")])]
    return {
        **environment,
        "KAERU_SHOP": str(shop.resolve()),
        "PYTHONPATH": ":".join(paths),
        "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
    }


def build_address(*, port: int = DEFAULT_PORT) -> str:
    """Return where a browser finds the dashboards."""
    return f"http://localhost:{port}"
