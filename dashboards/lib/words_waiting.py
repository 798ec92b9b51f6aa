"""Words of "Where does it wait?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="どこで待っている？", en="Where does it wait?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(ja="返品の到着から", en="from the arrival of returns")

ANSWER: Final = {
    1: Words(ja="{n} 件が 24 時間を過ぎて待っています。", en="{n} return is past 24 hours."),
    2: Words(ja="{n} 件が 24 時間を過ぎて待っています。", en="{n} returns are past 24 hours."),
}
ANSWER_NONE: Final = Words(ja="24 時間を過ぎた品はありません。", en="Nothing is past 24 hours.")
ANSWER_MEAN: Final = Words(
    ja="平均 {hours} 時間のうち、手が動くのは {minutes} 分です。",
    en="Of {hours} hours on average, {minutes} minutes are work.",
)
CAPTION: Final = Words(
    ja="{period}の到着 {n} 件。時計は到着の読み取りから返金か交換の出荷まで。"
    "まだ終わっていない {open} 件も数えています。",
    en="{n} arrivals of {period}. The clock runs from the arrival scan to the refund or the "
    "replacement sent; {open} still open are counted too.",
)
CAPTION_QUEUE: Final = Words(ja="{n} 件が、まだ終わっていません。", en="{n} are not finished yet.")

CURVE_HEADING: Final = Words(
    ja="24 時間で終わるのは {share}", en="{share} are done within 24 hours"
)
CURVE_OPEN: Final = Words(
    ja="到着から返金・交換までの時間", en="Hours from the arrival to refund or replacement"
)
CURVE_CAPTION: Final = Words(
    ja="到着からの時間と、返金か交換が終わった割合（%）。打ち切りを数えた曲線と 95% 区間。"
    "縦の目は、まだ終わっていない品。",
    en="Hours since the arrival, and the share refunded or replaced (%), open cases counted, with "
    "its 95% interval. Ticks are cases still open.",
)
CURVE_WORDS: Final = Words(
    ja="24 時間で {share}（95% 区間 {interval}）。", en="{share} in 24 hours (95% {interval})."
)
AT_LIMIT: Final = Words(ja="24 時間 {share}（{interval}）", en="24 h {share} ({interval})")
GOAL: Final = Words(ja="基準 95%", en="goal 95%")
NOW: Final = Words(ja="いま", en="now")
LAST_YEAR: Final = Words(ja="前年", en="last year")
NINE_IN_TEN: Final = Words(
    ja="10 件に 9 件が終わるのは {hours} 時間です。", en="Nine in ten are done after {hours} hours."
)
NINE_IN_TEN_OPEN: Final = Words(
    ja="14 日では、10 件に 9 件まで終わっていません。",
    en="After 14 days nine in ten are not done yet.",
)
HOURS_AXIS: Final = Words(ja="到着からの時間", en="hours since the arrival")
UNKNOWN_MOMENTS: Final = Words(
    ja="終わった時刻の分からない {n} 件は、曲線に入っていません。",
    en="{n} resolved at a moment that nobody recorded are not in the curve.",
)

STEPS_HEADING: Final = Words(ja="いちばん長い待ちは「{step}」", en="The longest wait: {step}")
STEPS_CAPTION: Final = Words(
    ja="終わった {n} 件の平均（時間）。灰は待ち、青は手が動いた時間で、同じ目盛り。"
    "合わせて {hours} 時間、{end}まで。",
    en="Mean of {n} finished returns (hours). Grey waits, blue is work, on one scale. {hours} "
    "hours together, until {end}.",
)
UNTIL_SHELF: Final = Words(ja="棚に戻る", en="it is back on the shelf")
UNTIL_SETTLED: Final = Words(ja="返金か交換の出荷", en="the refund or the replacement")
STEP_NAMES: Final = {
    "grading": Words(ja="到着 → 検品", en="arrival → grade"),
    "settling": Words(ja="検品 → 返金・交換", en="grade → refund, exchange"),
    "shelving": Words(ja="返金・交換 → 棚", en="refund, exchange → shelf"),
}
TOTAL: Final = Words(ja="合計", en="total")
WAITED: Final = Words(ja="待ち {hours}", en="waits {hours}")
WORKED: Final = Words(ja="作業 {minutes} 分", en="{minutes} min of work")
TOTAL_LABEL: Final = Words(
    ja="{hours} 時間、うち作業 {minutes} 分", en="{hours} h, {minutes} min of it work"
)
WORK_SOURCE: Final = Words(
    ja="作業の時間は、検品・返金の入力・棚入れの 1 件あたりの分（費用の前提）から計算しています。",
    en="Work is reckoned from minutes of inspection, entering and shelving (parameters of cost).",
)
REVERSED: Final = Words(
    ja="{n} 件は、到着より前に検品したと書かれています（その待ちは 0 にしています）。",
    en="{n} were graded before they arrived, as the files say; that wait is taken as 0.",
)

QUEUE_HEADING: Final = {
    "oldest": Words(ja="古い順に", en="Oldest first"),
    "idle": Words(ja="損の大きい順に", en="What loses most, first"),
}
QUEUE_CAPTION: Final = Words(
    ja="等級がつくと、決まりの表から次にすることが決まります。",
    en="The moment a grade arrives, the table of rules says what is next.",
)
STAGE: Final = Words(ja="止まっているところ", en="Where it waits")
GRADE: Final = Words(ja="等級", en="Grade")
ORDER: Final = Words(ja="順番", en="Order")
ORDER_NAMES: Final = {
    "oldest": Words(ja="古い順", en="Oldest"),
    "idle": Words(ja="先に開ける順", en="Open first"),
}
ALL: Final = Words(ja="すべて", en="All")
STAGE_NAMES: Final = {
    "grading": Words(ja="検品待ち", en="to grade"),
    "refund": Words(ja="返金待ち", en="to refund"),
    "ship_exchange": Words(ja="交換の出荷待ち", en="to replace"),
    "credit": Words(ja="クレジット待ち", en="to credit"),
    "ask_customer": Words(ja="お客さまに聞く", en="to ask"),
    "review": Words(ja="担当者の確認待ち", en="to review"),
    "restock": Words(ja="棚入れ待ち", en="to shelve"),
}
WORK_FILE: Final = Words(ja="作業ファイルを出す", en="Take the work file")
TABLE: Final = Words(ja="待っている返品", en="Returns that wait")
WAITED_HEAD: Final = Words(ja="待ち", en="Waits")
LIMIT_KEY: Final = Words(ja="┃ 24 時間", en="┃ 24 h")
HOURS: Final = Words(ja="時間", en="h")
RETURN: Final = Words(ja="返品", en="Return")
GOODS: Final = Words(ja="品", en="Goods")
NOT_GRADED: Final = Words(ja="まだ", en="not yet")
LOSS: Final = Words(ja="1 日の損", en="A day costs")
NEXT: Final = Words(ja="次にすること", en="Next")
PIECES: Final = Words(ja="{n} 点", en="{n} pieces")
SHOWN: Final = Words(ja="{n} 件のうち {first}〜{last}。", en="{first} to {last} of {n}.")
LOSS_SUM: Final = Words(
    ja="等級のついた {graded} 件の損は 1 日 {money}。",
    en="The {graded} with a grade lose {money} a day.",
)
LOSS_OPEN: Final = Words(
    ja="検品前の品の損は、まだ分かりません。",
    en="What ungraded goods lose cannot be told yet.",
)
CHANCE: Final = {
    "plan": Words(
        ja="損＝定価 × 値下がり（1 日）× 定価で売れる割合。割合は、この店の仕入れと販売から。",
        en="Loss: list price × decay a day × chance of a full-price sale, the chance from this "
        "shop’s own purchases and sales.",
    ),
    "assumed": Words(
        ja="損＝定価 × 値下がり（1 日）× 定価で売れる割合。割合は前提の値です。"
        "{file} が届くと、この店の値になります。",
        en="Loss: list price × decay a day × chance of a full-price sale. The chance is an "
        "assumption; {file} would give this shop’s own.",
    ),
}
QUEUE_EMPTY_TITLE: Final = Words(ja="待っている返品はありません", en="Nothing waits")
QUEUE_EMPTY: Final = Words(
    ja="到着した返品を見ました。この 0 は、数えた結果の 0 です。",
    en="Looked at all that arrived. This zero is a measured zero.",
)
QUEUE_NONE_TITLE: Final = Words(
    ja="この条件で待っている返品はありません", en="Nothing of this kind waits"
)
QUEUE_NONE: Final = Words(
    ja="条件をはずすと、{n} 件が待っています。", en="Without the filters {n} wait."
)

GRADERS_NONE: Final = Words(
    ja="等級のつけ方に、はっきりした違いはない", en="No grader differs from the others"
)
GRADERS_LOW: Final = Words(
    ja="検品 {number} だけ、A が少ない", en="Only grader {number} gives fewer A"
)
GRADERS_HIGH: Final = Words(
    ja="検品 {number} だけ、A が多い", en="Only grader {number} gives more A"
)
GRADERS_SOME: Final = Words(
    ja="{n} 人の等級のつけ方が、ほかと違う", en="{n} graders differ from the others"
)
GRADERS_CAPTION: Final = Words(
    ja="A の割合（%、95% 区間）。点線は全員の {pool}。品のちがいを補ったあと。"
    "番号は、はじめて検品した順です。",
    en="Share of A (%, 95% interval), adjusted for the goods; the dotted line is {pool} of all. "
    "Numbers follow the first grading.",
)
GRADER: Final = Words(ja="検品 {number}", en="grader {number}")
GRADERS_WORDS: Final = Words(
    ja="{heading}。全員の A は {pool}。", en="{heading}. All together {pool} are A."
)
GRADERS_MORE: Final = Words(
    ja="{n} 人のうち {shown} 人を出しています。", en="{shown} of {n} graders are shown."
)
TWICE: Final = Words(ja="2 人で見ると {share} が同じ", en="Two people agree on {share}")
TWICE_CAPTION: Final = Words(
    ja="同じ品を別の人がもう一度見た {n} 件のうち、等級が同じだったのは {same} 件"
    "（95% 区間 {interval}%）。",
    en="Of {n} that somebody else looked at again, {same} got the same grade "
    "(95% interval {interval}%).",
)
TWICE_TABLE: Final = Words(ja="等級のちがい", en="Where they differ")
TWICE_PAIR: Final = Words(ja="1 人目 → 2 人目", en="first → second")
CASES: Final = Words(ja="件", en="returns")
CONFORMANCE: Final = Words(
    ja="決まりどおりに動いたのは {share}", en="{share} went where the rule says"
)
CONFORMANCE_CAPTION: Final = Words(
    ja="行き先の分かる {n} 点のうち、決まりどおりに動いた割合（%、95% 区間）。",
    en="Share of {n} units of known movement that went where their rule says (%, 95% interval).",
)
CONFORMANCE_TABLE: Final = Words(ja="等級ごとの動き", en="Movements by grade")
SHARE: Final = Words(ja="決まりどおり", en="By the rule")
PERCENT: Final = Words(ja="%", en="%")
INTERVAL: Final = Words(ja="95% 区間", en="95% interval")
UNITS: Final = Words(ja="点", en="units")
KNOWN: Final = Words(ja="行き先の分かる品", en="Known movement")

UNMEASURED: Final = Words(ja="まだ測れないもの", en="What cannot be measured yet")
NO_RECEIPTS_TITLE: Final = Words(
    ja="どこで待っているかは、まだ分かりません", en="We cannot say yet where it waits"
)
NO_RECEIPTS: Final = Words(
    ja="{file} が届くと測れます。要るのは {columns} です。",
    en="{file} would make it measurable. It needs {columns}.",
)
NO_GRADES: Final = Words(
    ja="等級と、次にすること。{file} の {column} が届くと分かります。",
    en="Grades, and what is next: {column} of {file} would tell.",
)
NO_SETTLEMENTS: Final = Words(
    ja="返金・交換までの時間。{file} か {other} が届くと測れます。",
    en="How long until refund or replacement: {file} or {other} would tell.",
)
NO_STEPS: Final = Words(
    ja="待ちと作業の内わけ。{file} の {column} と、返金か交換の時刻がそろうと測れます。",
    en="Waiting against work: {column} of {file} and the moments of refunds or exchanges would "
    "tell.",
)
NO_GRADERS: Final = Words(
    ja="だれが等級をつけたか。{file} の {column} が届くと測れます。",
    en="Who graded: {column} of {file} would tell.",
)
NO_TWICE: Final = Words(
    ja="同じ品を 2 人が見たときの一致。{file} に、同じ返品の 2 度目の {column} と {other} が届くと"
    "測れます。",
    en="Whether two people agree: a second {column} and {other} of the same return in {file} would "
    "tell.",
)
NO_UNIT_IDS: Final = Words(
    ja="A とした品が、次のお客さまから不良で返ったか。品 1 つずつの番号がどのファイルにもなく、"
    "たどれません。",
    en="Whether units graded A came back as defective from the next customer: no file numbers "
    "single units.",
)
UNKNOWN_GOODS: Final = Words(
    ja="{n} 点は {column} の言葉が知らないもので、動きに入っていません。",
    en="{n} units carry a word in {column} that nothing is known of; they are in no share.",
)
HOW: Final = Words(
    ja="到着した返品は、等級がつくまで検品待ち、そのあとは決まりの表（等級・責任・希望の組み合わせ"
    "ごとに 1 行）のとおりに待ちます。返金の支払いか交換の出荷で終わり、A の品は棚に戻るまで"
    "待ちます。"
    "24 時間は到着の読み取りから、データの最後の日の終わりまでで数えます。"
    "曲線はカプラン・マイヤー法（区間はグリーンウッド）、まだ終わっていない品は見ていた時間まで数えます。"
    "平均は、すべての時刻が分かる返品だけです。検品者には 1 人ずつの 95% 区間をつけます。"
    "ほかと違うと言うのは、全員のばらつきに合わせて全体へ寄せた区間が全体の割合をはずすときだけです"
    "（30 件から）。",
    en="What arrived waits for its grade, then as the table of rules says: one row for every "
    "grade, side and wish. It ends with a refund paid or a replacement sent; grade A then waits "
    "for the shelf. The 24 hours run from the arrival scan to the end of the last day of the "
    "data. The curve is Kaplan and Meier’s (interval by Greenwood); open cases count as long as "
    "they were watched. Means are of returns whose moments are all known. Graders carry their "
    "own 95% intervals; who differs is decided by an interval drawn towards all graders as far "
    "as chance explains the spread, from 30 on.",
)
