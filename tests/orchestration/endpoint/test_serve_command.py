"""``kaeru serve``: starts, says where, answers, and refuses to stand open."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from orchestration.cli import app
from orchestration.commands.endpoint import is_loopback
from orchestration.settings import load_api_key
from orchestration.wording import WrongUseError
from tests.orchestration.endpoint.conftest import API_KEY

BODY = {"address": "東京都渋谷区道玄坂2-10-7", "postal": "150-0044"}


@contextmanager
def serve(shop: Path, *, key: str = "") -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run the program and yield the address that it says."""
    program = Path(sys.executable).with_name("kaeru")
    child = subprocess.Popen(
        [str(program), "serve", "--shop", str(shop), "--language", "en"],
        env={**os.environ, "KAERU_API_KEY": key},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        said = child.stdout.readline() if child.stdout else ""
        found = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert found, said + (child.stderr.read() if child.stderr else "")
        yield found.group(), child
    finally:
        child.terminate()
        child.communicate(timeout=20)


def post(address: str, path: str, body: object, **headers: str) -> tuple[int, dict[str, object]]:
    asked = urllib.request.Request(  # noqa: S310 - our own address
        f"{address}{path}",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", **headers},
    )
    try:
        with urllib.request.urlopen(asked, timeout=20) as found:  # noqa: S310
            return found.status, json.load(found)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_it_says_where_it_answers_and_keeps_what_it_hears_to_itself(deciding_shop: Path) -> None:
    with serve(deciding_shop, key=API_KEY) as (address, child):
        status, found = post(address, "/addresses", BODY, **{"X-API-Key": API_KEY})
        assert (status, found["lane"]) == (200, "correct")
        told = {"order_line_id": "plain", "requested_at": "2026-09-10T10:00:00+09:00"}
        status, found = post(address, "/returns", told, **{"X-API-Key": API_KEY})
        assert (status, found["effect"], found["rule_id"]) == (200, "approve", "in-window")
        assert post(address, "/addresses", BODY)[0] == 401
        child.terminate()
        out, err = child.communicate(timeout=20)
    assert "POST /addresses 200" in err
    assert "道玄坂" not in out + err
    assert API_KEY not in out + err


def test_without_a_key_this_machine_is_answered_under_its_own_names(deciding_shop: Path) -> None:
    with serve(deciding_shop) as (address, _):
        assert post(address, "/addresses", BODY)[0] == 200
        assert post(address, "/addresses", BODY, Host="evil.example")[0] == 400


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "shop.example"])  # noqa: S104
def test_without_a_key_it_does_not_stand_open(
    deciding_shop: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KAERU_API_KEY", raising=False)
    command = ["serve", "--host", host, "--shop", str(deciding_shop), "--language", "en"]
    done = CliRunner().invoke(app, command)
    assert done.exit_code == 2
    assert "KAERU_API_KEY" in done.stderr


def test_a_taken_port_is_said(deciding_shop: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = ["serve", "--port", str(port), "--shop", str(deciding_shop), "--language", "en"]
        done = CliRunner().invoke(app, command)
    assert done.exit_code == 1
    assert str(port) in done.stderr


@pytest.mark.parametrize(
    "key", ["short", "x" * 23, "x" * 201, "with a blank in it, and long", "鍵" * 30]
)
def test_a_key_that_is_guessed_or_cannot_be_sent_is_refused(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAERU_API_KEY", key)
    with pytest.raises(WrongUseError) as caught:
        load_api_key()
    assert key not in str(caught.value)


def test_loopback_is_an_address_of_this_machine() -> None:
    for host in ("127.0.0.1", "127.9.9.9", "::1", "localhost"):
        assert is_loopback(host)
    for host in ("0.0.0.0", "::", "10.0.0.1", "localhost.example", ""):  # noqa: S104
        assert not is_loopback(host)
