"""Redaction against texts that its rules were not written from.

The names are drawn by a seeded draw from a published list of Japanese names, and from rare
surnames; the sentences are of another hand than the rules. The word lists of the rules grew after
the first run of this test, so its figures flatter. A later set, scored once before any change for
it: phone, mail and postcode 100 %, names 94 % (frequent surnames), 89 % (one in seven rare) and
85 % (three in ten rare).
"""

from __future__ import annotations

import random  # draws are of test texts, not of secrets
import re
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models_ml.reasons import redact
from models_ml.reasons.redact import MARKS, Redactor, redact_text

SURNAMES_TEXT = """
今村 松永 浜田 広田 木下 平田 服部 安藤 出口 藤原 富田 野沢 桑原 及川 大内 塚田 西尾 岡本 山川
前川 岩瀬 牧野 窪田 新田 黒木 西川 大平 林田 大森 大田 関口 谷本 吉本 山内 村田 角田 西本 中本
臼井 金井 早川 太田 藤村 細川 安井 稲田 内海 関根 松村 秋田 中島 秋山 高島 高橋 寺田 小松 大沢
今野 福田 根岸 金沢 古川 古田 相馬 石川 須藤 内田 福原 寺島 小山 川本 倉田 小野寺 落合 桜井 長田
志村 溝口 木村 石田 加藤 松井 中井
"""
RARE_SURNAMES_TEXT = """
鬼頭 四方田 雲野 伊吹 犬飼 猪股 蛯名 生方 薄井 江幡 筬島 音羽 垣内 風間 鹿毛 吉良 久慈 桑島 源田
郷田 越川 猿田 漆原 杉森 鷹野 滝田 蔦谷 鍋島 新沼 額田 蓮沼 日下部 蛭田 帆足 真壁 三国 簗瀬 弓削
世良 六車
"""
GIVEN_NAMES_TEXT = """
孝弘 竜二 里紗 温野 美知香 莉乃 有貴 峰華 知恵 善高 二三夫 悠馬 愛里 恵華 朝世 安月 芽於 葵苺
愛乃 真理子 嵯生 零央 仁深 詠未 樺楠 侑隼 志姫 彰緒 紫草 智浩 光永 澄江 一樹 心鼓 誠也 彗理 郁夏
樹凛 峰枝 智実 貴詠 純麗 知妙 志磨 真琴 寛人 彩未 柊哉 春優 来希 考恵 礼音 凪沙 悦水 小綾 結以
海稀 柚伊 芳美 小友理 幹明 雪暖
"""
NAME_SENTENCES = (
    "{s}{g}と申しますが、届いた靴が片方だけ色が薄いです",
    "いつもありがとうございます。{s}です。Mサイズに替えてもらえますか",
    "裾の始末がほつれていました。交換をお願いします。\n{s}{g}",
    "ウエストがゆるすぎたので返します（{s}）",
    "窓口の{s}様のご案内どおりに送ります",
    "前回{s}さんに対応してもらいました。今回もきついです",
    "返品者氏名:{s} {g}／理由:思っていた色と違う",
    "名前は{s}{g}です。夫のものなので名義が違います",
    "{s}{g}宛てに交換品を送ってください",
    "肩が落ちて着られませんでした。{s}より",
    "はじめて利用した{s}です。生地が透けます",
    "ちくちくして無理でした。返金希望。{s} {g}",
)
ENGLISH_NAMES = """
Olivia Hartley|George Whitcombe|Priya Raman|Tom Becker|Naoko Ishida|Lucy O'Connor|Ben Ashworth
""".strip().split("|")
ENGLISH_NAME_SENTENCES = (
    "The waist is too tight, please exchange for L. Regards, {n}",
    "My name is {n} and the boots pinch my toes",
    "Wrong colour. I spoke to Mr. {n} on Monday",
    "Too long in the sleeves.\n{n}",
    "Hello, this is {n}, I sent the dress back yesterday",
)
MAILS = (
    "hanako.s-77@mail.example.co.jp",
    "K_Ono+shop@example.com",
    "ｙｕｍｉ２＠ｅｘａｍｐｌｅ．ｎｅ．ｊｐ",
    "taro55＠docomo.ne.jp",
    "mina.k(at)example.jp",
    "mina.k[at]example[dot]com",
    "taku_3 アットマーク example.com",
    "rina77 at gmail dot com",
    "r.n@sub.shop.example.org",
)
MAIL_SENTENCES = (
    "連絡は{x}へお願いします。丈が短いです",
    "返信先→{x}（夜のみ）",
    "{x}\n色が写真と違いました",
    "メールアドレスは{x}です",
    "Please write to {x} about the refund",
)
PHONE_SENTENCES = (
    "折り返しは{x}まで。きついので返品したいです",
    "集荷の前に{x}に電話ください",
    "({x})サイズ違い",
    "連絡先 {x} 平日18時以降",
    "Call {x} before pickup please, it is too small",
)
POSTCODE_SENTENCES = (
    "〒{x}に送り直してください",
    "郵便番号は{x}、サイズはLに変更",
    "郵便番号：{x} 理由：ゆるい",
    "新居は〒 {x} です。返金でも可",
    "送り先の〒番号が違います。{x}が正しいです",
)
PLACES = (
    "栃木県宇都宮市西川田町1187番地3",
    "兵庫県西宮市甲子園口３丁目４－１２",
    "愛知県豊橋市花田町字石塚42-1 第二中野荘105",
    "北海道旭川市豊岡5条4丁目2番11号",
    "京都府京都市左京区吉田神楽岡町8",
    "東京都三鷹市下連雀七丁目三番地",
    "神奈川県川崎市多摩区登戸2-10-5-603",
    "沖縄県那覇市首里石嶺町4-177 メゾン石嶺2F",
    "大阪市城東区関目5-3-9",
    "さいたま市浦和区常盤9丁目14番8号 ヴィラ北浦和 201号室",
    "新潟県南魚沼郡湯沢町大字湯沢316-1",
    "広島市安佐南区緑井 6-22-14",
    "三重県四日市市笹川8丁目7",
    "仙台市青葉区国分町3の7の1",
    "221B Baker Street, London",
    "4810 Maple Grove Avenue, Apt 12, Springfield, IL 62704",
    "17 Church Lane, Oxford",
    "2-8-1 Nishi-shinjuku, Shinjuku-ku, Tokyo",
)
PLACE_SENTENCES = (
    "交換品は{x}に届けてください",
    "住所が変わりました。{x}",
    "返品の集荷先：{x}",
    "現住所 {x}\nワンピースが大きい",
    "Please send the new size to {x}",
)
HARMLESS = """
サイズ24.5cmを注文しましたが23.5cmくらいの感覚です
身長165cm、体重52kgで9号がきつかったです
ウエスト64〜67cmと書いてありましたが実寸は61cmでした
2026-10-31に注文した2点のうち1点だけ返品します
10月3日に届きました。3,980円の価値はありません
注文番号 202610-00412 の分です
受注番号は123-4567です。色違いでした
品番ABC-1234-56のMサイズが欲しい
同じものを2回注文してしまった
LとMを比べて合う方を残します
お客様の声を見て買ったのに残念
店員さんに勧められたけど似合わなかった
皆様の評価が高かったので期待しすぎた
奥様用に買いましたが不要になりました
お母さんへのプレゼントでしたが小さかったです
子供さん用と知らずに注文
息子さんのサイズと同じでは入らない
仕様が説明と違う
この様な色だとは思わなかった
花柄の模様がずれている
配達員さんが箱を潰して置いていった
業者様の手違いと聞きました
ヤマトさんの配達が遅れて間に合わなかった
佐川さんで送り返します
スタッフさんの対応は良かったです
不良品です。交換希望です
残念です。返品します
新品です。タグも付いています
大丈夫です、返金でお願いします
着丈です。思ったより短い
足首です。きつくて痛い
生地がペラペラで、下着が透けます
丈夫だと聞いたのに一回の洗濯で縮んだ
甲が当たって痛い。26cmでもだめ
箱が小さいだけで本体は問題なし
上着です。肩幅が合わない
黒です。紺を頼んだのに
千円高いだけの価値がない
市販の中敷きを入れてもゆるい
2-3回履いたら底が剥がれた
1日2時間で足が痛くなる
サイズ表記は11号だが実際は9号
東京都内の店舗で試着したときと違う
大阪府から取り寄せたのに
北海道の冬には薄すぎる
区別がつかないほど色が似ている
上下セットのはずがトップスだけ
電話したが出ない。10:00-17:00と書いてあるのに
再入荷は2026/11/05とのことでしたが間に合いません
5cmヒールは高すぎる
レビュー4.5なのに期待外れ
JANコード4901234567894の商品
伝票番号 1234-5678-9012 で返送しました
90日以内なら返品できますか
定価19800円が9900円だった
100%綿のはずがポリエステル
7分袖だと思ったら長袖
手元に届いたときから糸がほつれていた
母の日に間に合わなかった
原因は縫い目です
Too small in the toe box, I normally wear 24.5
The colour is nothing like the photo, returning 2 of 3
Runs large. Order half a size down.
I am very disappointed with the quality
My size is M but this fits like XS
Thanks, please refund
Looked at example photos, the fabric is thinner
Ordered on 2026-08-01, arrived 2026-08-20, too late
Price was 12,800 yen, not worth it
The sleeves are 3 inches too long
Love the design. Sadly it is too tight
Waist 28 inches, hips 38 inches, still too loose
""".strip().splitlines()


