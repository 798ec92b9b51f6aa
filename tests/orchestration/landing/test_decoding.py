"""Every line is read in the encoding it was written in, or held back."""

from __future__ import annotations

import csv
import gzip
import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from orchestration.landing import reading_rules as rules
from orchestration.landing.contracts import FileRefusedError
from orchestration.landing.decoding import DecodedLines, LineDecoder
from orchestration.landing.line_readings import read_line

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"
ADDRESSES = SHARED / "addresses"

# Words of a clothing shop, and words whose bytes are valid in both encodings.
GARMENT_TEXT = (
    "サイズ ワンピース ブラウス スカート パンツ ジャケット コート ニット カーディガン シャツ 靴 鞄 "
    "帽子 財布 手袋 靴下 袖丈 着丈 身幅 肩幅 股下 裾上げ 襟 縞模様 無地 花柄 黒 白 赤 青 紺 緑 茶 "
    "灰色 生成り 返品 交換 返金 不良品 汚れ 破れ 縫い目 きつい 大きい 小さい ゆるい 思ったより短い "
    "色が違う イメージと違う 届かない 住所不備 受取拒否 持ち戻り 長期不在 注文番号 会員ID 送料無料 "
    "合計 数量 単価 東京都千代田区 大阪府高槻市 北海道札幌市 〒100-0001 ㈱カエル №5 ①②③ 髙島屋 "
    "山﨑 渡邊 Tシャツ Yシャツ Vネック Lサイズ 26.5㎝ 100％ ￥1,980"
)
HALF_WIDTH_TEXT = "ﾜﾝﾋﾟｰｽ ﾌﾞﾗｳｽ ｽｶｰﾄ ﾊﾟﾝﾂ ｼﾞｬｹｯﾄ ｺｰﾄ ﾆｯﾄ ｼｬﾂ ｻｲｽﾞ ﾌﾞﾗｯｸ ﾎﾜｲﾄ ﾚｯﾄﾞ ﾈｲﾋﾞｰ ｷｬﾝｾﾙ ﾌﾘｰ"
# CP932 bytes that are valid UTF-8 too: 途n, 覓S, 臒l, 淘T, 煘r, ...
VALID_IN_BOTH_TEXT = "騾馬 隕鉄 閾値 豺狼 辣腕 爛熟 茫然 瘡蓋 箒木 發達 羞恥 辣韮 牴触 罨法 堯舜"
TRAPS_HALF_TEXT = "ﾐｸ ﾊｲ ﾃｽ ﾎｱ ﾄｲ ﾌｪﾝｽ ﾕｳﾚｲ ﾜｸﾜｸ ﾛｰﾏｰ"
GARMENTS = GARMENT_TEXT.split()
HALF_WIDTH = HALF_WIDTH_TEXT.split()
VALID_IN_BOTH = VALID_IN_BOTH_TEXT.split()
TRAPS_HALF = TRAPS_HALF_TEXT.split()


def mix(
    words: Sequence[str], *, seed: int, count: int, share: float, row: Callable[[int, str], str]
) -> tuple[list[str], bytes]:
    chance = random.Random(seed)  # noqa: S311
    truth, raw = [], []
    for number in range(count):
        # What CP932 makes of a wave dash is what its readers have: the truth is its own word.
        line = row(number, chance.choice(words)).encode("cp932").decode("cp932") + "\n"
        truth.append(line)
        raw.append(line.encode("utf-8" if chance.random() < share else "cp932"))
    return truth, b"".join(raw)


def count_wrong(truth: Sequence[str], found: DecodedLines) -> tuple[int, int]:
    assert len(truth) == len(found.lines)
    wrong = sum(
        a != b
        for i, (a, b) in enumerate(zip(truth, found.lines, strict=True))
        if i not in found.faults
    )
    return wrong, len(found.faults)


