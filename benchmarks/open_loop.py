"""Requests at a constant rate, whatever the server does: latency counts from the intended start.

A caller that waits for an answer before it asks again would hide every moment at which the server
stood still. Connections are kept; where all are busy another one is opened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from benchmarks.measuring import quantile

HOST: Final = "127.0.0.1"
TIMEOUT_SECONDS: Final = 10.0

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@dataclass(frozen=True)
class Latencies:
    """How long answers took.

    Attributes
    ----------
    seconds : list of float
        From the intended start, one a request.
    failed : int
        Requests that were answered otherwise than by 200, or not at all.
    lateness : float
        The largest delay of this program's own start of a request, in seconds.
    """

    seconds: list[float]
    failed: int
    lateness: float

    def find(self, share: float) -> float:
        """Return a quantile in milliseconds."""
        return 1000 * quantile(self.seconds, share)


class _Caller:
    def __init__(self, port: int, path: str, key: str) -> None:
        self._port = port
        self._head = f"POST {path} HTTP/1.1\r\nhost: {HOST}\r\nx-api-key: {key}\r\n"
        self._free: list[Connection] = []

    async def call(self, body: bytes) -> int:
        """Send a body and return the status of its answer."""
        if self._free:
            reader, writer = self._free.pop()
        else:
            reader, writer = await asyncio.open_connection(HOST, self._port)
        head = f"{self._head}content-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        found = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = int(found.split("content-length:", 1)[1].split("\r\n", 1)[0])
        await reader.readexactly(length)
        self._free.append((reader, writer))
        return int(found.split(" ", 2)[1])

    def close(self) -> None:
        """Close every connection."""
        for _, writer in self._free:
            writer.close()


async def _send_all(
    bodies: Sequence[bytes], *, port: int, path: str, key: str, rate: float
) -> Latencies:
    loop = asyncio.get_running_loop()
    caller = _Caller(port, path, key)
    begin = loop.time() + 0.1
    late = 0.0

    async def send(number: int) -> tuple[float, bool]:
        intended = begin + number / rate
        try:
            status = await asyncio.wait_for(caller.call(bodies[number]), TIMEOUT_SECONDS)
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            status = 0
        return loop.time() - intended, status == HTTPStatus.OK

    tasks = []
    for number in range(len(bodies)):
        intended = begin + number / rate
        if (pause := intended - loop.time()) > 0:
            await asyncio.sleep(pause)
        late = max(late, loop.time() - intended)
        tasks.append(asyncio.create_task(send(number)))
    found = await asyncio.gather(*tasks)
    caller.close()
    return Latencies([seconds for seconds, _ in found], sum(not ok for _, ok in found), late)


def send_all(bodies: Sequence[bytes], *, port: int, path: str, key: str, rate: float) -> Latencies:
    """POST bodies at a constant rate.

    Parameters
    ----------
    bodies : sequence of bytes
        JSON, one a request.
    port : int
    path : str
    key : str
    rate : float
        Requests a second.

    Returns
    -------
    Latencies
    """
    return asyncio.run(_send_all(bodies, port=port, path=path, key=key, rate=rate))