def compute_share(texts: list[tuple[str, str]]) -> float:
    """Share of texts whose secret is not readable afterwards; every part of it must be gone."""
    hidden = 0
    for text, secret in texts:
        redacted = redact_text(text)
        parts = [part for part in re.split(r"[\s　,、|]+", secret) if len(part) > 1]
        hidden += not any(part in redacted for part in parts) and any(m in redacted for m in MARKS)
    return hidden / len(texts)


def fill(sentences: tuple[str, ...], secrets: list[str], *, count: int) -> list[tuple[str, str]]:
    choose = random.Random(11)  # noqa: S311
    drawn = [(choose.choice(sentences), choose.choice(secrets)) for _ in range(count)]
    return [(sentence.replace("{x}", secret), secret) for sentence, secret in drawn]


def write_phones() -> list[str]:
    draw = random.Random(3)  # noqa: S311
    shapes: tuple[Callable[[], str], ...] = (
        lambda: f"0{draw.choice('789')}0-{draw.randrange(1000, 9999)}-{draw.randrange(1000, 9999)}",
        lambda: f"0{draw.choice('789')}0{draw.randrange(10**7, 10**8)}",
        lambda: f"0{draw.choice('789')}0 {draw.randrange(1000, 9999)} {draw.randrange(1000, 9999)}",
        lambda: f"0{draw.choice('789')}0.{draw.randrange(1000, 9999)}.{draw.randrange(1000, 9999)}",
        lambda: f"03-{draw.randrange(1000, 9999)}-{draw.randrange(1000, 9999)}",
        lambda: f"06({draw.randrange(1000, 9999)}){draw.randrange(1000, 9999)}",
        lambda: (
            f"(0{draw.randrange(42, 99)}){draw.randrange(100, 999)}-{draw.randrange(1000, 9999)}"
        ),
        lambda: (
            f"0{draw.randrange(120, 999)}-{draw.randrange(10, 99)}-{draw.randrange(1000, 9999)}"
        ),
        lambda: f"0120-{draw.randrange(100, 999)}-{draw.randrange(100, 999)}",
        lambda: f"+81-90-{draw.randrange(1000, 9999)}-{draw.randrange(1000, 9999)}",
        lambda: f"+81 3 {draw.randrange(1000, 9999)} {draw.randrange(1000, 9999)}",
        lambda: f"+1 415 555 {draw.randrange(1000, 9999)}",
    )
    wide = str.maketrans("0123456789-", "０１２３４５６７８９－")
    phones = [shapes[number % len(shapes)]() for number in range(360)]
    return phones + [phone.translate(wide) for phone in phones[:120]]


