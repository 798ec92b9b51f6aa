"""Words of "Before the return", a section of what waits."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

HEADING: Final = Words(ja="返品の前に", en="Before the return")
CAPTION: Final = Words(
    ja="問い合わせと、発送の知らせと、サイズの助言。くらべるのは、カテゴリー・販路・週が同じものどうし。"
    "関連であって、原因とは限りません。",
    en="Enquiries, shipping notices and size advice. Compared within the same category, channel "
    "and week. An association, not a cause.",
)
ENQUIRY_HEADING: Final = Words(ja="何を聞かれている？", en="What are we asked?")
ENQUIRY_CAPTION: Final = Words(
    ja="注文 100 件あたりの問い合わせ。{period}の 4 週と、その前の 12 週。",
    en="Enquiries per 100 orders: the four weeks of {period}, and the twelve before.",
)
TOPIC: Final = Words(ja="問い合わせの話題", en="Asked about")
TOPICS: Final = {
    "delivery": Words(ja="配送", en="Delivery"),
    "size": Words(ja="サイズ", en="Size"),
    "return": Words(ja="返品", en="Return"),
    "refund": Words(ja="返金", en="Refund"),
    "address": Words(ja="住所", en="Address"),
    "other": Words(ja="その他", en="Other"),
    "unknown": Words(ja="話題なし", en="No topic"),
    "": Words(ja="すべて", en="All"),
}
NOW: Final = Words(ja="いま", en="Now")
BEFORE: Final = Words(ja="前の 12 週", en="12 weeks before")
CHANGE: Final = Words(ja="差", en="Change")
PER_ORDERS: Final = Words(ja="注文 100 件あたり", en="per 100 orders")
CASES: Final = Words(ja="{n} 件", en="{n} asked")
REPEAT_HEADING: Final = Words(
    ja="持ち戻りのあと、また買ったのは？", en="Who bought again after a bring-back?"
)
REPEAT_CAPTION: Final = Words(
    ja="はじめて荷物が持ち戻りになったお客さまと、初回の月・販路・会員ランクが同じで、"
    "一度も返していないお客さま（%）。関連であって、原因とは限りません。",
    en="Customers whose parcel was brought back, and others of the same first month, channel and "
    "tier who never sent anything back (%). An association, not a cause.",
)
WINDOW: Final = Words(ja="その後の日数", en="Days after")
DAYS: Final = Words(ja="{n} 日", en="{n} days")
CUSTOMERS: Final = Words(ja="人数", en="Customers")
AGAIN: Final = Words(ja="また買った", en="Bought again")
OTHERS_AGAIN: Final = Words(ja="似たお客さま", en="Others alike")
NOTICE_HEADING: Final = Words(
    ja="発送を知らせなかった荷物と、知らせた荷物", en="Parcels without a notice, and with one"
)
NOTICE_CAPTION: Final = Words(
    ja="届くか持ち戻る前に、発送を知らせたか。荷物 100 個あたり。",
    en="Whether the customer was told that it left before it ended. Per 100 parcels.",
)
ADVICE_HEADING: Final = Words(
    ja="すすめたサイズと、買われたサイズ", en="The size we advised, and the size bought"
)
ADVICE_CAPTION: Final = Words(
    ja="すすめたサイズを買った人とのちがい。届いた 100 点あたり。",
    en="Held against units bought in the size that was advised. Per 100 delivered units.",
)
OUTCOME: Final = Words(ja="そのあと", en="What followed")
OUTCOMES: Final = {
    "delivery_enquiry": Words(ja="配送の問い合わせ", en="Asked about the delivery"),
    "redelivery": Words(ja="再配達", en="Delivered again"),
    "bring_back": Words(ja="持ち戻り", en="Brought back"),
    "size_return": Words(ja="サイズの返品", en="Sent back for the size"),
    "size_enquiry": Words(ja="サイズの問い合わせ", en="Asked about the size"),
}
GROUPS: Final = {
    "not_followed": Words(ja="別のサイズを買った", en="another size was bought"),
    "none": Words(ja="すすめなかった", en="no advice"),
}
WITHOUT: Final = Words(ja="知らせなし", en="No notice")
WITH: Final = Words(ja="知らせあり", en="Notice")
THESE: Final = Words(ja="この行の人", en="This row")
FOLLOWED: Final = Words(ja="すすめどおり", en="As advised")
DIFFERENCE: Final = Words(ja="差", en="Difference")
INTERVAL: Final = Words(ja="95% 区間", en="95% interval")
MISSING_TITLE: Final = Words(ja="まだ測れないもの", en="Not measurable yet")
NEEDS_CONTACTS: Final = Words(
    ja="{file} が入ると、問い合わせが話題ごとに分かります。",
    en="{file} tells what customers ask about.",
)
NEEDS_NOTICES: Final = Words(
    ja="{file} に {column} が入ると、発送の知らせとの関連をくらべられます。",
    en="Once {file} holds {column}, parcels with and without a notice can be compared.",
)
NEEDS_ADVICE: Final = Words(
    ja="{file} に {column} が入ると、サイズの助言との関連をくらべられます。",
    en="Once {file} holds {column}, units with and without a size advice can be compared.",
)
NEEDS_BRING_BACKS: Final = Words(
    ja="{file} に持ち戻りが入り、90 日がたつと、また買ったかが分かります。",
    en="Once {file} holds bring-backs that are 90 days old, it is known who bought again.",
)
