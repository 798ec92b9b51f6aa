"""Words of "Was it decided without us?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="自動で決まった？", en="Was it decided without us?")
NAVIGATION: Final = Words(ja="自動で決まった？", en="Decided without us?")
BASIS: Final = Words(
    ja="返品の申し込み（申し込みの日）", en="return requests, by the day of the request"
)
ANSWER: Final = {
    1: Words(
        ja="この 1 か月の申し込み {n}のうち、{rate} は人の手なしで決まりました。",
        en="Of {n} of the last whole month, {rate} were decided without anybody.",
    ),
    2: Words(
        ja="この {months} か月の申し込み {n}のうち、{rate} は人の手なしで決まりました。",
        en="Of {n} of the last {months} whole months, {rate} were decided without anybody.",
    ),
}
REQUESTS: Final = {
    1: Words(ja="{n} 件", en="{n} request"),
    2: Words(ja="{n} 件", en="{n} requests"),
}
ANSWER_UNKNOWN: Final = {
    1: Words(
        ja="この 1 か月の申し込みは {n}。人の手なしで決まったかは、まだ分かりません。",
        en="There were {n} in the last whole month. Whether a person decided is not recorded.",
    ),
    2: Words(
        ja="この {months} か月の申し込みは {n}。人の手なしで決まったかは、まだ分かりません。",
        en="There were {n} in the last {months} whole months. Whether a person decided is not "
        "recorded.",
    ),
}
ANSWER_EXCEPTIONS: Final = {
    0: Words(ja="例外はありません。", en="There are no exceptions."),
    1: Words(ja="例外は {n} 件です。", en="There is {n} exception."),
    2: Words(ja="例外は {n} 件です。", en="There are {n} exceptions."),
}
ANSWER_MINUTES: Final = Words(
    ja="人が見た申し込みには、1 件あたり {minutes} 分かかりました。",
    en="A request that a person saw took {minutes} minutes.",
)
CAPTION: Final = Words(
    ja="{period}、終わった月だけ。例外は、人が決まりと反対に決めた申し込みで、めざすのは 0 です。",
    en="{period}, whole months only. An exception is a request that a person decided against the "
    "rules; the aim is none.",
)
STRIP: Final = Words(ja="申し込みはどう決まったか", en="How requests were decided")
AUTOMATED: Final = Words(ja="人の手なしで決まった", en="Decided without anybody")
EXCEPTIONS: Final = Words(ja="例外", en="Exceptions")
SEEN: Final = Words(ja="人が見た", en="Looked at by staff")
MINUTES: Final = Words(ja="人が見た 1 件の時間", en="Minutes per request seen")
MINUTE_UNIT: Final = Words(ja="分", en="min")
CASE_UNIT: Final = Words(ja="件", en="requests")
RANGE: Final = Words(ja="{interval} · {n}", en="{interval} · {n}")
EXCEPTIONS_NOTE: Final = Words(
    ja="{rate}（{interval}） · {money}", en="{rate} ({interval}) · {money}"
)
SEEN_NOTE: Final = Words(ja="申し込みの {rate}（{interval}）", en="{rate} of requests ({interval})")
MISSING: Final = Words(ja="測れません", en="not measurable")
MISSING_COLUMN: Final = Words(
    ja="測れません（{column}）",
    en="not measurable ({column})",
)
EFFECT: Final = Words(ja="決まりの答え", en="What the rules say")
EFFECTS: Final = {
    "approve": Words(ja="受ける", en="Approve"),
    "deny": Words(ja="ことわる", en="Refuse"),
    "review": Words(ja="人が見る", en="A person looks"),
}
EFFECTS_HEADING: Final = Words(
    ja="決まりは {approve} を受け、{deny} をことわり、{review} を人に回す",
    en="The rules approve {approve}, refuse {deny} and hand {review} to a person",
)
EFFECTS_CAPTION: Final = Words(
    ja="注文の日の決まりを、どの申し込みにも当てた答え。金額は返したいと言われた分（{unit}）。"
    "95% 区間。",
    en="What the rules say of each request, whatever was done. Amounts: what is asked back "
    "({unit}). 95% interval.",
)
SHARE: Final = Words(ja="割合（%）", en="Share (%)")
REQUEST_COUNT: Final = Words(ja="申し込み", en="Requests")
AMOUNT: Final = Words(ja="金額", en="Amount")
TRY: Final = Words(
    ja="決まりを変える前に、下書きの表をこれまでの申し込みに当てられます。受ける、ことわる、"
    "費用がどう変わるかが出ます: {command}",
    en="Before a rule changes, try a draft of the table on the requests so far: what it would have "
    "approved, refused and cost. {command}",
)
MONTHS_HEADING: Final = Words(
    ja="人の手なしで決まった割合、月ごと", en="Decided without anybody, month by month"
)
MONTHS_CAPTION: Final = Words(
    ja="帯は 95% 区間。灰色の月は申し込みが少なく、まだ判断できません。",
    en="The band is the 95% interval. Grey months have too few requests to judge.",
)
MONTHS_WORDS: Final = Words(
    ja="{month}は {n}のうち {rate}（{interval}）が人の手なしで決まりました。",
    en="In {month}, {rate} of {n} were decided without anybody ({interval}).",
)
RULES_NONE: Final = Words(
    ja="人が決まりと反対に決めた申し込みはない", en="Nobody decided against a rule"
)
RULES_HEADING: Final = Words(
    ja="例外 {n} 件のうち {most} 件は {rule}", en="{most} of {n} exceptions are against {rule}"
)
RULES_UNKNOWN: Final = Words(ja="どの決まりが決めるか", en="Which rule decides")
RULES_CAPTION: Final = Words(
    ja="申し込みの多い順。お客さまへの言葉と、決まりの名前。95% 区間、申し込みが少ない行は灰色。",
    en="Most requests first: what the customer is told, and the rule. 95% interval; rows of few "
    "requests are grey.",
)
RULE: Final = Words(ja="決まり", en="Rule")
AUTOMATED_SHARE: Final = Words(ja="人の手なし（%）", en="Without anybody (%)")
MINUTES_SHORT: Final = Words(ja="分 / 人が見た 1 件", en="Minutes per request seen")
RULE_SUB: Final = Words(ja="{effect} · {rule}", en="{effect} · {rule}")
RULE_VERSION: Final = Words(ja="{rule}（{version} 版）", en="{rule} (version {version})")
SHARE_LABEL: Final = Words(
    ja="{rate} が人の手なし、区間 {interval}、{n}",
    en="{rate} without anybody, interval {interval}, {n}",
)
EFFECT_LABEL: Final = Words(
    ja="申し込みの {rate}、区間 {interval}、{n}", en="{rate} of requests, interval {interval}, {n}"
)
CAUSES: Final = {
    "no_rule": Words(ja="どの決まりも当てはまらない", en="No rule fits"),
    "no_version": Words(ja="注文の日の決まりがない", en="No rules on the day of the order"),
    "no_order": Words(ja="注文の明細が見つからない", en="No order line is known"),
    "unknown_day": Words(ja="日付が分からない", en="A day is not known"),
    "before_order": Words(ja="注文より前の申し込み", en="Asked for before it was ordered"),
    "too_many_units": Words(ja="注文より多い数", en="More units than were ordered"),
}
OTHERWISE: Final = Words(
    ja="ほかに {n} 件は、人ではなく、店のシステムか、名前の書かれていないだれかが、"
    "決まりと反対に決めました。",
    en="Another {n} were decided against the rules not by staff, but by the shop’s system or by "
    "nobody that the files name.",
)
UNATTRIBUTED: Final = Words(
    ja="だれが決めたか書かれていない {n} 件は、割合に入れていません。",
    en="{n} decided by nobody that the files name are in no share.",
)
UNDATED: Final = Words(
    ja="日付の分からない申し込み {n} 件は入っていません。",
    en="{n} requests of an unknown day are not counted here.",
)
IDLE: Final = Words(ja="使われなかった決まり: {rules}", en="Rules that decided nothing: {rules}")
NO_DECIDERS_TITLE: Final = Words(
    ja="人の手なしで決まったかは、まだ測れません",
    en="Whether a person decided is not measurable yet",
)
NO_DECIDERS: Final = Words(
    ja="だれが決めたかがファイルにありません。{columns} が入ると分かります。"
    "決まりがどう答えるかは、下のとおりです。",
    en="The files do not say who decided. It is known once they hold {columns}. What the rules say "
    "stands below.",
)
NO_FILE_TITLE: Final = Words(
    ja="自動で決まったかは、まだ測れません", en="This is not measurable yet"
)
NO_FILE: Final = Words(
    ja="返品の申し込みのファイル {file} がまだありません。列は {columns} です。",
    en="There is no file of return requests ({file}) yet. Its columns: {columns}.",
)
NO_REQUESTS_TITLE: Final = Words(
    ja="終わった月に、返品の申し込みはありません", en="No return request in a whole month"
)
NO_REQUESTS: Final = Words(
    ja="{file} は届いています。この 0 は、数えた結果の 0 です。",
    en="The file {file} has arrived. This zero is a counted zero.",
)
HOW: Final = Words(
    ja="「人の手なし」は、店のファイルがシステムの判断と書いているか、決まりだけがあって人の名前が"
    "ない申し込みです。まだ決まっていないものと、取り下げられたものも分母に入ります。"
    "だれが決めたか分からないものは入りません。"
    "決まりの答えは、注文した日の版の表を上から当てて出したものです。"
    "人が見ると決まりが言う申し込みを人が決めても、例外ではありません。"
    "ここの例外はこの表との違いで、指標「例外の率」は店のシステムとの違いです。"
    "区間は 95% の Wilson 区間です。"
    "すすめられる商品は、同じ型で、いま在庫があり、理由に答え、その理由で返りやすくないものです。"
    "受けられる見込みは店のこれまでの提案から出し、提案の記録がなければ出しません。",
    en="Decided without anybody: the shop’s files name the system, or a rule and no person. What "
    "is still open or was withdrawn counts among the requests; what was decided by nobody named "
    "does not. What the rules say comes from the table of the day of the order, the first rule "
    "that fits. A decision by a person is no exception where the rule asks for a person. Here an "
    "exception is held against this table; the metric “policy exceptions” holds it against what "
    "the shop’s system does. Intervals are Wilson’s, 95%. What "
    "can be offered is of the same style, on the shelf, answers the reason and does not come back "
    "more often for it. How probably it is taken is what the shop’s own offers say; without any, "
    "nothing is said.",
)
