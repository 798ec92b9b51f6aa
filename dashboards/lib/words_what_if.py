"""Words of "What if?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="もし変えたら？", en="What if?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(ja="前の {months} か月の返品で", en="on the returns of {months} months")
BASIS_ONE: Final = Words(ja="これまでの返品で", en="on the returns so far")
FALLS: Final = Words(
    ja="返品の損は月 {now} から {then} へ、{change} 減る見込みです。",
    en="Returns would cost {then} a month instead of {now}, {change} less.",
)
RISES: Final = Words(
    ja="返品の損は月 {now} から {then} へ、{change} 増える見込みです。",
    en="Returns would cost {then} a month instead of {now}, {change} more.",
)
UNKNOWN: Final = Words(
    ja="減るとも増えるとも、まだ言えません（{interval}）。",
    en="We cannot say yet whether it helps ({interval}).",
)
SAME: Final = Words(
    ja="返品の損は月 {now} です。左で変えると、いくら減るかが出ます。",
    en="Returns cost {now} a month. Change something and see by how much less.",
)
SAME_ASKED: Final = Words(
    ja="返品の損は月 {now} です。変えたあとは、あなたの答えを待っています。",
    en="Returns cost {now} a month. What they would cost waits for your answer.",
)
PROOF: Final = {
    "falls": Words(
        ja="95% 区間は {interval} の減。{period}の {n} 件から。",
        en="95% interval: {interval} less. From {n} return lines, {period}.",
    ),
    "rises": Words(
        ja="95% 区間は {interval} の増。{period}の {n} 件から。",
        en="95% interval: {interval} more. From {n} return lines, {period}.",
    ),
    "unknown": Words(
        ja="マイナスは損が減ること。95% 区間、{period}の {n} 件から。",
        en="A minus is a smaller loss. 95% interval, from {n} return lines, {period}.",
    ),
    "same": Words(ja="{period}の {n} 件から。", en="From {n} return lines, {period}."),
}
FEW: Final = Words(
    ja="もとになる数が 30 に足りないため、まだ言いません。",
    en="It rests on fewer than 30 cases, so nothing is concluded.",
)
PAYS: Final = Words(
    ja="特典 {bonus}は、交換が {now} から {then} へ上がれば元がとれます。",
    en="A bonus of {bonus} pays if the exchange share rises from {now} to {then}.",
)
NEVER_PAYS: Final = Words(
    ja="特典 {bonus}は、交換 1 件で残る {saved} からみて、元がとれません。",
    en="A bonus of {bonus} never pays: one exchange keeps {saved}.",
)
CHANGE: Final = Words(ja="変えるもの", en="What to change")
SHARE: Final = Words(ja="交換の割合（いま {now}）", en="Exchange share (now {now})")
BONUS: Final = Words(ja="交換した方への特典（いま {now}）", en="Bonus per exchange (now {now})")
WINDOW: Final = Words(ja="返品を受ける日数（いま {now}）", en="Return window (now {now})")
DAYS: Final = Words(ja="{n} 日", en="{n} days")
DAYS_RANGE: Final = Words(ja="{first}〜{last} 日", en="{first}–{last} days")
NOW: Final = Words(ja="いま", en="now")
FREIGHT: Final = Words(ja="交換の送料（いま 店が払う）", en="Exchange freight (now: the shop)")
FREIGHT_PAYERS: Final = {
    "shop": Words(ja="店が払う", en="The shop"),
    "customer": Words(ja="お客さま", en="The customer"),
}
RAIL: Final = Words(ja="返金の道（いま 銀行振込）", en="Refund rail (now by bank)")
RAILS: Final = {
    "bank": Words(ja="銀行振込", en="By bank"),
    "digital": Words(ja="デジタル", en="Digital"),
}
FEE: Final = Words(ja="デジタルの手数料（{unit}/件）", en="Digital fee ({unit} each)")
FEE_ASKED: Final = Words(
    ja="手数料に初期値はありません。契約の額を入れてください。",
    en="The fee has no default: please enter that of your contract.",
)
LOST: Final = Words(ja="日数を短くして減る売上（%）", en="Sales lost by a shorter window (%)")
LOST_ASKED: Final = Words(
    ja="減る売上は、この記録からは分かりません。見込む割合を入れてください。",
    en="These records cannot say how many sales it costs: please enter what you expect.",
)
NO_NUMBER: Final = Words(ja="数字で書いてください。", en="Please write a number.")
NO_WINDOW: Final = Words(
    ja="日数の決まりがない返品があるため、日数は変えられません。",
    en="Some rules have no window, so it cannot be changed here.",
)
NAME: Final = Words(ja="この案の名前", en="Name of this draft")
NAME_NOTE: Final = Words(
    ja="案はこの画面のアドレスに残ります。アドレスを送れば、同じ案が開きます。",
    en="The address of this page holds the draft: send it and the same draft opens.",
)
NAME_EXAMPLE: Final = Words(ja="春の案", en="Spring")
BARS: Final = {
    "now": Words(ja="いま", en="Now"),
    "then": Words(ja="変えたあと", en="Then"),
}
BARS_WORDS: Final = Words(
    ja="返品の損は月 {now}、変えたあとは {then}",
    en="Returns cost {now} a month now and {then} then",
)
HELPS: Final = Words(ja="効くのは{lever}。", en="What helps most: {lever}.")
HURTS: Final = Words(ja="損を増やすのは{lever}。", en="What costs most: {lever}.")
EATEN: Final = Words(
    ja="日数の得は {share} が消える", en="Lost sales eat {share} of what the window saves"
)
LEVERS: Final = {
    "exchange": Words(ja="交換", en="exchanges"),
    "bonus": Words(ja="特典", en="the bonus"),
    "freight": Words(ja="交換の送料", en="exchange freight"),
    "window": Words(ja="日数", en="the return window"),
    "lost_sales": Words(ja="減る売上", en="lost sales"),
    "rail": Words(ja="返金の道", en="the refund rail"),
}
NOTHING_CHANGES: Final = Words(ja="どれも損を変えません", en="None of it changes the loss")
NOTHING_DECIDED: Final = Words(
    ja="どれが効くとは、まだ言えません", en="What helps cannot be said yet"
)
CHART_CAPTION: Final = Words(
    ja="いまとの差（{unit}/月）。青は損が減る、灰は増える。細い線は 95% 区間。",
    en="Difference from now ({unit} a month). Blue: the loss falls, grey: it rises. "
    "Thin line: 95% interval.",
)
CHART_SMALL: Final = Words(
    ja="薄い棒は 30 件に足りないもの。", en="Pale bars rest on fewer than 30 cases."
)
STEPS: Final = {
    "exchange": Words(ja="交換 {now} → {then}", en="Exchanges {now} → {then}"),
    "bonus": Words(ja="交換の特典 {then}", en="Exchange bonus {then}"),
    "freight": Words(ja="交換の送料をお客さまへ", en="Freight to the customer"),
    "window": Words(ja="返品を受ける日数 {then}まで", en="Window at most {then}"),
    "lost_sales": Words(ja="日数を短くして減る売上", en="Sales lost by it"),
    "rail": Words(ja="返金の道をデジタルへ", en="Refunds paid digitally"),
    "total": Words(ja="合わせて", en="Together"),
}
NOT_MEASURABLE: Final = Words(ja="測れない", en="not measurable")
ASKED: Final = {
    "lost_sales": Words(
        ja="{step}: 測れない。減る売上を入れると出ます。",
        en="{step}: not measurable until you say what sales it costs.",
    ),
    "fee": Words(
        ja="{step}: 測れない。手数料を入れると出ます。",
        en="{step}: not measurable until you enter the fee.",
    ),
}
LACKS: Final = Words(
    ja="{step}: 測れない。{file} が届くと測れます。",
    en="{step}: not measurable; {file} would make it so.",
)
NOT_IN_TOTAL: Final = Words(
    ja="測れないものは、合わせた額に入れていません。",
    en="What is not measurable is not in the total.",
)
EARLIER: Final = Words(
    ja="ことわる件数は、いまと同じ日に届いたときの数です。早めに返す方がいれば、得は小さくなります。",
    en="Refusals are counted as if requests came on the same days as now; who sends back earlier "
    "makes the gain smaller.",
)
ANSWERS_OF_CUSTOMERS: Final = Words(
    ja="送料や特典で交換の割合が動くかは、この記録からは分かりません。見込む割合を選んでください。",
    en="Whether freight or a bonus moves the exchange share, these records cannot say: choose the "
    "share that you expect.",
)
NOTHING_TITLE: Final = Words(
    ja="返品の損は、まだ分かりません", en="We cannot say yet what returns cost"
)
NOTHING: Final = Words(ja="{file} が届くと測れます。", en="{file} would make it measurable.")
TOO_EARLY: Final = Words(
    ja="まだひと月分の注文がそろっていません。月の終わりまで届くと測れます。",
    en="No whole month of orders is there yet; it can be measured when one has ended.",
)
NO_COSTS: Final = Words(
    ja="戻った品の原価がそろっていません。{file} に入ると測れます。",
    en="Goods that came back lack a cost; {file} would make it measurable.",
)
EMPTY_TITLE: Final = Words(ja="返品がありません", en="No returns")
EMPTY: Final = Words(
    ja="{period}を見ました。返品の損は 0 で、これは測った 0 です。変えるものはありません。",
    en="We looked at {period}: returns cost 0, and this zero is a measured zero. "
    "There is nothing to change.",
)
OWN_HEADING: Final = Words(ja="いまの店の数字", en="The shop’s numbers now")
OWN: Final = Words(ja="店の数字（{n}）", en="The shop’s numbers ({n})")
OWN_TABLE: Final = Words(ja="計算に使った店の数字", en="The shop’s own numbers used")
OWN_NAME: Final = Words(ja="数字", en="Number")
OWN_VALUE: Final = Words(ja="値", en="Value")
OWN_ROWS: Final = {
    "requests": Words(ja="返品の依頼（月）", en="Requests a month"),
    "share": Words(ja="交換の割合", en="Exchange share"),
    "saving": Words(ja="交換 1 件で残る額", en="Kept by one exchange"),
    "bonus": Words(ja="交換 1 件の特典", en="Bonus of an exchange"),
    "freight": Words(ja="交換 1 件の送料", en="Freight of an exchange"),
    "window": Words(ja="返品を受ける日数", en="Return window"),
    "hand": Words(ja="手で入れる返金（月）", en="Refunds entered by hand a month"),
    "hand_cost": Words(ja="その 1 件の手数料と手間", en="Fee and labour of one of them"),
    "contribution": Words(ja="返品のあとの利益（月）", en="Contribution after returns a month"),
}
INTERVAL: Final = Words(ja="95% 区間 {low}〜{high}、n {n}", en="95% {low} to {high}, n {n}")
HOW: Final = Words(
    ja="返品の損は、返したお金から戻った品の原価を引いた額に、対応、送料、検品、包み直し、"
    "等級による値落ち、手数料、交換品の送料と特典を足したものです。まだ片づいていない返品は、"
    "ここまでにかかった分だけ入っています。ストアクレジットは出ていったお金に数えません。"
    "交換が 1 件ふえるごとに、これまでの交換 1 件が残した額だけ損が減ります。"
    "日数を短くすると、お客さま側の理由で認めた依頼のうち、それより後の日に来たものをことわり、"
    "その損から対応の手間を引いた額が減ります。長くしたときのことは、記録にありません。"
    "減る売上は、返品のあとの利益にあなたの割合を掛けます。"
    "変えるものは重ねて数えます。ことわった依頼は交換にならず、交換した依頼は返金になりません。"
    "区間は、交換の割合、ことわる割合、手で入れる割合がウィルソン、交換 1 件の額は平均の誤差の "
    "1.96 倍で、額に比例させて運びます。別々の数からの区間は、二乗の和の平方根で合わせます。"
    "あなたが決めた値には区間がありません。",
    en="The loss is the money paid back less the cost of the goods that came back for it, and "
    "answering, freight, inspection, repacking, value lost by grade, fees, and freight and bonus "
    "of replacements. What is not settled yet counts with what it has cost so far; store credit is "
    "no money that left. One more exchange saves what one exchange kept so far. A shorter window "
    "refuses approved requests on the customer’s side that came on a later day, and saves their "
    "loss less the answer; what a longer one would bring, no record says. Lost sales are your "
    "share of the contribution after returns. Changes build on each other: what is refused is not "
    "exchanged, what is exchanged is not refunded. Intervals: Wilson’s for the shares of "
    "exchanges, refusals and refunds by hand, 1.96 standard errors for what one exchange kept, "
    "passed on in proportion; those of different counts are combined by the root of the sum of "
    "their squares. What you set yourself has none.",
)
