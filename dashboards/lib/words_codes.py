"""Words for the entities of the canonical model."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Language, Words

ENTITIES: Final = {
    "orders": Words(ja="注文", en="Orders"),
    "order_lines": Words(ja="注文の明細", en="Order lines"),
    "products": Words(ja="商品", en="Products"),
    "inventory_snapshots": Words(ja="在庫", en="Inventory"),
    "shipments": Words(ja="出荷", en="Shipments"),
    "shipment_lines": Words(ja="出荷の明細", en="Shipment lines"),
    "delivery_events": Words(ja="配送のできごと", en="Delivery events"),
    "return_requests": Words(ja="返品の依頼", en="Return requests"),
    "return_receipts": Words(ja="返品の到着", en="Return receipts"),
    "refunds": Words(ja="返金", en="Refunds"),
    "exchanges": Words(ja="交換", en="Exchanges"),
    "customers": Words(ja="お客さま", en="Customers"),
    "address_checks": Words(ja="住所の確認", en="Address checks"),
    "product_actions": Words(ja="商品への手", en="Product actions"),
    "worklist_notes": Words(ja="リストの覚え書き", en="Worklist notes"),
    "contacts": Words(ja="問い合わせ", en="Contacts"),
    "ad_costs": Words(ja="広告費", en="Advertising costs"),
    "fit_feedback": Words(ja="着用の声", en="Fit feedback"),
    "targets": Words(ja="目標", en="Targets"),
    "bank_payouts": Words(ja="銀行の支払い", en="Bank payouts"),
    "purchase_plan": Words(ja="仕入れの計画", en="Purchase plan"),
    "size_charts": Words(ja="サイズ表", en="Size charts"),
}


def name_entity(code: str, *, language: Language) -> str:
    """Return the word for an entity; its code where there is none."""
    words = ENTITIES.get(code)
    return words.pick(language) if words else code
