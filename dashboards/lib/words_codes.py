"""Words for the codes that marts hold: entities of the canonical model, reasons."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Language, Words

OWN_REASONS: Final = frozenset({"taxonomy", "not_given"})  # reason systems whose codes are ours

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
}

REASONS: Final = {
    "FIT.SMALL": Words(ja="小さい・きつい", en="Too small"),
    "FIT.LARGE": Words(ja="大きい・ゆるい", en="Too large"),
    "FIT.UNSPEC": Words(ja="サイズが合わない", en="Does not fit"),
    "FIT.CHART": Words(ja="サイズ表と違う", en="Not true to size"),
    "FIT.SHAPE": Words(ja="体型に合わない", en="Shape does not suit"),
    "FIT.COMFORT": Words(ja="着心地・履き心地", en="Uncomfortable"),
    "LOOK.COLOR": Words(ja="色が違う", en="Colour differs"),
    "LOOK.MATERIAL": Words(ja="素材・生地感", en="Material"),
    "LOOK.CHEAP": Words(ja="安っぽい", en="Looks cheap"),
    "LOOK.DESIGN": Words(ja="似合わない", en="Style does not suit"),
    "LOOK.NOTASDESC": Words(ja="説明・写真と違う", en="Not as described"),
    "QUAL.DEFECT": Words(ja="不良", en="Defective"),
    "QUAL.ITEM_DAMAGE": Words(ja="傷・汚れ", en="Damaged on arrival"),
    "QUAL.WORKMANSHIP": Words(ja="縫製・作りが雑", en="Poor workmanship"),
    "QUAL.DURABILITY": Words(ja="すぐ傷んだ", en="Failed after use"),
    "QUAL.MISSING_PART": Words(ja="付属品が足りない", en="Missing parts"),
    "QUAL.SMELL": Words(ja="におい", en="Smell"),
    "QUAL.ALLERGY": Words(ja="肌に合わない", en="Skin reaction"),
    "QUAL.HYGIENE": Words(ja="使用感がある", en="Looks used"),
    "QUAL.COMPAT": Words(ja="適合しない", en="Not compatible"),
    "QUAL.FUNC": Words(ja="性能が期待以下", en="Performs poorly"),
    "QUAL.HARD_TO_USE": Words(ja="使いにくい", en="Hard to use"),
    "QUAL.COUNTERFEIT": Words(ja="偽物の疑い", en="Suspected fake"),
    "QUAL.EXPIRED": Words(ja="期限切れ", en="Expired"),
    "FULF.WRONG_ITEM": Words(ja="違う品が届いた", en="Wrong item sent"),
    "FULF.MISSING": Words(ja="数が足りない", en="Quantity short"),
    "FULF.EXTRA": Words(ja="余分に届いた", en="Extra item"),
    "FULF.LATE": Words(ja="遅い", en="Late delivery"),
    "FULF.TRANSIT_DAMAGE": Words(ja="配送中の破損", en="Damaged in transit"),
    "FULF.PACKAGING": Words(ja="梱包が悪い", en="Poor packaging"),
    "FULF.UNDELIVERED": Words(ja="届かない", en="Undelivered"),
    "CUST.CHANGED_MIND": Words(ja="気が変わった", en="Changed mind"),
    "CUST.MISTAKE": Words(ja="注文間違い", en="Ordered by mistake"),
    "CUST.DUPLICATE": Words(ja="重複注文", en="Duplicate order"),
    "CUST.BRACKETING": Words(ja="比べて選ぶため", en="Bought to compare"),
    "CUST.PRICE": Words(ja="価格", en="Price"),
    "CUST.GIFT": Words(ja="贈り物に不要", en="Unwanted gift"),
    "CUST.UNAUTHORIZED": Words(ja="無断の注文", en="Unauthorised order"),
    "ADM.CS": Words(ja="店の対応", en="Customer service"),
    "ADM.RECALL": Words(ja="回収・保証", en="Recall or warranty"),
    "OTHER": Words(ja="その他", en="Other"),
    "NONE": Words(ja="理由なし", en="No reason"),
    "not_given": Words(ja="理由なし", en="No reason given"),
}


def name_entity(code: str, *, language: Language) -> str:
    """Return the word for an entity; its code where there is none."""
    words = ENTITIES.get(code)
    return words.pick(language) if words else code


def name_reason(code: str, *, system: str, language: Language) -> str:
    """Return the word for a reason; a code of another system stays a code.

    Examples
    --------
    >>> from dashboards.lib.language import find_language
    >>> name_reason("FIT.SMALL", system="taxonomy", language=find_language("en"))
    'Too small'
    >>> name_reason("2", system="rakuten", language=find_language("ja"))
    'rakuten 2'
    """
    is_own = system in OWN_REASONS
    if code in REASONS and (is_own or "." in code):  # no other system writes codes with a dot
        return REASONS[code].pick(language)
    return code if is_own else f"{system} {code}"
