"""A failed run is heard of, and telling it never fails."""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestration import alerts
from orchestration.alerts import send_failure_alert

RUN_ID = "20261124T220501-3fa9c1"
FAILURE = "unique_fct_order_lines_order_line_id: 同じ注文明細番号が 2 件"


class Webhook:
    """A server on this machine that keeps what it is sent."""

    def __init__(self, *, status: int = 200) -> None:
        self.received: list[tuple[str, dict[str, Any]]] = []
        received = self.received

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                received.append((self.headers["Content-Type"], json.loads(body)))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook"
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    hook = Webhook()
    yield hook
    hook.close()


@pytest.fixture
def refusing_webhook() -> Iterator[Webhook]:
    hook = Webhook(status=500)
    yield hook
    hook.close()


def read_log(shop: Path) -> list[dict[str, Any]]:
    text = (shop / "data" / "logs" / "alerts.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_the_webhook_receives_the_failure(tmp_path: Path, webhook: Webhook) -> None:
    assert send_failure_alert(tmp_path, run_id=RUN_ID, failure=FAILURE, webhook=webhook.address)
    [(content_type, alert)] = webhook.received
    assert content_type == "application/json; charset=utf-8"
    assert alert["run_id"] == RUN_ID
    assert alert["failure"] == FAILURE
    assert RUN_ID in alert["text"]
    assert FAILURE in alert["text"]


def test_every_failure_is_a_line_of_the_log(tmp_path: Path) -> None:
    assert send_failure_alert(tmp_path, run_id=RUN_ID, failure=FAILURE, webhook=None)
    assert send_failure_alert(tmp_path, run_id=RUN_ID, failure="another", webhook=None)
    assert [one["failure"] for one in read_log(tmp_path)] == [FAILURE, "another"]


def test_a_webhook_that_refuses_is_told_by_the_answer(
    tmp_path: Path, refusing_webhook: Webhook
) -> None:
    address = refusing_webhook.address
    assert not send_failure_alert(tmp_path, run_id=RUN_ID, failure=FAILURE, webhook=address)
    assert len(read_log(tmp_path)) == 1


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:1/nobody-listens", "http://", "http://a b/", "http://[::1"],
)
def test_a_webhook_out_of_reach_never_raises(tmp_path: Path, address: str) -> None:
    assert not send_failure_alert(tmp_path, run_id=RUN_ID, failure=FAILURE, webhook=address)
    assert len(read_log(tmp_path)) == 1


def test_a_webhook_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(alerts, "TIMEOUT_SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        assert not send_failure_alert(tmp_path, run_id=RUN_ID, failure=FAILURE, webhook=address)


def test_a_log_that_cannot_be_written_never_raises(tmp_path: Path, webhook: Webhook) -> None:
    (tmp_path / "data").write_text("a file where the folder belongs", encoding="utf-8")
    assert not send_failure_alert(tmp_path, run_id=RUN_ID, failure=FAILURE, webhook=webhook.address)
    assert len(webhook.received) == 1


def test_a_long_failure_is_cut(tmp_path: Path, webhook: Webhook) -> None:
    send_failure_alert(tmp_path, run_id=RUN_ID, failure="x" * 10_000, webhook=webhook.address)
    [(_, alert)] = webhook.received
    assert len(alert["failure"]) == alerts.MAX_FAILURE_SIGNS


def test_the_address_of_the_webhook_is_in_no_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    address = "http://127.0.0.1:1/services/SECRET"
    send_failure_alert(tmp_path, run_id=RUN_ID, failure=FAILURE, webhook=address)
    assert "SECRET" not in caplog.text
    assert "SECRET" not in (tmp_path / "data" / "logs" / "alerts.jsonl").read_text("utf-8")
