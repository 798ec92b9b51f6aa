"""``kaeru serve``: answers a shop's portal until it is ended."""

from __future__ import annotations

import contextlib
import gc
import ipaddress
import logging
import socket
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from orchestration.commands.desk import LanguageFlag, ShopFlag, open_desk
from orchestration.wording import KaeruError, Words, WrongUseError

if TYPE_CHECKING:
    import uvicorn

ADDRESS: Final = "127.0.0.1"
PORT: Final = 8400
PORTS_TRIED: Final = 20
KEPT_SECONDS: Final = 75  # of an idle connection; proxies keep theirs for 60 and reuse them
WAITING: Final = 1024  # connections that may wait to be taken

OPEN: Final = Words(
    ja="受付の窓口: {address}（説明は {address}/openapi.json、Ctrl-C で終わります）",
    en="Endpoint: {address} (described in {address}/openapi.json; Ctrl-C ends it)",
)
WITHOUT_KEY: Final = Words(
    ja="KAERU_API_KEY がないので、このマシンからの呼び出しにだけ、鍵なしで答えます。",
    en="KAERU_API_KEY is not set: calls from this machine are answered without a key.",
)
NEEDS_KEY: Final = Words(
    ja="{host} はほかのマシンからも届きます。KAERU_API_KEY を設定してから始めてください。",
    en="{host} can be reached from other machines. Set KAERU_API_KEY before it is opened.",
)
NOT_BOUND: Final = Words(
    ja="{host} のポート {port} を開けません: {error}。--port で別の番号を指定してください。",
    en="Port {port} of {host} cannot be opened: {error}. Choose another one with --port.",
)


def serve(
    *,
    host: Annotated[
        str, typer.Option("--host", metavar="H", help="Where to listen. 待ち受けるアドレス。")
    ] = ADDRESS,
    port: Annotated[
        int | None,
        typer.Option("--port", min=1, max=65535, help="Port. ポート番号。", show_default=False),
    ] = None,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Answer questions over HTTP: is this address sound, what do the rules say of this return.

    Callers send KAERU_API_KEY in the header X-API-Key; without that variable only callers of this
    machine are answered.
    """
    with open_desk(shop, language) as desk:
        from orchestration.settings import load_api_key

        key = load_api_key()
        if key is None and not is_loopback(host):
            raise WrongUseError(NEEDS_KEY, host=host)
        with bind(host, port) as listening:
            server = _build_server(desk.shop, host=host, api_key=key)
            if key is None:
                desk.tell(WITHOUT_KEY)
            shown = f"[{host}]" if ":" in host else host
            desk.answer(OPEN, address=f"http://{shown}:{listening.getsockname()[1]}")
            server.run(sockets=[listening])


def is_loopback(host: str) -> bool:
    """Say whether an address is reached from this machine alone; a name is taken for none."""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def bind(host: str, port: int | None) -> socket.socket:
    """Listen at the wanted port, or at the first free one from 8400 on.

    Raises
    ------
    KaeruError
        If the wanted one, or every one that was tried, cannot be opened.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    error: OSError | None = None
    for one in [port] if port else range(PORT, PORT + PORTS_TRIED):
        try:
            return socket.create_server((host, one), family=family, backlog=WAITING)
        except OSError as found:
            error = found
    raise KaeruError(NOT_BOUND, host=host, port=port or PORT, error=error)


def _build_server(shop: Path, *, host: str, api_key: str | None) -> uvicorn.Server:
    import uvicorn

    from orchestration.endpoint.app import create_app
    from orchestration.endpoint.deciding import open_decisions
    from orchestration.endpoint.failures import NothingToDecideByError
    from orchestration.endpoint.routes import Desk
    from orchestration.postal_data import open_postal_index

    _speak_on_stderr()
    hosts = None if api_key else frozenset({host, ADDRESS, "localhost", "[::1]"})
    answering = Desk(index=open_postal_index(), decisions=open_decisions(shop))
    # Opened before the first caller waits for it; what is published later is opened then.
    with contextlib.suppress(NothingToDecideByError):
        answering.decisions.published.follow()
    app = create_app(answering, api_key=api_key, hosts=hosts)
    # The index stays for good: the collector of garbage need not look at it ever again.
    gc.collect()
    gc.freeze()
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_keep_alive=KEPT_SECONDS,
    )
    return uvicorn.Server(config)


class _WithoutValues(logging.Filter):
    """Keeps what an error says out of the log: it may hold what was sent."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop the trace; the endpoint has said what kind of error it was, and where."""
        record.exc_info = record.exc_text = None
        return True


def _speak_on_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    handler.addFilter(_WithoutValues())
    for name in ("kaeru.endpoint", "uvicorn.error"):
        logger = logging.getLogger(name)
        logger.addHandler(handler)
        logger.setLevel(logging.INFO if name.startswith("kaeru") else logging.WARNING)
        logger.propagate = False