def test_names_are_hidden() -> None:
    draw = random.Random(5)  # noqa: S311
    texts = []
    for _ in range(1200):
        surname = draw.choice(
            SURNAMES_TEXT.split() if draw.random() < 0.75 else RARE_SURNAMES_TEXT.split()
        )
        given_name = draw.choice(GIVEN_NAMES_TEXT.split())
        text = draw.choice(NAME_SENTENCES).format(s=surname, g=given_name)
        secret = f"{surname} {given_name}" if given_name in text else surname
        texts.append((text, secret))
    assert compute_share(texts) >= 0.90


def test_english_names_are_hidden() -> None:
    texts = [
        (sentence.format(n=name), name)
        for name in ENGLISH_NAMES
        for sentence in ENGLISH_NAME_SENTENCES
    ]
    assert compute_share(texts) >= 0.90


def test_phones_are_hidden() -> None:
    assert compute_share(fill(PHONE_SENTENCES, write_phones(), count=2000)) >= 0.99


def test_mails_are_hidden() -> None:
    assert compute_share(fill(MAIL_SENTENCES, list(MAILS), count=500)) >= 0.99


def test_postcodes_are_hidden() -> None:
    draw = random.Random(8)  # noqa: S311
    codes = [f"{draw.randrange(1000):03d}-{draw.randrange(10000):04d}" for _ in range(300)]
    bare = [code.replace("-", "") for code in codes[:80]]
    wide = [
        code.translate(str.maketrans("0123456789-", "０１２３４５６７８９－")) for code in codes
    ]
    announced = POSTCODE_SENTENCES[:4]
    texts = fill(POSTCODE_SENTENCES, codes + wide[:80], count=800)
    assert compute_share(texts + fill(announced, bare, count=200)) >= 0.99


