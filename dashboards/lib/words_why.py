"""Words of "Why does it come back?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="なぜ返ってくる？", en="Why does it come back?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(
    ja="依頼の日でまとめた理由（できごと）", en="reasons by date of request (event)"
)
SOURCE: Final = Words(ja="だれの言葉", en="By whose word")
SOURCES: Final = {
    "stated": Words(ja="選んだ理由", en="Chosen"),
    "classified": Words(ja="読んだ理由", en="Read"),
    "inspected": Words(ja="検品", en="Inspected"),
}
SOURCES_IN_TEXT: Final = {
    "stated": Words(ja="お客さまが選んだ理由", en="Reasons as customers chose them"),
    "classified": Words(
        ja="お客さまの言葉を読んだ理由（確率の和）",
        en="Reasons read in customers’ own words (summed probabilities)",
    ),
    "inspected": Words(ja="検品の人が見た理由", en="Reasons as staff saw them on arrival"),
}
ANSWER: Final = Words(
    ja="返品の {share} はサイズです。この {weeks} 週で{grown}",
    en="{share} of returns are about size. In {weeks} weeks {grown}",
)
ANSWER_FEW: Final = Words(
    ja="この {weeks} 週の返品は {n}。理由の割合を言うには、まだ少ない数です。",
    en="{n} returned in {weeks} weeks: too few to speak of shares.",
)
GROWN: Final = {
    1: Words(ja="増えたのは{reasons}だけです。", en="only {reasons} has grown."),
    2: Words(ja="増えたのは{reasons}だけです。", en="only {reasons} have grown."),
}
GROWN_ONE: Final = Words(ja="「{name}」（{points}）", en="“{name}” ({points})")
GROWN_NONE: Final = Words(ja="増えたと言える理由はありません。", en="no reason has grown.")
AND: Final = Words(ja="と", en=" and ")
CAPTION: Final = Words(
    ja="{period}の依頼、n {n}。{source}。{several}{corrected}95% 区間。",
    en="Requested {period}, n {n}. {source}. {several}{corrected}95% intervals.",
)
SEVERAL: Final = Words(
    ja="1 件に理由がいくつかあれば、合わせて 100% を超えます。",
    en="A text may name several, so they may add up to more than 100%. ",
)
CORRECTED: Final = Words(
    ja="人が読んだ {n} 件の答えで正しています。",
    en="Corrected by what people answered on {n} texts. ",
)

COURSES_GROWN: Final = {
    1: Words(ja="{reasons}だけが増えている", en="Only {reasons} has grown"),
    2: Words(ja="{reasons}だけが増えている", en="Only {reasons} have grown"),
}
COURSES_GROWN_ONE: Final = Words(ja="「{name}」", en="“{name}”")
COURSES_STEADY: Final = Words(ja="増えたと言える理由はない", en="No reason has grown")
COURSES_FEW: Final = Words(ja="動きを言うには、まだ少ない", en="Too few to speak of a change")
COURSES_CAPTION: Final = Words(
    ja="理由の割合（%）、{step}、すべて同じ 0〜{top}% の目盛り。帯は 95% 区間。"
    "名前の下は {weeks} 週の割合と区間。{rest}",
    en="Share of each reason (%), {step}, all on one scale of 0–{top}%. Band: 95% interval. Below "
    "the name: share and interval of the {weeks} weeks.{rest}",
)
REST: Final = Words(
    ja="ほか {n} の理由は、合わせて {share}。", en=" {n} other reasons together: {share}."
)
COURSES_LIST: Final = Words(ja="理由ごとの動き", en="Each reason over time")
SILENT: Final = {
    "stated": Words(ja="その他・書かれていない", en="Other or not said"),
    "classified": Words(ja="読めない・理由がない", en="Cannot be read, or no reason"),
    "inspected": Words(ja="その他・見つからない", en="Other or nothing found"),
}
COURSE_LABEL: Final = Words(
    ja="{name}。{weeks} 週で {share}（95% 区間 {interval}%）。{first}から {last}まで、"
    "{before} から {after} へ",
    en="{name}. {share} over {weeks} weeks (95% interval {interval}%), from {before} in the week "
    "of {first} to {after} in that of {last}",
)
NO_RETURNS_TITLE: Final = Words(ja="この 12 週の返品は 0 です", en="No returns in these 12 weeks")
NO_RETURNS: Final = Words(
    ja="{period}の依頼を見ました。測って 0 でした。",
    en="Looked at requests of {period}. This zero is a measured zero.",
)
UNTOLD_TITLE: Final = Words(ja="理由はまだ測れません", en="Reasons cannot be measured yet")
UNTOLD: Final = Words(
    ja="{period}の返品には、理由の記録も文もありません。返品の依頼（{entity}）の "
    "{code} か {text} に書いてあれば出ます。",
    en="No return of {period} carries a reason or a text. They appear once {entity} fills {code} "
    "or {text}.",
)

MATRIX_CONTRADICTS: Final = Words(
    ja="「{family}」を選んだ人の {share} は、別のことを書いている",
    en="{share} of those who chose “{family}” wrote something else",
)
MATRIX_AGREES: Final = Words(
    ja="選んだ理由と書いた言葉は、だいたい同じ", en="What customers choose and write mostly agrees"
)
MATRIX_FEW: Final = Words(
    ja="くらべるには、まだ少ない", en="Too few to compare what is chosen and written"
)
MATRIX_CAPTION: Final = Words(
    ja="お客さまが選んだ理由（行）と、書いた言葉を読んだ理由（列）。{month}からの、"
    "両方がある {n}。濃さは行の中の割合、わくは同じ意味（{same}）。",
    en="Chosen by the customer (rows) and read in the words (columns). {n} with both since "
    "{month}. Darker: larger share of the row; frame: same meaning ({same}).",
)
MATRIX_SPOKEN: Final = Words(
    ja="青い線: {n}のうち {share}、95% 区間 {interval}%。",
    en="Blue line: {share} of {n}, 95% interval {interval}%.",
)
MATRIX_CORNER: Final = Words(ja="選んだ理由", en="Chosen")
MATRIX_TOTAL: Final = Words(ja="計", en="All")
MATRIX_TABLE: Final = Words(
    ja="選んだ理由と読んだ理由の件数", en="Counts of reasons chosen and read"
)
FAMILIES: Final = {
    "FIT.small": Words(ja="小さい", en="Small"),
    "FIT.large": Words(ja="大きい", en="Large"),
    "FIT": Words(ja="サイズ", en="Fit"),
    "LOOK": Words(ja="色・素材", en="Look"),
    "QUAL": Words(ja="傷・不良", en="Quality"),
    "FULF": Words(ja="違う品", en="Delivery"),
    "CUST": Words(ja="気が変わった", en="Mind"),
    "OTHER": Words(ja="その他", en="Other"),
    "unread": Words(ja="読めない", en="Unread"),
}
UNREAD_TITLE: Final = Words(
    ja="書いた言葉とは、まだくらべられません", en="Words cannot be compared yet"
)
UNREAD: Final = Words(
    ja="{month}からの返品で、読まれた文は 0 です。返品の依頼（{entity}）の {text} に"
    "お客さまの言葉があれば、次の更新で読みます。",
    en="No text has been read among returns since {month}. Words in {text} of {entity} are read "
    "in the next run.",
)
UNSTATED_TITLE: Final = Words(
    ja="選んだ理由とは、まだくらべられません", en="Nothing chosen to compare with"
)
UNSTATED: Final = Words(
    ja="文のある返品に、選んだ理由がありません。返品の依頼（{entity}）の {code} が届くと出ます。",
    en="Returns with words carry no chosen reason. They appear once {entity} fills {code}.",
)

CONFIRMED: Final = Words(ja="検品で確かめられたのは {share}", en="Inspection confirms {share}")
CONFIRMED_FEW: Final = Words(
    ja="検品とくらべるには、まだ少ない", en="Too few were inspected to compare"
)
CONFIRMED_CAPTION: Final = Words(
    ja="{source}のうち、検品も同じと言った割合。{n}を検品しました。サイズと好みは検品では"
    "分かりません。",
    en="{source}: share in which inspection says the same. {n} inspected. Size and taste cannot "
    "be inspected.",
)
CONFIRMED_TABLE: Final = Words(ja="検品との一致", en="Agreement with the inspection")
REASON: Final = Words(ja="理由", en="Reason")
CONFIRMED_RATE: Final = Words(ja="検品も同じ", en="Inspection agrees")
GLYPH: Final = Words(ja="0〜100%、帯は 95% 区間", en="0–100%, band: 95% interval")
GLYPH_LABEL: Final = Words(
    ja="{name} は検品も同じ {share}、95% 区間 {interval}%、n {n}",
    en="{name}: inspection agrees in {share}, 95% interval {interval}%, n {n}",
)
UNINSPECTED_TITLE: Final = Words(
    ja="検品とは、まだくらべられません", en="Inspection cannot be compared yet"
)
UNINSPECTED: Final = Words(
    ja="検品した人が見た理由がありません。返品の到着（{entity}）の {code} に書いてあれば出ます。",
    en="No inspection names a reason. They appear once {entity} fills {code}.",
)

STEPS: Final = {
    1: Words(ja="週ごと", en="week by week"),
    2: Words(ja="2 週ごと", en="by two weeks"),
    4: Words(ja="4 週ごと", en="by four weeks"),
}
HOW: Final = Words(
    ja="選んだ理由の割合 = その理由の返品 ÷ すべての返品。読んだ理由と検品の割合は、"
    "読んだ返品、検品した返品で割ります。言葉は確率を足します: 0.8 の文は 0.8 件です。"
    "くじで選んだ言葉を人が読むと、その答えとの比で和を正し、比の不確かさも区間に入れます。"
    "人が読むべき言葉は、どの理由にも入れず「読めない」に数えます。"
    "サイズの割合は、サイズの理由の和です。サイズ違いの同時買いも入っています。"
    "増えたと言うのは、前半と後半の 95% 区間が重ならないときだけです。区間は Wilson の方法です。"
    "文は、伏せ字にしてから保存したものだけを読み、ここに出します。",
    en="Share of a chosen reason = its returns ÷ all returns; of a read or inspected one, ÷ those "
    "that were read or inspected. Words add up their probabilities: a text of 0.8 counts 0.8; "
    "once people have read texts drawn by lot, the ratio to their answers corrects the sums, and "
    "the intervals hold the doubt of that ratio. "
    "Words that a person has to read count for no reason but as “cannot be read”. The share about "
    "size adds up the reasons of size, pairs of sizes ordered to keep one included. A reason has "
    "grown only where the 95% intervals (Wilson) of both halves do not overlap. Texts are redacted "
    "before they are stored, and only so are they read and shown.",
)
