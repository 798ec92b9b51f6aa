"""The review queue asks the published version what the returns behind a text are worth."""

from __future__ import annotations

from pathlib import Path

from orchestration.folder import ShopFolder
from orchestration.review_queue import list_queue
from tests.dashboards.serving_fixture import write_shop
from tests.orchestration.small_shops import LINES, ORDERS, deliver, land, make_small_shop

REQUESTS = """\
return_line_id,order_line_id,requested_at,reason_text,quantity
R1,A1-1,2026-11-05 10:00:00,甲がきつい,1
R2,A2-1,2026-11-05 10:00:00,色が写真と違う,1
R3,A2-1,2026-11-06 10:00:00,甲がきつい,1
R4,A2-1,2026-11-06 10:00:00,ウエストが大きい,1
"""


def test_a_text_is_worth_what_its_published_return_lines_ask_back(tmp_path: Path) -> None:
    shop = make_small_shop(tmp_path / "shop")
    files = {"orders.csv": ORDERS, "order_lines.csv": LINES, "return_requests.csv": REQUESTS}
    for name, text in files.items():
        deliver(shop, name, text)
    land(shop)
    assert {asked.read.amount for asked in list_queue(shop, annotator="mori")} == {0}

    settings = ShopFolder(shop).settings_file.read_text(encoding="utf-8")
    priced = {"R1": 3_900, "R2": 12_000, "R3": 8_000, "R4": None}
    decisions = [
        {"return_line_id": line, "requested_net_amount": amount} for line, amount in priced.items()
    ]
    write_shop(shop, {"fct_return_decisions": decisions})
    ShopFolder(shop).settings_file.write_text(settings, encoding="utf-8")
    amounts = {asked.read.text: asked.read.amount for asked in list_queue(shop, annotator="mori")}
    assert amounts == {"甲がきつい": 11_900, "色が写真と違う": 12_000, "ウエストが大きい": 0}