def test_addresses_are_hidden() -> None:
    assert compute_share(fill(PLACE_SENTENCES, list(PLACES), count=600)) >= 0.95


@pytest.mark.parametrize("text", HARMLESS)
def test_a_comment_without_personal_data_is_unchanged(text: str) -> None:
    assert redact_text(text) == text


def test_there_are_enough_harmless_comments() -> None:
    assert len(HARMLESS) >= 60


def test_the_rest_of_the_comment_stays_readable() -> None:
    text = (
        "高橋です。24.5cmが小さいので25cmに。電話は090-1111-2222、"
        "〒060-0042 札幌市中央区大通西4丁目1"
    )
    assert redact_text(text) == (
        "[name]です。24.5cmが小さいので25cmに。電話は[phone]、[postcode] [address]"
    )


def test_a_card_number_is_hidden_and_an_order_number_is_not() -> None:
    assert redact_text("4111 1111 1111 1111で払いました") == "[card]で払いました"
    assert redact_text("カード4111111111111111") == "カード[card]"
    assert redact_text("注文4111111111111112") == "注文4111111111111112"


def test_titles_without_a_name_stay() -> None:
    assert redact_text("お客様、店員さん、皆様") == "お客様、店員さん、皆様"


def test_a_text_that_comes_again_is_redacted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    redacted = Redactor().redact
    assert [redacted(text) for text in ("石田です。", "きつい", "石田です。")] == [
        "[name]です。",
        "きつい",
        "[name]です。",
    ]
    monkeypatch.setattr(redact, "redact_text", lambda text: text + "!")
    assert [redacted(text) for text in ("石田です。", "きつい")] == ["石田です。!", "きつい"]


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redact, "_MOST_REMEMBERED", 1)
    redacted = Redactor().redact
    assert [redacted(text) for text in ("きつい", "ゆるい", "\ud800")] == [
        "きつい",
        "ゆるい",
        "\ud800",
    ]
    monkeypatch.setattr(redact, "redact_text", lambda text: text + "!")
    assert [redacted(text) for text in ("きつい", "ゆるい")] == ["きつい", "ゆるい!"]


PIECES = st.sampled_from(
    [
        *"〒0１2-ー@＠.。、 　\n（）様",
        *(
            "090",
            "1234",
            "5678",
            "東京都",
            "港区",
            "芝1-2-3",
            "山田",
            "太郎",
            "です",
            "と申します",
            "さん",
        ),
        *("mail", "a.b", "example.com", "at", "My name is", "Ken", "Baker Street", "丁目", *MARKS),
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join))
@settings(max_examples=400, deadline=None)
def test_redacting_twice_changes_nothing(text: str) -> None:
    once = redact_text(text)
    assert redact_text(once) == once
