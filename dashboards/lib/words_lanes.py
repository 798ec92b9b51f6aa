"""Words of "Will it arrive?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="住所は届く？", en="Will it arrive?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(ja="出荷の前の住所", en="addresses before shipping")
ANSWER: Final = Words(
    ja="{n} 件のうち {share} は聞かずに出荷でき、{asked} 件はお客さまに聞く住所です。",
    en="Of {n} addresses {share} ship without a question and {asked} need one.",
)
ANSWER_ALL: Final = Words(
    ja="{n} 件は、どれも聞かずに出荷できる住所です。",
    en="Of {n} addresses every one can ship without a question.",
)
ANSWER_ONE: Final = {
    True: Words(
        ja="{n} 件の住所を見ました。お客さまに聞く住所です。",
        en="{n} address was looked at, and the customer has to be asked.",
    ),
    False: Words(
        ja="{n} 件の住所を見ました。聞かずに出荷できます。",
        en="{n} address was looked at, and it can ship without a question.",
    ),
}
LEAK: Final = Words(ja="もれは月 {money} です。", en="The leak is {money} a month.")
LEAK_TOTAL: Final = Words(ja="もれはこれまでに {money} です。", en="The leak so far is {money}.")
LEAK_AT_LEAST: Final = Words(
    ja="もれは月に少なくとも {money} です。", en="The leak is at least {money} a month."
)
CAPTION: Final = Words(
    ja="{period}の国内の出荷。出荷したときの住所を、いまのきまりで見直した結果です。",
    en="Parcels sent {period} within the country, their addresses checked as they were when the "
    "parcel left.",
)
CAPTION_UNDATED: Final = Words(
    ja="出荷した日の分からない国内の出荷。", en="Parcels within the country, of unknown days."
)
ABROAD: Final = Words(
    ja="海外の {n} 件は調べていません（どの割合にも入りません）。",
    en="{n} sent abroad were not checked and are in no share.",
)
SEEN: Final = Words(
    ja="住所で持ち戻った {back} 件のうち {seen} 件は、出荷の前に分かる",
    en="Of {back} brought back for the address, {seen} show before shipping",
)
NONE_BACK: Final = Words(
    ja="住所で持ち戻った荷物はない", en="No parcel was brought back for its address"
)
LANES_HEADING: Final = Words(ja="住所ごとの行き先", en="Where each address goes")
LANES_CAPTION: Final = Words(
    ja="持ち戻りは住所が原因のもの（%、95% 区間）。出荷の前に店がなにをしたかは問いません。",
    en="Brought back for the address (%, 95% interval), whatever the shop did before it left.",
)
TABLE: Final = Words(ja="行き先ごとの件数と持ち戻り", en="Parcels and bring-backs of each lane")
LANE: Final = Words(ja="行き先", en="Lane")
LANES: Final = {
    "ship": Words(ja="そのまま出荷", en="Ship"),
    "correct": Words(ja="直して出荷", en="Correct and ship"),
    "ask": Words(ja="お客さまに聞く", en="Ask the customer"),
}
ABOUT: Final = {
    "ship": Words(ja="番地まで合っている", en="right down to the lot number"),
    "correct": Words(ja="答えが 1 つだけのとき", en="where one answer fits"),
    "ask": Words(ja="表にないものは作らない", en="what no table holds is not made up"),
}
DONE: Final = {
    "ship": Words(ja="そのまま", en="ship"),
    "correct": Words(ja="直す", en="correct"),
    "ask": Words(ja="聞く", en="ask"),
}
TOTAL: Final = Words(ja="合計", en="Total")
PARCELS: Final = Words(ja="件数", en="Parcels")
SHARE: Final = Words(ja="割合", en="Share")
LOOKED: Final = Words(ja="人が見た", en="Seen by staff")
CASES: Final = Words(ja="件", en="parcels")
RATE: Final = Words(ja="持ち戻り率", en="Brought back")
RATE_KEY: Final = Words(ja="0 〜 {top}%", en="0 to {top}%")
PERCENT: Final = Words(ja="%", en="%")
INTERVAL: Final = Words(ja="95% 区間", en="95% interval")
BACK: Final = Words(ja="持ち戻り", en="Brought back")
COST: Final = Words(ja="費用", en="Cost")
RATE_LABEL: Final = Words(
    ja="持ち戻り率 {rate}、95% 区間 {interval}", en="{rate} brought back, 95% interval {interval}"
)
INTERVAL_VALUE: Final = Words(ja="{low}〜{high}", en="{low} to {high}")
DEFECTS: Final = Words(ja="住所のどこが合わないか", en="What is wrong with the addresses")
DEFECTS_TOP: Final = Words(ja="いちばん多いのは「{defect}」", en="Most often wrong: {defect}")
DEFECTS_CAPTION: Final = Words(
    ja="合わない {n} 件の中身。青い棒はお客さまに聞く、灰色の棒は直して出荷。",
    en="{n} addresses that do not fit. Blue: ask the customer. Grey: correct and ship.",
)
DEFECTS_TABLE: Final = Words(ja="合わないところごとの件数", en="Parcels of each defect")
DEFECT: Final = Words(ja="合わないところ", en="Defect")
DEFECT_NAMES: Final = {
    "banchi_missing": Words(ja="番地がない", en="no lot number"),
    "banchi_suspected": Words(ja="番地が足りなさそう", en="lot number looks cut"),
    "city_unknown": Words(ja="市区町村が分からない", en="city not known"),
    "city_missing": Words(ja="市区町村が抜けている", en="city left out"),
    "city_mismatch": Words(ja="市区町村が違う", en="wrong city"),
    "ward_missing": Words(ja="区が抜けている", en="ward left out"),
    "town_unknown": Words(ja="町が見つからない", en="town not found"),
    "town_unlisted": Words(ja="町が表にない", en="town not in the table"),
    "town_typo": Words(ja="町の書き方のゆれ", en="town misspelt"),
    "town_missing": Words(ja="町が抜けている", en="town left out"),
    "prefecture_mismatch": Words(ja="都道府県が違う", en="wrong prefecture"),
    "prefecture_missing": Words(ja="都道府県が抜けている", en="prefecture left out"),
    "postal_mismatch": Words(ja="郵便番号が町と合わない", en="postal code of another town"),
    "postal_generic": Words(ja="郵便番号が市のまとめ番号", en="postal code of the whole city"),
    "postal_unknown": Words(ja="ない郵便番号", en="postal code that does not exist"),
    "postal_format": Words(ja="郵便番号の桁", en="postal code of wrong length"),
    "postal_missing": Words(ja="郵便番号がない", en="no postal code"),
    "postal_office": Words(ja="事業所の郵便番号", en="postal code of an office"),
    "room_suspected": Words(ja="部屋番号がなさそう", en="room number may lack"),
    "none": Words(ja="ほか", en="other"),
}
NO_DEFECTS_TITLE: Final = Words(ja="合わない住所はありません", en="Every address fits")
NO_DEFECTS: Final = Words(
    ja="{n} 件の住所を見ました。この 0 は、数えた結果の 0 です。",
    en="Looked at {n} addresses. This zero is a measured zero.",
)
ORDERS: Final = Words(ja="合わない注文のいま", en="What became of the orders")
ORDERS_CAPTION: Final = Words(
    ja="調べた注文 {n} 件のうち、合わない住所のあった {defects} 件。"
    "店の確認がある注文は、それによります。",
    en="{defects} of {n} checked orders had an address that does not fit. Where the shop "
    "checked an order itself, its word counts.",
)
ORDERS_TABLE: Final = Words(ja="合わない注文がどうなったか", en="Orders by what became of them")
STATE: Final = Words(ja="いま", en="State")
ORDER_CASES: Final = Words(ja="注文", en="Orders")
CLOSED: Final = Words(ja="人が見ずに片づいた", en="Closed without staff")
OPEN: Final = Words(ja="お客さまに聞くところで止まっている", en="Customer still to be asked")
OTHER: Final = Words(
    ja="人が見たか、だれが見たか分からない", en="Seen by staff, or nobody says by whom"
)
MISSED: Final = Words(
    ja="お店の確認（なければここの確認）で問題なしとした {passed} 件のうち、"
    "住所で持ち戻ったのは {missed} 件です。",
    en="Of {passed} orders that passed the shop's own check (this one, where it has none), "
    "{missed} came back for the address.",
)
MADE_OF: Final = Words(ja="この円は何から？", en="What made these yen?")
MADE_OF_MONEY: Final = Words(ja="この金額は何から？", en="What made this sum?")
LEAKS: Final = Words(ja="もれごとの金額", en="Sum of each leak")
LEAK_NAME: Final = Words(ja="もれ", en="Leak")
SUM: Final = Words(ja="合わせて", en="Sum")
A_MONTH: Final = Words(ja="1 か月", en="A month")
NEEDED: Final = Words(ja="要るもの", en="Needed")
SOURCE: Final = {
    1: Words(
        ja="終わった {n} か月の金額。「裏側は稼いでいる？」のもれと同じ数字です。",
        en="Of {n} whole month; the same figures as the leak of “Is our back yard earning?”.",
    ),
    2: Words(
        ja="終わった {n} か月をならした金額。「裏側は稼いでいる？」のもれと同じ数字です。",
        en="The mean of {n} whole months; the same figures as the leak of “Is our back yard "
        "earning?”.",
    ),
}
SOURCE_TOTAL: Final = Words(
    ja="まだ 1 か月ぶんありません。これまでの合計です。",
    en="Less than a month was seen: the sum so far.",
)
UNMEASURED: Final = Words(ja="まだ測れないもの", en="What cannot be measured yet")
NO_LOOKS: Final = Words(
    ja="人が住所を見たかどうか。{file} が届くと測れます。",
    en="Whether staff looked at an address: {file} would tell.",
)
NO_EVENTS: Final = Words(
    ja="持ち戻りと、その費用。{file} が届くと測れます。",
    en="What was brought back, and its cost: {file} would tell.",
)
UNCOSTED: Final = Words(
    ja="持ち戻り {n} 件の費用。{file} の {column} に書かれていません。",
    en="The cost of {n} bring-backs: {column} of {file} does not say.",
)
UNKNOWN_CAUSE: Final = Words(
    ja="{n} 件の持ち戻りの原因。{file} の {column} が空で、どちらの数にも入れていません。",
    en="The cause of {n} bring-backs: {column} of {file} is empty; they are in no rate.",
)
NO_CHANGES: Final = Words(
    ja="人の目が直しを変えたかどうかと、直す前とあとの住所。住所そのものは集計に残さないので、"
    "ここには出せません。",
    en="What the eye changed, and addresses before and after: no address is kept with the numbers, "
    "so none can be shown here.",
)
NONE_TITLE: Final = Words(
    ja="住所が届くかは、まだ分かりません", en="We cannot say yet whether it will arrive"
)
NONE: Final = Words(
    ja="{file} に届け先の住所があれば測れます。要るのは {columns} です。",
    en="{file} with the addresses of the parcels would make it measurable. It needs {columns}.",
)
NONE_ABROAD: Final = Words(
    ja="出荷 {n} 件はどれも海外あてで、調べていません。",
    en="All parcels ({n}) went abroad and were not checked.",
)
HOW: Final = Words(
    ja="出荷した荷物の住所を、日本郵便の郵便番号の表と照らします。番地まで合うものはそのまま、"
    "合わないところの答えが 1 つだけのものは直して、ほかはお客さまに聞く、の 3 つに分けます。"
    "1 件に合わないところがいくつもあるときは、聞かないと分からないものを先に数えます。"
    "荷物はこの答えを待たずに出ているので、持ち戻りと引きくらべると、答えの確かさが分かります。"
    "原因の書かれていない持ち戻りは、率の分母にも分子にも入りません。"
    "区間はウィルソンの 95% 区間、30 件に足りない行は灰色です。",
    en="The addresses of parcels are held against Japan Post’s table of postal codes. What fits "
    "down to the lot number ships, what has one answer only is corrected, and for all others the "
    "customer has to be asked. Of several defects the one that only a customer can settle counts. "
    "Parcels left without waiting for this, so what was brought back tells how good it is. Those "
    "brought back for no stated cause are in neither part of a rate. Intervals are Wilson’s at "
    "95%; rows of fewer than 30 are grey.",
)
