"""Words of "How should this be read?"."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

QUESTION: Final = Words(ja="これはどう読む？", en="How should this be read?")
NAVIGATION: Final = QUESTION
BASIS: Final = Words(ja="理由の言葉", en="words of reasons")
READER: Final = Words(ja="読む人の名前", en="Who reads")
READER_EXAMPLE: Final = Words(ja="例 森", en="e.g. mori")
WHO_TITLE: Final = Words(ja="だれが読みますか", en="Who is reading?")
WHO: Final = Words(
    ja="名前を書くと、その人がまだ読んでいない言葉を、迷い × 円の大きい順に出します。"
    "名前は labels フォルダーに残り、2 人目の目を別の人に回すために使います。",
    en="Write a name to get the texts that this person has not read, the most uncertain × yen "
    "first. The name is kept in the labels folder, so that second opinions go to somebody else.",
)
BAD_NAME_TITLE: Final = Words(ja="この名前は使えません", en="This name cannot be used")
BAD_NAME: Final = Words(
    ja="文字、数字と . : - _ で 80 字までです。",
    en="Letters, digits and . : - _, up to 80.",
)
ASKING: Final = Words(ja="読む言葉を選んでいます", en="Choosing what to read")
FAILED_TITLE: Final = Words(ja="読む言葉を選べませんでした", en="The queue did not answer")
FAILED: Final = Words(
    ja="更新の途中なら、終わってからもう一度開いてください。コマンドの答え: {said}",
    en="While a run is going, open this again after it. The command said: {said}",
)
AGAIN: Final = Words(ja="もう一度選ぶ", en="Choose again")

ANSWER: Final = Words(
    ja="読む言葉は今日 {n} 件、{done} 件すみました。{minutes}",
    en="{n} texts to read today, {done} done.{minutes}",
)
MINUTES: Final = Words(ja="あと {n} 分ほどで終わります。", en=" About {n} minutes left.")
ANSWER_NOTHING: Final = Words(ja="今日読む言葉はありません。", en="Nothing to read today.")
CAPTION: Final = Words(
    ja="{pace}読んだ結果は次の学び直しに入り、前の読み方より良いときだけ入れ替わります。",
    en="{pace}What you say enters the next retraining, which takes over only where it reads "
    "better.",
)
PACE: Final = Words(
    ja="1 件 {seconds} 秒（この 4 週のまん中）。",
    en="{seconds} s a text (median of 4 weeks). ",
)
NOTHING_TITLE: Final = Words(ja="今日読む言葉はありません", en="Nothing to read today")
NOTHING: Final = Words(
    ja="{name} さんがまだ読んでいない言葉は 0 です。測って 0 でした。"
    "新しい返品の文が届くか、2 人目の目がいるときに、また出ます。",
    en="No text is left that {name} has not read. This zero is a measured zero. Texts appear again "
    "with new returns, or where a second opinion is due.",
)

WHY: Final = {
    "escalated": Words(ja="かならず人が", en="Always a person"),
    "uncertain": Words(ja="迷い × 円", en="Uncertain × yen"),
    "random": Words(ja="くじ", en="Drawn by lot"),
    "second_opinion": Words(ja="2 人目の目", en="Second opinion"),
}
WHY_HEADING: Final = Words(ja="なぜこの言葉？", en="Why this text?")
WHY_TEXT: Final = {
    "escalated": Words(
        ja="けが・かぶれ・偽物のうたがいは、機械が何と読んでも、かならず人が見ます。",
        en="Injury, allergy or suspected counterfeit: a person looks, whatever was read.",
    ),
    "uncertain": Words(
        ja="機械は{codes}で迷い、この言葉の返品には {money} がかかっています。",
        en="The reading wavers at {codes}, and {money} hang on returns with these words.",
    ),
    "random": Words(
        ja="くじで選びました。くじの言葉は、機械の点数を公平に測るためのもので、"
        "学びには使いません。",
        en="Drawn by lot. Such texts measure the reading fairly and never teach it.",
    ),
    "second_opinion": Words(
        ja="ほかの人がもう読みました。人どうしがどれだけ合うかを測ります。",
        en="Somebody else has read it. This measures how far people agree.",
    ),
}
CODES_NONE: Final = Words(ja="どの理由にも決められないところ", en="finding no reason at all")
CODE_AT: Final = Words(ja="「{name}」（{share}）", en="“{name}” ({share})")
AND: Final = Words(ja="と", en=" and ")
PLACE: Final = Words(ja="{at} / {n}", en="{at} / {n}")
TODAY: Final = Words(ja="今日の {n} 件", en="Today’s {n}")
TODAY_NOTE: Final = Words(
    ja="くじの 3 割は、機械の点数を公平に測るためのものです。迷った言葉だけで測ると低く出ます。",
    en="Three in ten are drawn by lot, to measure the reading fairly: the uncertain alone would "
    "make it look worse.",
)
KIND: Final = Words(ja="種類", en="Kind")
READ: Final = Words(ja="すんだ数", en="Done")
BAR: Final = Words(ja="すんだ割合", en="Share done")
BAR_LABEL: Final = Words(ja="{kind}: {n} のうち {done} 件", en="{kind}: {done} of {n} done")

PEOPLE: Final = Words(ja="人どうしも {share} は食いちがう", en="People too differ in {share}")
PEOPLE_ONE: Final = Words(
    ja="機械は人とどれだけ合うか", en="How far the reading agrees with people"
)
PEOPLE_CAPTION: Final = Words(
    ja="理由の一致（F1、0〜1、95% 区間）。くじで選んだ言葉。いちばん新しい学び直しから。",
    en="Agreement on reasons (F1, 0 to 1, 95% intervals), on texts drawn by lot, from the newest "
    "retraining.",
)
PEOPLE_TABLE: Final = Words(ja="人どうしと、機械と人の一致", en="People and the reading, agreement")
PEOPLE_ROWS: Final = {
    "people": Words(ja="人と人", en="Two people"),
    "reading": Words(ja="機械と人", en="Reading and people"),
}
BETWEEN: Final = Words(ja="くらべたもの", en="Between")
F1: Final = Words(ja="F1", en="F1")
F1_GLYPH: Final = Words(ja="0〜1、帯は 95% 区間", en="0 to 1, band: 95% interval")
F1_LABEL: Final = Words(
    ja="{name}の一致 {value}、95% 区間 {interval}、n {n}",
    en="{name}: agreement {value}, 95% interval {interval}, n {n}",
)
BETWEEN_ENDS: Final = Words(ja="{low}〜{high}", en="{low}–{high}")
PEOPLE_NONE_TITLE: Final = Words(
    ja="人との一致は、まだ測れません", en="Agreement cannot be measured yet"
)
PEOPLE_NONE: Final = Words(
    ja="くじで選んだ言葉の答えがたまり、{command} が動くと出ます。",
    en="It appears once enough texts drawn by lot are read and {command} has run.",
)

CODES_HEADING: Final = Words(ja="機械の読み", en="What was read")
CODES_CAPTION: Final = Words(
    ja="数は確率、点線は 0.5。番号のキーで付け外しします。",
    en="Figures: probabilities, dotted line at 0.5. The number keys switch a reason on and off.",
)
CODES_NOTHING: Final = Words(
    ja="機械は、この言葉から理由を読めませんでした。", en="No reason was read in this text."
)
ROW_LABEL: Final = Words(ja="{name}の確率 {share}", en="{name}, probability {share}")
MORE: Final = Words(ja="ほかの理由を探す", en="Another reason")
MORE_EXAMPLE: Final = Words(ja="名前の一部を書く", en="Type a part of its name")
DIRECTIONS: Final = {
    "small": Words(ja="小さい", en="small"),
    "large": Words(ja="大きい", en="large"),
}
FIELD: Final = Words(ja="{name}（{key}）", en="{name} ({key})")
ZONE: Final = Words(ja="部位", en="Part")
NO_ZONE: Final = Words(ja="なし", en="none")
DECIDE: Final = Words(ja="これで決める", en="Decide")
NONE: Final = Words(ja="どれでもない", en="None of them")
CANNOT_TELL: Final = Words(ja="分からない", en="Cannot tell")
BACK: Final = Words(ja="もどる", en="Back")
KEYS: Final = Words(
    ja="数字で付け外し、S・L で向き、Z で部位。"
    "「分からない」も大事な答えです。前の答えは、← でもどって直せます。",
    en="Digits switch reasons, S and L the direction, Z opens the part. “Cannot tell” is an "
    "answer that counts. ← goes back to correct the one before.",
)
CHOOSE_FIRST: Final = Words(
    ja="理由を 1 つ以上付けるか、「どれでもない」を選んでください。",
    en="Switch on a reason, or choose “None of them”.",
)
NOT_SAVED: Final = Words(
    ja="保存できませんでした。店の labels フォルダーに書けるか確かめてください。",
    en="It could not be saved. Please check that the shop’s labels folder can be written.",
)
HOW: Final = Words(
    ja="順番は kaeru の queue コマンドと同じです: かならず人が見るもの、次に、迷い（確率の"
    "エントロピー）× その言葉の返品の金額、3 割はくじ、1 割は 2 人目の目。"
    "1 つの答えが labels の 1 つのファイルになり、同じ人の同じ言葉では、あとの答えが生きます。"
    "言葉は、伏せ字にしてから保存したものです。くじの言葉は学びに使わず、"
    "新しい読み方が前より良いかを測ります。",
    en="The order is that of kaeru reasons queue: what a person must always see, then uncertainty "
    "(entropy of the probability) × the money of returns with these words; three in ten by lot, "
    "one in ten a second opinion. Each answer is a file in labels; of one person’s answers to one "
    "text the last one counts. Texts were redacted before they were stored. Texts drawn by lot "
    "never teach: they measure whether a new reading is better.",
)
