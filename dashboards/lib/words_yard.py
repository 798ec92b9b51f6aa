"""Words of "Is our back yard earning?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="裏側は稼いでいる？", en="Is our back yard earning?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(ja="5 つの条件（計算で判定）", en="five conditions, computed")
# By state: one, and several of them; a clause with 0 is left out.
CLAUSES: Final = {
    "pass": (Words(ja="{n} つが合格", en="{n} passes"), Words(ja="{n} つが合格", en="{n} pass")),
    "partial": (
        Words(ja="{n} つが途中", en="{n} is on the way"),
        Words(ja="{n} つが途中", en="{n} are on the way"),
    ),
    "fail": (
        Words(ja="{n} つが不合格", en="{n} fails"),
        Words(ja="{n} つが不合格", en="{n} fail"),
    ),
    "not_measurable": (
        Words(ja="{n} つは測れません", en="{n} cannot be measured"),
        Words(ja="{n} つは測れません", en="{n} cannot be measured"),
    ),
}
ANSWER: Final = Words(ja="5 つのうち {clauses}。", en="Of five, {clauses}.")
ANSWER_DONE: Final = Words(ja="5 つのうち {clauses}です。", en="Of five, {clauses}.")
LEAK: Final = Words(ja="もれは月 {money} です。", en="The leak is {money} a month.")
LEAK_SO_FAR: Final = Words(ja="もれはこれまでに {money} です。", en="The leak so far is {money}.")
CAPTION: Final = Words(
    ja="合格は、95% 区間の下端が基準を上回るときだけ。総合点はつけません。"
    "{period}の{months} か月。",
    en="A pass needs the lower end of the 95% interval above the threshold. No overall score. "
    "{months} months, {period}.",
)
CAPTION_ONE: Final = Words(
    ja="合格は、95% 区間の下端が基準を上回るときだけ。総合点はつけません。{period}。",
    en="A pass needs the lower end of the 95% interval above the threshold. No overall score. "
    "{period}.",
)
TABLE: Final = Words(ja="5 つの条件の判定", en="The five conditions and their states")
CONDITION: Final = Words(ja="条件", en="Condition")
STATE: Final = Words(ja="判定", en="State")
BULLET: Final = Words(
    ja="今 ● と 95% 区間、縦線は基準", en="Now ● with 95% interval, line: threshold"
)
AXIS: Final = Words(ja="軸は 50% から 100%", en="from 50% to 100%")
VALUE: Final = Words(ja="値", en="Value")
INTERVAL: Final = Words(ja="95% 区間", en="95% interval")
THRESHOLD: Final = Words(ja="基準", en="Threshold")
SAMPLE: Final = Words(ja="n", en="n")
LEAKS: Final = Words(ja="もれ", en="Leak")
A_MONTH: Final = Words(ja="{unit}/月", en="{unit} a month")
NAMES: Final = {
    "addresses": Words(ja="① 住所を目で見ない", en="1 No address is read by eye"),
    "web_only": Words(
        ja="② 返品はウェブだけで受ける", en="2 Returns are asked for on the web only"
    ),
    "exchange_first": Words(ja="③ 返金の前に交換を示す", en="3 An exchange comes before a refund"),
    "in_24_hours": Words(
        ja="④ 到着から 24 時間で返金・交換", en="4 Refunded or exchanged in 24 h of arrival"
    ),
    "reasons_used": Words(ja="⑤ 理由を商品づくりに使う", en="5 Reasons are used to make products"),
}
STATES: Final = {
    "pass": Words(ja="合格", en="pass"),
    "partial": Words(ja="途中", en="partly"),
    "fail": Words(ja="不合格", en="fails"),
    "not_measurable": Words(ja="測れない", en="not measurable"),
}
MISSING: Final = Words(ja="ファイル待ち", en="waits for a file")
LACKS: Final = Words(ja="{file} が足りません", en="{file} is missing")
# What stands beside each value; filled with the figures that the condition is judged by.
ABOUT: Final = {
    "addresses": Words(
        ja="目視 {looked_at} 件、持ち戻り {brought_back}、人が見ずに片づいた不備 {closed}",
        en="{looked_at} looked at, {brought_back} brought back, {closed} of defects closed "
        "without staff",
    ),
    "web_only": Words(ja="ウェブだけでないもの {rest} 件", en="{rest} not by the web alone"),
    "exchange_first": Words(ja="示していないもの {rest} 件", en="{rest} were not offered one"),
    "in_24_hours": Words(ja="9 割が済むまで {hours}", en="90% done after {hours}"),
    "reasons_used": Words(
        ja="おもな警報 {findings} 件のうち {acted} 件に手",
        en="{acted} of {findings} main alarms acted on",
    ),
}
NO_FINDINGS: Final = Words(
    ja="いま警報はなく、済んだ手は {closed} 件", en="no alarm now, {closed} closed actions"
)
HOURS: Final = Words(ja="{n} 時間", en="{n} h")
NEVER: Final = Words(ja="届いていない", en="never")
LAMP: Final = Words(ja="判定 {state}", en="State: {state}")
BULLET_WORDS: Final = Words(
    ja="値 {value}、95% 区間 {interval}、基準 {threshold}",
    en="{value}, 95% interval {interval}, threshold {threshold}",
)
LEAK_HEADING: Final = Words(ja="もれの {share} は、{hole}", en="{share} of the leak: {hole}")
LEAK_NONE: Final = Words(ja="測れたもれは 0 です", en="The measured leak is 0")
LEAK_CAPTION: Final = Words(
    ja="月あたりの損（{unit}）。測れた穴だけを足しています。",
    en="What is lost a month ({unit}); measured holes only.",
)
LEAK_TABLE: Final = Words(ja="穴ごとの月あたりのもれ", en="What leaks a month, by hole")
PART: Final = Words(ja="穴", en="Hole")
WATERFALL: Final = Words(ja="積み上がり", en="Waterfall")
TOTAL: Final = Words(ja="合計", en="Total")
HOLES: Final = {
    "addresses": Words(ja="住所", en="addresses"),
    "returns": Words(ja="返品の受付", en="taking returns in"),
    "exceptions": Words(ja="人の判断", en="decisions of staff"),
    "refunds": Words(ja="返金の手数料と手間", en="fees and labour of refunds"),
    "grading": Words(ja="待たせている品", en="goods that wait"),
}
PARTS: Final = {
    "address_looks": Words(ja="目で見る住所", en="Addresses read by eye"),
    "bring_backs": Words(ja="住所での持ち戻り", en="Brought back for the address"),
    "redeliveries": Words(ja="住所での再配達", en="Delivered again for the address"),
    "address_contacts": Words(ja="住所の問い合わせ", en="Contacts about addresses"),
    "requests_by_hand": Words(ja="電話・メールでの受付", en="Requests by phone or mail"),
    "return_contacts": Words(ja="返品の問い合わせ", en="Contacts about returns"),
    "staff_decisions": Words(ja="人が見る申し込み", en="Requests that staff decide"),
    "refund_entry": Words(ja="振込の入力", en="Entering transfers"),
    "second_checks": Words(ja="振込の二重チェック", en="The second person’s check"),
    "transfer_fees": Words(ja="振込の手数料", en="Transfer fees"),
    "cash_fees": Words(ja="現金での返金の手数料", en="Cash payout fees"),
    "digital_fees": Words(ja="デジタル送金の手数料", en="Digital payout fees"),
    "other_fees": Words(ja="ほかの返金の手数料", en="Other refund fees"),
    "refund_contacts": Words(ja="返金の問い合わせ", en="Contacts about refunds"),
    "waiting_goods": Words(ja="値下がりを待つ A 品", en="Grade A losing value"),
    "disposals": Words(ja="廃棄", en="Disposals"),
}
UNMEASURED: Final = Words(
    ja="まだ測れないもれ: {parts}。", en="Leaks that cannot be measured yet: {parts}."
)
UNMEASURED_PART: Final = Words(ja="{part}（{file}）", en="{part} ({file})")
NOTHING_TITLE: Final = Words(ja="もれは、まだ分かりません", en="We cannot say yet what leaks")
NOTHING: Final = Words(ja="{files} が届くと測れます。", en="{files} would make it measurable.")
COSTS: Final = Words(ja="この円は何から？", en="What made these yen?")
COSTS_MONEY: Final = Words(ja="この金額は何から？", en="What made this sum?")
COSTS_CAPTION: Final = Words(
    ja="店の値にするには {file} の {table} に書きます。",
    en="Set your own in {table} of {file}.",
)
COSTS_TABLE: Final = Words(ja="もれを作る仮定", en="The costs that make the leak")
ASSUMPTION: Final = Words(ja="仮定", en="Cost")
SOURCE: Final = Words(ja="出どころ", en="Source")
SOURCES: Final = {
    "shop": Words(ja="店の設定", en="the shop’s own"),
    "assumption": Words(ja="初期値（仮定）", en="default, assumed"),
    "published": Words(ja="初期値（公表された料金）", en="default, published price"),
    "none": Words(ja="契約による（聞いています）", en="by contract: your answer, please"),
    "tried": Words(ja="この画面だけ", en="on this page only"),
}
COST_NAMES: Final = {
    "address_check_minutes": Words(ja="住所を見る時間", en="Reading an address"),
    "hourly_wage": Words(ja="時給", en="Wage per hour"),
    "outbound_freight": Words(ja="送り 1 個の運賃", en="Freight of a parcel"),
    "bring_back_freights": Words(ja="持ち戻りの運賃", en="Freights of a bring-back"),
    "redelivery": Words(ja="再配達", en="Redelivery"),
    "contact_minutes": Words(ja="問い合わせ 1 件の時間", en="Answering a contact"),
    "service_minutes": Words(ja="受付 1 件の時間", en="Taking a request in"),
    "decision_minutes": Words(ja="判断 1 件の時間", en="Deciding a request"),
    "refund_entry_minutes": Words(ja="振込の入力の時間", en="Entering a transfer"),
    "second_check_minutes": Words(ja="二重チェックの時間", en="The second check"),
    "transfer_fee": Words(ja="他行あて振込", en="Transfer to another bank"),
    "psp_refund_fee": Words(ja="現金での返金", en="Cash payout"),
    "digital_payout_fee": Words(ja="デジタル送金", en="Digital payout"),
    "price_decay": Words(ja="値下がり", en="Loss of price"),
    "disposal": Words(ja="廃棄 1 点", en="Disposal of a piece"),
}
UNITS: Final = {
    "minutes": Words(ja="{n} 分", en="{n} min"),
    "times": Words(ja="{n} 倍", en="{n} times"),
    "daily": Words(ja="{n}%/日", en="{n}% a day"),
}
TRY: Final = Words(ja="仮定を変えてみる", en="Try other values")
TRY_CAPTION: Final = Words(
    ja="ここで変えた値は、この画面ともれの図にだけ効きます。どこにも書きません。",
    en="What you type changes this page alone; nothing is written.",
)
TRY_UNIT: Final = {
    "minutes": Words(ja="{name}（分）", en="{name} (minutes)"),
    "times": Words(ja="{name}（倍）", en="{name} (times)"),
    "daily": Words(ja="{name}（1 日あたりの割合）", en="{name} (share per day)"),
    "money": Words(ja="{name}（{unit}）", en="{name} ({unit})"),
}
TRIED: Final = Words(
    ja="この画面の値では、もれは月 {money}（{change}）です。",
    en="With the values of this page the leak is {money} a month ({change}).",
)
RAILS: Final = Words(ja="返金の払い方", en="How refunds leave")
RAILS_CAPTION: Final = Words(
    ja="返金を始めた日で数えた {months} か月。手数料と手間は払えたものと失敗したもの。",
    en="{months} months, by the day on which refunds began. Fees and labour of those that ended.",
)
RAILS_TABLE: Final = Words(
    ja="払い方ごとの件数、費用、日数、失敗", en="Rails: refunds, cost, days, failures"
)
RAIL: Final = Words(ja="払い方", en="Rail")
REFUNDS: Final = Words(ja="返金", en="Refunds")
CASES: Final = Words(ja="件", en="cases")
AMOUNT: Final = Words(ja="金額", en="Amount")
FEE: Final = Words(ja="手数料", en="Fees")
ENTRY: Final = Words(ja="入力", en="Entry")
CHECK: Final = Words(ja="二重チェック", en="Second check")
DAYS: Final = Words(ja="日数", en="Days")
DAYS_SUB: Final = Words(ja="中央値 · 9 割", en="median · 90%")
FAILED: Final = Words(ja="失敗", en="Failed")
RAIL_NAMES: Final = {
    "original_payment": Words(ja="元の支払い方法", en="Original payment"),
    "bank_transfer": Words(ja="銀行振込", en="Bank transfer"),
    "atm_cash": Words(ja="現金（コンビニなど）", en="Cash (convenience store)"),
    "gift_code": Words(ja="ギフトコード", en="Gift code"),
    "wallet": Words(ja="ウォレット", en="Wallet"),
    "points": Words(ja="ポイント", en="Points"),
    "credit": Words(ja="ストアクレジット", en="Store credit"),
    "deferred_cancel": Words(ja="後払いの取り消し", en="Deferred payment cancelled"),
    "cod_refused": Words(ja="代引の受取拒否", en="Cash on delivery refused"),
}
NO_REFUNDS_TITLE: Final = Words(
    ja="払い方は、まだ分かりません", en="We cannot say yet how refunds leave"
)
NO_REFUNDS: Final = Words(
    ja="この期間に始まった返金がありません。{file} が届くと測れます。",
    en="No refund began in these months. {file} would make it measurable.",
)
MOVE: Final = Words(
    ja="手で入れる返金をデジタル送金に移すと", en="If transfers became digital payouts"
)
MOVE_FEE: Final = Words(
    ja="デジタル送金 1 件の手数料（{unit}、契約の額）",
    en="Your fee per digital payout ({unit}, by contract)",
)
MOVE_ASK: Final = Words(
    ja="手で入れる返金は月 {n} 件、手数料と手間で月 {money} です。"
    "1 件 {fee} より安い契約なら得です。手数料は契約で決まるので、あなたの額を入れてください。",
    en="{n} refunds a month are entered by hand and cost {money} in fees and labour. A contract "
    "under {fee} each pays. The fee is set by contract: please enter yours.",
)
MOVE_ANSWER: Final = Words(
    ja="1 件 {fee} なら、月 {now} が {then} になります（{change}）。",
    en="At {fee} each, {now} a month becomes {then} ({change}).",
)
MOVE_DAYS: Final = Words(
    ja="いまは払うまで中央値 {median} 日、9 割が {p90} 日です。",
    en="Today half take {median} days and 90% take {p90}.",
)
MOVE_DAYS_ASSUMED: Final = Words(
    ja="払うまでの日数は書かれていないので、{n} 日と仮定しています。",
    en="No file says how long it takes; {n} days are assumed.",
)
MOVE_NONE: Final = Words(
    ja="手で入れる返金は、この期間にありません。",
    en="No refund of these months was entered by hand.",
)
NO_NUMBER: Final = Words(ja="数字で書いてください。", en="Please write a number.")
HOW: Final = Words(
    ja="判定は表に書いた決まりによります。見せている値は 95% 区間の下端、"
    "そばの数は数えたままを基準とくらべます。割合の区間はウィルソン、24 時間は"
    "カプラン・マイヤーで、待っている最中のものは途中で抜け、24 時間を過ぎて済んでいないものは"
    "間に合わなかったと数えます。"
    "もれは「単価 ×（書かれている分 + 書かれていない件数 × 仮定）÷ 月数」で、1 円は 1 つの穴にだけ"
    "入ります。持ち戻りは住所の穴だけ、電話のあった返品は問い合わせだけで数えます。"
    "等級による値落ちは返品の費用で、もれには入りません。交換を示さなかった損と、理由を使わなかった"
    "損は、示さない注文を取り分けておかないと測れないので、③ と ⑤ には円がありません。",
    en="States follow a table of rules (condition_rules): of the shown value the lower end of its "
    "95% interval is held against the threshold, of the figures beside it what was counted. "
    "Intervals of shares are Wilson’s; 24 hours are judged by Kaplan and Meier: what still waits "
    "leaves on its way, what is open after 24 hours was not in time. A leak is rate × (what is "
    "recorded + unrecorded cases × cost) ÷ months, and each yen is in one hole: bring-backs are in "
    "addresses alone, a return that was called about counts with its call. Value lost by grade is "
    "a cost of returns, not a leak. What an exchange not offered or a reason not used costs cannot "
    "be measured without orders kept out of it, so conditions 3 and 5 have no yen.",
)
