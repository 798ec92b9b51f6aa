"""What stands before every request: its host, its key, its size, and one line in the log."""

from __future__ import annotations

import hmac
import json
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY_HEADER: Final = "X-API-Key"
MAX_BODY_BYTES: Final = 131_072  # the longest address, every sign of it written as \uXXXX\uXXXX
OPEN_PATHS: Final = frozenset({"/health", "/openapi.json"})

logger: Final = logging.getLogger("kaeru.endpoint")


class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """A request that goes no further.

    Parameters
    ----------
    status : int
    message : str
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True)
class Gate:
    """ASGI middleware.

    Attributes
    ----------
    app : callable
    api_key : str, optional
        None: every caller is let in.
    hosts : frozenset of str, optional
        Names under which the server answers; None: any. Without it a page in a browser of this
        machine could reach a server without a key by a name that it points at this machine.
    """

    app: ASGIApp
    api_key: str | None = field(repr=False)
    hosts: frozenset[str] | None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer why not; log what it was, and nothing of what it held."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 0

        async def watch(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            self._judge(scope)
            body = await _read_body(receive)
        except Refusal as refusal:
            await _answer(watch, refusal)
        else:
            await self.app(scope, _replay(body, receive), watch)
        # The path as it is written here: what was called may hold anything.
        path = getattr(scope.get("route"), "path", "-")
        seconds = time.perf_counter() - started
        logger.info("%s %s %d %.1f ms", scope["method"], path, status, 1000 * seconds)

    def _judge(self, scope: Scope) -> None:
        headers = {name: value for name, value in scope["headers"]}  # noqa: C416 - a pair of bytes
        if self.hosts is not None and _read_host(headers) not in self.hosts:
            raise Refusal(400, "This server does not answer under that host.")
        if scope["path"] not in OPEN_PATHS and self.api_key is not None:
            given = headers.get(KEY_HEADER.lower().encode(), b"")
            if not hmac.compare_digest(given, self.api_key.encode()):
                raise Refusal(401, f"The header {KEY_HEADER} does not hold the key.")
        length = headers.get(b"content-length", b"0")
        if not length.isdigit() or int(length) > MAX_BODY_BYTES:
            raise Refusal(413, f"A body has at most {MAX_BODY_BYTES} bytes.")


def _read_host(headers: Mapping[bytes, bytes]) -> str:
    host = headers.get(b"host", b"").decode("latin-1").lower()
    return host if host.endswith("]") else host.rpartition(":")[0] or host


async def _read_body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MAX_BODY_BYTES:
            raise Refusal(413, f"A body has at most {MAX_BODY_BYTES} bytes.")
        if not message.get("more_body", False):
            return bytes(body)


def _replay(body: bytes, receive: Receive) -> Receive:
    """Hand on a body that was read, then what comes after it."""
    rest: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return rest.pop() if rest else await receive()

    return replay


async def _answer(send: Send, refusal: Refusal) -> None:
    document = {"errors": [{"field": None, "message": refusal.message}]}
    body = json.dumps(document).encode()
    headers: list[Any] = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    if refusal.status == 401:  # noqa: PLR2004 - HTTP's own number
        headers.append((b"www-authenticate", f'ApiKey header="{KEY_HEADER}"'.encode()))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
