"""The words of the synthetic shop: names that a Japanese apparel and shoe shop would use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final


@dataclass(frozen=True)
class Category:
    """A kind of goods and how it behaves.

    Attributes
    ----------
    name : str
    nouns : tuple of str
        What its styles are called.
    sizes : tuple of str
        From small to large; one label means one size.
    price_range : tuple of int
        Yen, tax included.
    return_rate : float
        True share of delivered units that comes back, before any planted fault.
    lag_days : float
        Median days from delivery to request.
    zones : tuple of str
        Parts where a misfit shows.
    measures : tuple of (column, start cm, step cm)
        Garment measurements by size.
    """

    name: str
    nouns: tuple[str, ...]
    sizes: tuple[str, ...]
    price_range: tuple[int, int]
    return_rate: float
    lag_days: float
    zones: tuple[str, ...]
    measures: tuple[tuple[str, float, float], ...]


LETTERS: Final = ("S", "M", "L", "XL")
CATEGORIES: Final = (
    Category(
        "靴",
        ("ローファー", "ショートブーツ", "バレエシューズ", "スニーカー", "パンプス", "サンダル"),
        ("22.5", "23.0", "23.5", "24.0", "24.5", "25.0", "25.5"),
        (5900, 16900),
        0.19,
        7.0,
        ("instep", "foot width", "toe", "heel"),
        (("foot_length_cm", 22.5, 0.5), ("foot_width_cm", 8.6, 0.1)),
    ),
    Category(
        "パンツ",
        ("テーパードパンツ", "ワイドパンツ", "デニム", "チノパン", "イージーパンツ"),
        LETTERS,
        (4900, 12900),
        0.16,
        9.0,
        ("waist", "hip", "thigh", "inseam"),
        (("waist_cm", 64.0, 4.0), ("hip_cm", 92.0, 4.0), ("inseam_cm", 66.0, 1.5)),
    ),
    Category(
        "ワンピース",
        ("ニットワンピース", "シャツワンピース", "キャミワンピース", "プリーツワンピース"),
        LETTERS,
        (6900, 18900),
        0.18,
        8.0,
        ("bust", "waist", "length", "shoulder"),
        (("length_cm", 112.0, 2.0), ("chest_width_cm", 44.0, 2.0)),
    ),
    Category(
        "ニット",
        ("カーディガン", "タートルニット", "クルーニット", "ニットベスト"),
        ("S", "M", "L"),
        (3900, 14900),
        0.11,
        10.0,
        ("shoulder", "sleeve", "bust"),
        (("length_cm", 58.0, 2.0), ("chest_width_cm", 46.0, 2.5), ("sleeve_length_cm", 54.0, 1.0)),
    ),
    Category(
        "シャツ",
        ("リネンシャツ", "オックスフォードシャツ", "バンドカラーシャツ", "ブラウス"),
        LETTERS,
        (3900, 9900),
        0.10,
        9.0,
        ("shoulder", "sleeve", "neck", "bust"),
        (("length_cm", 66.0, 2.0), ("shoulder_width_cm", 40.0, 1.5)),
    ),
    Category(
        "アウター",
        ("ダウンコート", "チェスターコート", "ブルゾン", "トレンチコート"),
        LETTERS,
        (12900, 39900),
        0.15,
        12.0,
        ("shoulder", "sleeve", "length"),
        (("length_cm", 92.0, 2.5), ("chest_width_cm", 52.0, 2.5)),
    ),
    Category(
        "スカート",
        ("フレアスカート", "プリーツスカート", "タイトスカート"),
        LETTERS,
        (3900, 11900),
        0.14,
        9.0,
        ("waist", "hip", "length"),
        (("waist_cm", 62.0, 4.0), ("length_cm", 74.0, 1.5)),
    ),
    Category(
        "小物",
        ("トートバッグ", "ストール", "ベルト", "キャップ"),
        ("FREE",),
        (1900, 8900),
        0.05,
        14.0,
        (),
        (),
    ),
)
DEMO_SETTINGS: Final[dict[str, Any]] = {
    "name": "かえる洋品店（合成データ）",
    "time_zone": "Asia/Tokyo",
    "currency": "JPY",
    "language": "ja",
    "return_window_days": 30,
    "tax": "included",
    "is_synthetic": True,
}
SEASONS: Final = ("25SS", "25AW", "26SS", "26AW")
BRANDS: Final = ("KAERU", "mizube", "Aobanote", "ひより")
COLOURS: Final = (
    ("ブラック", "BK"),
    ("オフホワイト", "OW"),
    ("ネイビー", "NV"),
    ("グレージュ", "GB"),
    ("テラコッタ", "TC"),
    ("カーキ", "KH"),
)
FACTORIES: Final = ("工場A", "工場B", "工場C", "工場D")
MATERIALS: Final = ("綿", "ウール", "ポリエステル", "麻", "本革", "合成皮革")
CHANNELS: Final = ("自社サイト", "アプリ", "モール")
CHANNEL_SHARES: Final = (0.55, 0.25, 0.20)
CHANNEL_LAG: Final = (1.0, 0.9, 1.25)  # factor on the category's median lag
PAYMENTS: Final = ("クレジットカード", "後払い", "代金引換", "PayPay", "銀行振込")
PAYMENT_SHARES: Final = (0.62, 0.14, 0.06, 0.13, 0.05)
TIERS: Final = ("レギュラー", "シルバー", "ゴールド")
CAMPAIGNS: Final = ("", "SPRING", "MAIL-A", "SNS-2", "SALE")
CARRIERS: Final = ("ヤマト運輸", "佐川急便", "日本郵便")
HEIGHT_BANDS: Final = ("150cm未満", "150-155cm", "155-160cm", "160-165cm", "165cm以上")
AGE_BANDS: Final = ("20代", "30代", "40代", "50代", "60代以上")
# Postal code, prefecture, city, town: places that exist; the numbers behind them are invented.
PLACES: Final = (
    ("100-0005", "東京都", "千代田区", "丸の内"),
    ("150-0001", "東京都", "渋谷区", "神宮前"),
    ("154-0004", "東京都", "世田谷区", "太子堂"),
    ("180-0004", "東京都", "武蔵野市", "吉祥寺本町"),
    ("220-0012", "神奈川県", "横浜市西区", "みなとみらい"),
    ("210-0007", "神奈川県", "川崎市川崎区", "駅前本町"),
    ("330-0854", "埼玉県", "さいたま市大宮区", "桜木町"),
    ("260-0013", "千葉県", "千葉市中央区", "中央"),
    ("060-0001", "北海道", "札幌市中央区", "北一条西"),
    ("980-0021", "宮城県", "仙台市青葉区", "中央"),
    ("460-0008", "愛知県", "名古屋市中区", "栄"),
    ("530-0001", "大阪府", "大阪市北区", "梅田"),
    ("542-0085", "大阪府", "大阪市中央区", "心斎橋筋"),
    ("600-8216", "京都府", "京都市下京区", "東塩小路町"),
    ("650-0021", "兵庫県", "神戸市中央区", "三宮町"),
    ("730-0011", "広島県", "広島市中区", "基町"),
    ("810-0001", "福岡県", "福岡市中央区", "天神"),
    ("900-0013", "沖縄県", "那覇市", "牧志"),
)