def build_words(*, seed: int) -> list[str]:
    """Words of all kanji of JIS (level 2 one in ten), kana, half-width kana and the garments."""
    chance = random.Random(seed)  # noqa: S311

    def kanji(first: int, last: int) -> Iterator[str]:
        for code in range(first, last):
            try:
                yield code.to_bytes(2, "big").decode("cp932")
            except UnicodeDecodeError:
                continue

    level_1 = [c for c in kanji(0x889F, 0x9873) if len(c) == 1]
    level_2 = [c for c in kanji(0x989F, 0xEAA5) if len(c) == 1]
    hiragana = [chr(c) for c in range(0x3042, 0x3094)]
    katakana = [chr(c) for c in range(0x30A2, 0x30F4)]
    words = [*GARMENTS, *HALF_WIDTH]
    for _ in range(20_000):
        pool = level_2 if chance.random() < 0.1 else level_1
        stem = chance.choice(pool) + chance.choice(level_1)
        words.append(stem + chance.choice(("", "", "の", "用", "する")))
        words.append("".join(chance.choices(hiragana, k=chance.randint(2, 6))))
        words.append("".join(chance.choices(katakana, k=chance.randint(2, 8))))
    return words


@pytest.mark.parametrize("share", [0.5, 0.02, 0.98])
def test_no_line_of_100_000_in_two_encodings_is_read_wrong(share: float) -> None:
    words = build_words(seed=1)
    truth, raw = mix(words, seed=2, count=100_000, share=share, row=lambda i, w: f"{i},{w},1")
    wrong, held = count_wrong(truth, LineDecoder(declared=None).decode(raw))
    assert wrong == 0
    assert held < 300


@pytest.mark.shared_data
@pytest.mark.skipif(not ADDRESSES.exists(), reason="shared/data is not beside the repository")
def test_no_line_of_100_000_real_addresses_is_read_wrong() -> None:
    with gzip.open(ADDRESSES / "med_inst.csv.gz", "rt", encoding="utf-8", newline="") as file:
        words = [row["address"] for row in csv.DictReader(file)]
    with (ADDRESSES / "geolonia_normalize.csv").open(encoding="utf-8", newline="") as file:
        words += [row["町字"] for row in csv.DictReader(file) if row["町字"]]
    words = [word for word in words if "\n" not in word and is_in_cp932(word)]
    truth, raw = mix(words, seed=3, count=100_000, share=0.5, row=lambda i, w: f"{i},{w}")
    wrong, held = count_wrong(truth, LineDecoder(declared=None).decode(raw))
    assert wrong == 0
    assert held < 20


def is_in_cp932(word: str) -> bool:
    try:
        word.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize("words", [VALID_IN_BOTH, TRAPS_HALF, HALF_WIDTH])
def test_words_that_are_valid_in_both_are_never_read_wrong(words: list[str]) -> None:
    for share in (0.0, 0.5, 1.0):
        truth, raw = mix(
            [*words, *GARMENTS], seed=4, count=5_000, share=share, row=lambda i, w: f"{i},{w}"
        )
        wrong, held = count_wrong(truth, LineDecoder(declared=None).decode(raw))
        assert wrong == 0
        if share != 0.5:
            assert held == 0, "a file of one encoding decides for its doubtful lines"


def test_a_utf_8_line_in_a_cp932_file_stays_what_it_is() -> None:
    raw = "返品,理由\n".encode("cp932") * 50 + "1,サイズ\n".encode()
    decoder = LineDecoder(declared=None)
    assert decoder.decode(raw).lines[-1] == "1,サイズ\n"
    assert decoder.encoding == "mixed"


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_encoding_of_a_file_is_named(encoding: str) -> None:
    decoder = LineDecoder(declared=None)
    decoder.decode("注文番号,返品理由\n1,サイズ\n".encode(encoding))
    assert decoder.encoding == encoding


