"""Words around customers' words."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

HEADING: Final = Words(
    ja="お客さまの言葉、おもな理由から", en="In customers’ words, the main reasons first"
)
CAPTION: Final = Words(
    ja="線は決め手の言葉、二重線はもう 1 つの理由の言葉、数は確率です。"
    "名前や連絡先は、保存する前に伏せています。",
    en="Underlined: the words that decided; double: those of a second reason; figures: "
    "probabilities. Names and contacts are hidden before anything is stored.",
)
LIST: Final = Words(ja="お客さまの言葉の一覧", en="Customers’ words, a list")
FOR_A_PERSON: Final = Words(ja="人が読む", en="A person must read")
UNSURE: Final = Words(
    ja="迷っています。割合では「読めない」に入れています",
    en="unsure; counted as “cannot be read”",
)
NOTHING: Final = Words(ja="理由は書かれていません", en="no reason in it")
UNREADABLE: Final = Words(
    ja="読めません。割合では「読めない」に入れています",
    en="cannot be read; counted as such",
)
TIMES: Final = Words(ja="同じ言葉 {n} 件", en="the same words {n} times")
NONE_TITLE: Final = Words(ja="読んだ文はまだありません", en="No text has been read yet")
NONE: Final = Words(
    ja="返品の依頼（{entity}）の {text} にお客さまの言葉があれば、次の更新で読み、"
    "決め手の言葉に線を引いて出します。",
    en="Once {text} of {entity} holds customers’ words, the next run reads them and shows the "
    "words that decided.",
)
NONE_HERE_TITLE: Final = Words(
    ja="この中に、読んだ文はありません", en="No text was read among these"
)
NONE_HERE: Final = Words(
    ja="店のほかの型には読んだ文があります。",
    en="Other styles of the shop have texts that were read.",
)
ZONES: Final = {
    "waist": Words(ja="ウエスト", en="waist"),
    "hip": Words(ja="ヒップ", en="hip"),
    "bust": Words(ja="バスト", en="bust"),
    "shoulder": Words(ja="肩", en="shoulder"),
    "sleeve": Words(ja="袖", en="sleeve"),
    "length": Words(ja="丈", en="length"),
    "inseam": Words(ja="股下", en="inseam"),
    "thigh": Words(ja="もも", en="thigh"),
    "calf": Words(ja="ふくらはぎ", en="calf"),
    "neck": Words(ja="首", en="neck"),
    "cup": Words(ja="カップ", en="cup"),
    "head": Words(ja="頭", en="head"),
    "wrist": Words(ja="手首", en="wrist"),
    "finger": Words(ja="指", en="finger"),
    "foot_width": Words(ja="足幅", en="foot width"),
    "instep": Words(ja="甲", en="instep"),
    "toe": Words(ja="つま先", en="toe"),
    "heel": Words(ja="かかと", en="heel"),
    "ankle": Words(ja="足首", en="ankle"),
}
MASKS: Final = {
    "mail": Words(ja="伏せたメール", en="hidden mail address"),
    "card": Words(ja="伏せたカード番号", en="hidden card number"),
    "phone": Words(ja="伏せた電話番号", en="hidden phone number"),
    "postcode": Words(ja="伏せた郵便番号", en="hidden postcode"),
    "address": Words(ja="伏せた住所", en="hidden address"),
    "name": Words(ja="伏せた名前", en="hidden name"),
}
