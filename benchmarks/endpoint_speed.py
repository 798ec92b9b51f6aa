"""How fast ``kaeru serve`` answers at 200 requests a second: ``make serve-bench``.

Starts the real server on a shop and sends addresses, then returns, at a constant rate. The bars
are the floor: at most 50 ms for 99 of 100 addresses and 100 ms for decisions, none failed. They
hold on an idle machine; the load average is printed beside, since callers share the cores.
"""

from __future__ import annotations

import argparse
import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.open_loop import HOST, Latencies, send_all
from models_ml.addresses.postal_index import PostalIndex
from orchestration.answering import open_published
from orchestration.postal_data import load_postal_table
from orchestration.settings import API_KEY_VARIABLE

RATE: Final = 200.0
SECONDS: Final = 30
WARM_SECONDS: Final = 3
BARS: Final = {"/addresses": 50.0, "/returns": 100.0}  # ms, p99
FAULTS: Final = (None, "lot", None, "prefecture", None, "postal", None)
SOLD: Final = """
select order_line_id, delivered_date from marts.fct_order_lines
where delivered_date is not null order by hash(order_line_id) limit ?
"""
REASONS: Final = "select reason_code from marts.rpt_reason_labels order by reason_code"


def draw_addresses(count: int) -> list[bytes]:
    """Addresses over the whole table of postal codes; of seven, three have a fault."""
    table = load_postal_table()
    index = PostalIndex(table)
    named = ",".join(table.codes.values()).split(",")
    codes = sorted({entry.partition(":")[0] for entry in named})
    step = max(len(codes) // count, 1)
    bodies = []
    for number in range(count):
        code = codes[number * step % len(codes)]
        place = index.find_places(code)[0]
        town = place.town.name if place.town else ""
        fault = FAULTS[number % len(FAULTS)]
        lot = "" if fault == "lot" else f"{number % 30 + 1}-{number % 12 + 1}-{number % 20 + 1}"
        prefecture = "" if fault == "prefecture" else place.city.prefecture
        postal = code if fault != "postal" else f"{code[:-1]}{(int(code[-1]) + 1) % 10}"
        asked = {"address": f"{prefecture}{place.city.name}{town}{lot}", "postal": postal}
        bodies.append(json.dumps(asked).encode())
    return bodies


def draw_returns(shop: Path, count: int) -> list[bytes]:
    """Order lines of the published version, asked back from 1 to 40 days after they came."""
    with open_published(shop) as connection:
        lines = connection.execute(SOLD, [count]).fetchall()
        reasons = [code for (code,) in connection.execute(REASONS).fetchall()]
    bodies = []
    for number in range(count):
        line, delivered = lines[number % len(lines)]
        asked = {
            "order_line_id": line,
            "reason_code": reasons[number % len(reasons)],
            "requested_at": f"{delivered + timedelta(days=number % 40 + 1)}T12:00:00+09:00",
            "is_worn": number % 11 == 0,
        }
        bodies.append(json.dumps(asked).encode())
    return bodies


@contextmanager
def run_server(shop: Path, *, key: str) -> Iterator[tuple[int, int]]:
    """Start ``kaeru serve`` and yield its port and its process."""
    program = Path(sys.executable).with_name("kaeru")
    command = [str(program), "serve", "--shop", str(shop), "--language", "en"]
    environment = {**os.environ, API_KEY_VARIABLE: key}
    server = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        said = server.stdout.readline() if server.stdout else ""
        yield int(said.split(f"http://{HOST}:", 1)[1].split(" ", 1)[0]), server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def read_cpu_seconds(process: int) -> float:
    """Read what a process has used of the cores; firm where wall times are not."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Print one JSON document; end with 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shop", type=Path, required=True)
    parser.add_argument("--seconds", type=int, default=SECONDS)
    parser.add_argument("--rate", type=float, default=RATE)
    asked = parser.parse_args()
    count, warm = int(asked.rate * asked.seconds), int(asked.rate * WARM_SECONDS)
    key = secrets.token_hex(32)
    figures = {}
    is_met = True
    bodies = {
        "/addresses": draw_addresses(count + warm),
        "/returns": draw_returns(asked.shop, count + warm),
    }
    with run_server(asked.shop, key=key) as (port, process):
        for path, bar in BARS.items():
            wanted = iter(bodies[path])
            warming, measured = list(islice(wanted, warm)), list(wanted)
            send_all(warming, port=port, path=path, key=key, rate=asked.rate)
            spent = read_cpu_seconds(process)
            found = send_all(measured, port=port, path=path, key=key, rate=asked.rate)
            spent = read_cpu_seconds(process) - spent
            figures[path] = describe(found, bar=bar)
            figures[path]["server_cpu_ms_per_request"] = round(1000 * spent / len(measured), 2)
            is_met = is_met and found.failed == 0 and found.find(0.99) <= bar
    document = {"rate": asked.rate, "seconds": asked.seconds, "cores": os.cpu_count(), **figures}
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    sys.exit(0 if is_met else 1)


def describe(found: Latencies, *, bar: float) -> dict[str, float]:
    """Say the latencies in milliseconds, beside the bar and the load."""
    return {
        **{"requests": len(found.seconds), "failed": found.failed},
        **{"p50_ms": round(found.find(0.5), 1), "p99_ms": round(found.find(0.99), 1)},
        **{"largest_ms": round(1000 * max(found.seconds), 1), "bar_ms": bar},
        **{"own_lateness_ms": round(1000 * found.lateness, 1)},
        "load_average": round(os.getloadavg()[0], 2),
    }


if __name__ == "__main__":
    main()
