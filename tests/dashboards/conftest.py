"""Shops for the pages: written from the contracts of the marts, one per state."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.lib import serving
from dashboards.lib.navigation import FIRST
from tests.dashboards import shop_rows
from tests.dashboards.serving_fixture import Rows, write_shop

APP = Path(__file__).parents[2] / "dashboards" / "app.py"
SHOPS = {
    "filled": shop_rows.list_filled,
    "morning": shop_rows.list_morning,
    "tiny": shop_rows.list_tiny,
    "empty": lambda: shop_rows.EMPTY,
}

MAIN = sys.modules["__main__"]

OpenPage = Callable[..., AppTest]
ReadPage = Callable[[str, str, str], AppTest]


@pytest.fixture(autouse=True)
def keep_main() -> Iterator[None]:
    """Put the main module back: Streamlit leaves its script there, and a new process runs it."""
    yield
    sys.modules["__main__"] = MAIN


@pytest.fixture(scope="session")
def shops(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Write each shop once; pages only read."""
    folder = tmp_path_factory.mktemp("shops")
    tests = {"passed": 12}
    return {name: write_shop(folder / name, build(), tests=tests) for name, build in SHOPS.items()}


@pytest.fixture
def use_shop(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """Let this test read the published file of a shop."""

    def use(shop: Path) -> None:
        monkeypatch.setenv("KAERU_SHOP", str(shop))

    yield use
    serving.close()


@pytest.fixture
def write_and_use(tmp_path: Path, use_shop: Callable[[Path], None]) -> Callable[[Rows], Path]:
    """Write rows of this test's own and read them."""

    def write(rows: Rows) -> Path:
        shop = write_shop(tmp_path / "shop", rows)
        use_shop(shop)
        return shop

    return write


@pytest.fixture
def open_page(use_shop: Callable[[Path], None]) -> OpenPage:
    """Open a page from the router, as a reader does."""

    def open_(shop: Path, *, page: str = "what_comes_back", **address: str) -> AppTest:
        use_shop(shop)
        app = AppTest.from_file(str(APP), default_timeout=60)
        for key, value in address.items():
            app.query_params[key] = value
        app.run()
        if page != FIRST:
            app.switch_page(f"pages/{page}.py")
            for key, value in address.items():
                app.query_params[key] = value
            app.run()
        return app

    return open_


@pytest.fixture(scope="session")
def opened_pages() -> dict[tuple[str, str, str], AppTest]:
    """Pages that a test has opened, as they stood then."""
    return {}


@pytest.fixture
def read_page(
    open_page: OpenPage,
    shops: dict[str, Path],
    opened_pages: dict[tuple[str, str, str], AppTest],
) -> ReadPage:
    """Return a page of a shop in a language, opened once: for tests that only read it."""

    def read(state: str, page: str, language: str) -> AppTest:
        key = (state, page, language)
        if key not in opened_pages:
            opened_pages[key] = open_page(shops[state], page=page, lang=language)
        return opened_pages[key]

    return read
