"""``kaeru dashboard`` and ``kaeru schedule``: processes that stay until they are ended."""

from __future__ import annotations

import contextlib
import importlib.util
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Annotated, Final

import typer

from orchestration.commands.desk import Desk, LanguageFlag, ShopFlag, is_terminal, open_desk
from orchestration.settings import build_child_environment
from orchestration.wording import KaeruError, Words

ADDRESS: Final = "127.0.0.1"
DASHBOARD_PORT: Final = 8501
SCHEDULE_PORT: Final = 3000
PORTS_TRIED: Final = 20
START_SECONDS: Final = 120.0
PAUSE_SECONDS: Final = 0.25
STOP_SECONDS: Final = 20.0

OPEN: Final = Words(
    ja="ダッシュボード: {address}（Ctrl-C で終わります）",
    en="Dashboards: {address} (Ctrl-C ends them)",
)
SCHEDULED: Final = Words(
    ja="自動実行の画面: {address}（毎日 {time} に実行、新しいファイルは 30 秒ごとに確認。"
    "Ctrl-C で終わります）",
    en="Scheduler: {address} (daily at {time}; looks for new files every 30 s; Ctrl-C ends it)",
)
PORT_TAKEN: Final = Words(
    ja="ポート {port} はほかのプログラムが使っています。--port で別の番号を指定してください。",
    en="Port {port} is taken by another program. Choose another one with --port.",
)
NOT_STARTED: Final = Words(
    ja="{name} が起動しませんでした（終了コード {code}）。上の表示を確かめてください。",
    en="{name} did not start (exit {code}). See what it said above.",
)

PortFlag = Annotated[
    int | None,
    typer.Option("--port", min=1, max=65535, help="On 127.0.0.1. ポート番号。", show_default=False),
]


def dashboard(
    *,
    port: PortFlag = None,
    is_headless: Annotated[
        bool, typer.Option("--no-browser", help="Only print the address. ブラウザを開かない。")
    ] = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Open the dashboards of the published version."""
    with open_desk(shop, language) as desk:
        from orchestration.publication import NOTHING_PUBLISHED, read_pointer

        if read_pointer(desk.shop) is None:
            desk.tell(NOTHING_PUBLISHED)
        chosen = choose_port(port, default=DASHBOARD_PORT)
        with run_child(desk, build_streamlit_command(chosen), name="streamlit") as child:
            address = f"http://{ADDRESS}:{chosen}"
            _wait_until_up(child, url=f"{address}/_stcore/health", name="streamlit")
            desk.answer(OPEN, address=address)
            if not is_headless and is_terminal():
                webbrowser.open(address)
            child.wait()


def schedule(
    *,
    port: PortFlag = None,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Run by itself: daily, and when files arrive, with Dagster's web UI."""
    with open_desk(shop, language) as desk:
        from orchestration.dagster_home import write_dagster_home

        write_dagster_home(desk.shop)
        chosen = choose_port(port, default=SCHEDULE_PORT)
        with run_child(desk, build_dagster_command(chosen), name="dagster") as child:
            address = f"http://{ADDRESS}:{chosen}"
            _wait_until_up(child, url=f"{address}/server_info", name="dagster")
            desk.answer(SCHEDULED, address=address, time=desk.settings.daily_run_at)
            child.wait()


def choose_port(wanted: int | None, *, default: int) -> int:
    """Take the wanted port, or the first free one from the default on.

    Raises
    ------
    KaeruError
        If the wanted one, or every one that was tried, is taken.
    """
    ports = [wanted] if wanted else range(default, default + PORTS_TRIED)
    for port in ports:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((ADDRESS, port))
                return port
    raise KaeruError(PORT_TAKEN, port=wanted or default)


def build_streamlit_command(port: int) -> list[str]:
    """Build the command that serves the pages: this machine only, no telemetry, no inner errors."""
    app = _find_package("dashboards") / "app.py"
    options = {
        "server.address": ADDRESS,
        "server.port": str(port),
        "server.headless": "true",
        "client.showErrorDetails": "none",
        "browser.gatherUsageStats": "false",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    return [sys.executable, "-m", "streamlit", "run", str(app), *flags]


def build_dagster_command(port: int) -> list[str]:
    """Build the command that runs Dagster's web UI and daemon for the shop's definitions."""
    dagster = Path(sys.executable).with_name("dagster")
    place = ["--host", ADDRESS, "--port", str(port)]
    quiet = ["--log-level", "warning"]
    return [str(dagster), "dev", "--module-name", "orchestration.definitions", *place, *quiet]


@contextlib.contextmanager
def run_child(desk: Desk, command: list[str], *, name: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process for the shop and take it down with this one.

    Yields
    ------
    Popen
        Its stdout goes to stderr: stdout belongs to the answer.

    Raises
    ------
    KaeruError
        If it ends by itself with a failure.
    """
    environment = build_child_environment(desk.shop)
    child = subprocess.Popen(command, env=environment, stdout=sys.stderr)  # noqa: S603  our own
    before = signal.signal(signal.SIGTERM, _end)
    try:
        yield child
        if child.returncode:
            raise KaeruError(NOT_STARTED, name=name, code=child.returncode)
    except KeyboardInterrupt:
        return
    finally:
        signal.signal(signal.SIGTERM, before)
        _stop(child)


def _end(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _stop(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is not None:
        return
    child.send_signal(signal.SIGINT)
    try:
        child.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def _wait_until_up(child: subprocess.Popen[bytes], *, url: str, name: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and child.poll() is None:
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(url, timeout=1),  # noqa: S310  our own address
        ):
            return
        time.sleep(PAUSE_SECONDS)
    raise KaeruError(NOT_STARTED, name=name, code=child.poll())


def _find_package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise KaeruError(NOT_STARTED, name=name, code="-")
    return Path(next(iter(spec.submodule_search_locations)))
