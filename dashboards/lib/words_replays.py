"""Words of the section on drafts of the rules: what changes, and for whom."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

DRAFT: Final = Words(ja="下書き", en="Draft")
HEADING: Final = Words(
    ja="答えが変わるのは {n} 件（{share}）", en="The answer changes for {n} ({share})"
)
HEADING_FEW: Final = Words(
    ja="{all} 件のうち {n} 件の答えが変わる", en="The answer changes for {n} of {all}"
)
HEADING_NONE: Final = Words(ja="答えが変わる申し込みはない", en="No answer changes")
CAPTION: Final = Words(
    ja="{period} の申し込み {n} 件を、下書き「{draft}」にもう一度通した答え。"
    "行がいま、列が新しい決まり。",
    en="{n} requests, {period}, put through the draft “{draft}” once more. Rows: now; columns: "
    "then.",
)
MATRIX: Final = Words(ja="いまの答えと新しい答え", en="The answer now and then")
NOW: Final = Words(ja="いま", en="Now")
NEW: Final = Words(ja="新しい", en="Then")
REVIEWS: Final = Words(
    ja="人が見る申し込みは {now} 件から {new} 件になります。",
    en="Requests that a person looks at go from {now} to {new}.",
)
REVIEWS_SAVED: Final = Words(
    ja="人が見る申し込みは {now} 件から {new} 件になり、月 {time} 浮きます。",
    en="Requests that a person looks at go from {now} to {new}, which saves {time} a month.",
)
REVIEWS_COST: Final = Words(
    ja="人が見る申し込みは {now} 件から {new} 件になり、月 {time} 余分にかかります。",
    en="Requests that a person looks at go from {now} to {new}, which takes {time} more a month.",
)
REVIEWS_SAME: Final = Words(
    ja="人が見る申し込みは {new} 件のままです。",
    en="Requests that a person looks at stay {new}.",
)
NO_MINUTES: Final = Words(
    ja="人が見る時間は {column} が入ると分かります。",
    en="What looking takes is known once {column} is there.",
)
HOURS: Final = Words(ja="{n} 時間", en="{n} h")
MINUTES: Final = Words(ja="{n} 分", en="{n} min")
DAYS_NOTE: Final = Words(
    ja="新しくことわる {n} 件のうち {part} 件は、{days}の申し込みです。",
    en="{part} of the {n} newly refused were asked for {days}.",
)
DAYS_ALL: Final = {
    1: Words(
        ja="新しくことわる {n} 件は、{days}の申し込みです。",
        en="The {n} that is newly refused was asked for {days}.",
    ),
    2: Words(
        ja="新しくことわる {n} 件は、どれも{days}の申し込みです。",
        en="All {n} newly refused were asked for {days}.",
    ),
}
DAYS: Final = {
    "to_7": Words(ja="7 日目まで", en="up to day 7"),
    "8_14": Words(ja="8〜14 日目", en="on day 8–14"),
    "15_30": Words(ja="15〜30 日目", en="on day 15–30"),
    "31_60": Words(ja="31〜60 日目", en="on day 31–60"),
    "61_up": Words(ja="61 日目から", en="from day 61 on"),
}
NEVER: Final = Words(
    ja="返品の条件を見せなかった注文（法定の返品）と、店や配送の落ち度は、どの決まりでも"
    "ことわりません。",
    en="Orders whose terms were not shown (returns by law), and what is the shop’s or the "
    "carrier’s fault, are refused by no rule.",
)
MOST: Final = Words(ja="ことわられるのは、{group}に多い", en="{group} are refused most often")
MOST_NONE: Final = Words(
    ja="だれが多くことわられるとも言えない", en="No group is surely refused more often"
)
WHO_CAPTION: Final = Words(
    ja="新しくことわる割合（95% 区間）。点線は全体の {share}。"
    "お客さまが 5 人未満の組は出しません。",
    en="Share newly refused, 95% interval. Dotted: all, {share}. Groups of fewer than five "
    "customers are not shown.",
)
WHO_WORDS: Final = Words(ja="{heading}。全体は {share}。", en="{heading}. All together: {share}.")
GROUPS: Final = {
    "first": Words(ja="初めての方", en="First orders"),
    "2_4": Words(ja="2〜4 回目", en="2nd to 4th orders"),
    "5_up": Words(ja="5 回目から", en="5th orders on"),
    "other": Words(ja="あわせた組", en="Merged groups"),
    "rest": Words(ja="ほか", en="Other goods"),
    "unknown": Words(ja="種類が分からない", en="Goods of unknown kind"),
}
NOBODY_TITLE: Final = Words(ja="新しくことわられる申し込みはない", en="Nobody is newly refused")
NOBODY: Final = Words(
    ja="{n} 件の申し込みを通しました。この 0 は、数えた結果の 0 です。",
    en="{n} requests were put through it. This zero is a counted zero.",
)
NO_REQUESTS_TITLE: Final = Words(
    ja="まだ通せる申し込みがない", en="There is no request to put through it yet"
)
NO_REQUESTS: Final = Words(
    ja="下書き「{draft}」は使えます。返品の申し込み（{file}）が届くと、答えがどう変わるか分かります。",
    en="The draft “{draft}” can be used. Once return requests ({file}) arrive, it is known what it "
    "changes.",
)
NO_DRAFT_HEADING: Final = Words(ja="決まりを変えたら？", en="What if the rules change?")
NO_DRAFT_TITLE: Final = Words(ja="下書きがまだありません", en="There is no draft yet")
NO_DRAFT: Final = Words(
    ja="{table} と同じ列の表を {path} に置いて {command} を動かすと、これまでの申し込みの答えが"
    "どう変わるか、だれがことわられるかが、ここに出ます。",
    en="Put a table with the columns of {table} into {path} and call {command}: how it changes the "
    "answers so far, and who is refused, is shown here.",
)
REFUSED_TITLE: Final = Words(
    ja="使えない下書き: {draft}", en="A draft that cannot be used: {draft}"
)
