"""How the dashboards are started."""

from __future__ import annotations

import sys
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
        For ``subprocess``, with ``KAERU_SHOP`` in the environment.
    """
    command = [sys.executable, "-m", "streamlit", "run", str(APP)]
    command += ["--server.port", str(port), "--server.address", address]
    command += ["--server.headless", "false" if opens_browser else "true"]
    for host in ("127.0.0.1", "localhost", *([address] if address != "127.0.0.1" else [])):
        command += ["--server.allowedHosts", host]
    return command