@pytest.mark.parametrize("text", ["Café", "Größe", "Señor", "한국", "中国", "😀", "Привет", "A×B"])
def test_other_scripts_in_utf_8_are_read_as_such(text: str) -> None:
    found = LineDecoder(declared=None).decode(f"1,{text},2\n".encode())
    assert found.lines == [f"1,{text},2\n"]
    assert found.faults == {}


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (b"1,\xff\xfe\n", rules.ENCODING_UNKNOWN),
        (b"1,\xf0\x40\n", rules.ENCODING_UNKNOWN),  # private use of CP932
        (b"1,\x80\n", rules.ENCODING_UNKNOWN),
        ("1,ワンピース\n".encode("euc_jp"), rules.ENCODING_NOT_DECLARED),
        ("1,大きいサイズ\n".encode("euc_jp"), rules.ENCODING_NOT_DECLARED),
        ("1,Müller\n".encode("latin-1"), rules.ENCODING_NOT_DECLARED),
        ("1,Straße\n".encode("latin-1"), rules.ENCODING_NOT_DECLARED),
        ("1,返品\n".encode("iso2022_jp"), rules.ENCODING_NOT_DECLARED),
        ("1,α\n".encode(), rules.ENCODING_AMBIGUOUS),  # ﾎｱ in CP932
        ("1,a\ufffdb\n".encode(), rules.REPLACEMENT_CHARACTER),
        (b"1,a\x00b\n", rules.NUL_BYTE),
    ],
)
def test_a_line_that_is_not_clear_is_held_back(raw: bytes, rule: str) -> None:
    found = LineDecoder(declared=None).decode(b"a,b\n" + raw + b"2,c\n")
    assert {index: fault.rule for index, fault in found.faults.items()} == {1: rule}
    assert [found.lines[0], found.lines[2]] == ["a,b\n", "2,c\n"]


def test_kanji_of_euc_jp_do_not_pass_for_half_width_katakana() -> None:
    lines = ["1,サイズが大きい\n"] * 3 + ["2,返品\n"]
    found = LineDecoder(declared=None).decode("".join(lines).encode("euc_jp"))
    assert {fault.rule for fault in found.faults.values()} == {rules.ENCODING_NOT_DECLARED}
    assert sorted(found.faults) == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("euc_jp", "返品,ワンピース\n"),
        ("latin-1", "André\n"),
        ("Shift_JIS", "ﾐｸ\n"),
        ("utf-8", "α\n"),
    ],
)
def test_a_declared_encoding_is_obeyed(declared: str, text: str) -> None:
    decoder = LineDecoder(declared=declared)
    found = decoder.decode(text.encode(declared))
    assert found.lines == [text]
    assert found.faults == {}
    assert decoder.encoding == declared


def test_a_line_that_breaks_the_declared_encoding_is_held_back() -> None:
    found = LineDecoder(declared="utf-8").decode("a\n返品\n".encode() + "返品\n".encode("cp932"))
    assert {index: fault.rule for index, fault in found.faults.items()} == {
        2: rules.ENCODING_UNKNOWN
    }


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(FileRefusedError) as refused:
        LineDecoder(declared="ebcdic-jp")
    assert refused.value.problem.rule == rules.ENCODING_UNSUPPORTED


def test_a_mark_of_byte_order_inside_a_file_is_no_part_of_a_value() -> None:
    raw = b"a\n1\n" + "\ufeffb\n".encode()
    assert LineDecoder(declared=None).decode(raw).lines == ["a\n", "1\n", "b\n"]


def test_lines_end_with_any_mark_and_nothing_else() -> None:
    raw = "a\r\nb\rc\nd\x0be\u2028f\x85\n".encode()
    assert LineDecoder(declared=None).decode(raw).lines[:3] == ["a\r\n", "b\r", "c\n"]
    assert len(LineDecoder(declared=None).decode(raw).lines) == 4


def test_the_likelier_reading_leads() -> None:
    assert read_line("黒い袖L\n".encode()).lead_bits > 9
    assert read_line("1,ﾌｪﾝｽ\n".encode("cp932")).lead_bits < -9
