"""Words that people are called by, and words that only look like it.

Facts for ``redact``: common Japanese surnames and their readings, the characters that surnames and
given names are made of, and the ordinary words that stand where a name could stand.
"""

from __future__ import annotations

import importlib.resources
from typing import Final


def _read_words(file: str) -> frozenset[str]:
    """Read the words of a file beside this module; lines that begin with # speak of them."""
    text = importlib.resources.files("models_ml.reasons").joinpath(file).read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


# Surnames of two characters and more, from common to less common.
_SURNAMES_TEXT: Final = """
佐藤 鈴木 高橋 田中 伊藤 渡辺 渡邊 渡邉 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村
斎藤 斉藤 齋藤 齊藤 清水 山崎 山﨑 阿部 池田 橋本 山下 石川 中島 中嶋 前田 藤田 後藤 小川 岡田
長谷川 村上 近藤 石井 坂本 遠藤 青木 藤井 西村 福田 太田 三浦 藤原 岡本 松田 中川 中野 原田 小野
田村 竹内 金子 和田 中山 石田 上田 森田 小島 小嶋 柴田 宮崎 酒井 工藤 横山 宮本 内田 高木 安藤
谷口 大野 丸山 今井 高田 藤本 武田 村田 上野 杉山 増田 平野 大塚 千葉 久保 松井 小山 岩崎 桜井
櫻井 野口 松尾 木下 菊地 菊池 野村 新井 荒井 佐野 古川 渡部 杉本 山内 島田 嶋田 市川 水野 小松
高野 山中 西田 西川 菅原 飯田 北村 安田 大西 五十嵐 川口 平田 中田 久保田 吉川 川崎 本田 飯塚
沢田 澤田 関口 吉村 岩田 中西 服部 樋口 福島 川上 永井 松岡 田口 山根 森本 矢野 須藤 広瀬 廣瀬
秋山 石原 松下 大橋 松浦 吉岡 小池 馬場 浅野 荒木 大久保 野田 小沢 小澤 大島 田辺 田邊 川村 星野
黒田 尾崎 永田 望月 松村 榎本 片山 菅野 浜田 濱田 濵田 内藤 平井 西山 早川 本間 大谷 三宅 富田
成田 小田 岩本 川島 河野 山岸 栗原 片岡 大石 小倉 堀内 藤川 小西 石橋 福井 白石 篠原 土屋 河合
高山 大川 伊東 滝沢 瀧澤 吉野 横田 児玉 上原 平山 久野 宮田 宮下 北川 西尾 水谷 福岡 小泉 石塚
大森 松原 森下 萩原 荻野 内山 岡崎 神田 安部 関根 中井 坂口 西野 植田 奥村 本多 田島 三上 金井
栗田 新田 小原 大山 長尾 川端 荻原 川田 熊谷 大竹 岸本 小笠原 日高 稲垣 坂井 黒木 野崎 金田 杉浦
松永 戸田 堀江 梅田 河村 千田 桑原 青山 根本 村井 村山 大澤 大沢 三好 今村 小森 津田 中尾 大田
豊田 武藤 古田 宇野 白井 柏木 木内 森川 須田 小久保 吉本 栗山 浅井 岡村 土井 笠原 田代 片桐 土田
島崎 岩井 相馬 米田 西岡 西本 塚本 吉原 吉井 下田 富永 大木 志村 佐久間 川本 田原 北野 飯島 川原
松山 伊沢 原口 浅田 岩瀬 福本 今野 紺野 村松 長田 江口 山川 稲葉 竹田 小出 安達 尾形 緒方 神谷
堀田 町田 岩間 三木 大内 大場 大庭 相沢 相澤 会田 青柳 浅川 安井 天野 有馬 粟野 池上 池本 石黒
石崎 石山 磯部 市原 市村 稲田 井口 井手 入江 岩下 岩永 植木 植松 臼井 内海 梅原 江藤 遠山 大槻
大友 大原 大平 岡部 岡野 小幡 小谷 落合 折田 甲斐 角田 梶原 勝又 葛西 金沢 鎌田 上村 亀井 亀田
河内 河田 川瀬 河原 神崎 菊田 岸田 北原 木原 木本 桐山 草野 久保寺 倉田 黒川 黒沢 黒澤 桑田 小畑
古賀 越智 小杉 小寺 後藤田 小宮 小柳 近江 斉木 坂上 榊原 坂田 嵯峨 桜田 笹川 佐伯 真田 猿渡 椎名
塩田 塩見 重田 篠田 渋谷 島袋 清野 下村 下山 庄司 白川 城田 新谷 進藤 末永 杉田 杉原 鈴村 砂川
瀬戸 仙波 園田 染谷 高井 高岡 高倉 高島 高瀬 高津 高梨 高原 高松 高見 高村 高柳 滝口 田上 武井
竹中 竹本 武内 多田 立花 谷川 谷本 玉井 玉城 田畑 田端 千野 塚田 辻本 恒川 坪井 鶴田 出口 寺田
寺島 寺本 土肥 東條 東海林 戸塚 富岡 富沢 富山 友田 豊島 鳥居 内野 中沢 中澤 中谷 中原 中平 永島
永野 長井 長島 長嶋 長野 長浜 仲村 中本 中森 那須 奈良 成瀬 新妻 新村 二宮 布施 沼田 根岸 野上
野沢 野澤 野中 野々村 野本 萩野 橋口 橋爪 長谷部 波多野 羽田 服田 花田 馬淵 浜口 浜崎 早坂 林田
原島 坂東 番場 東野 日野 姫野 平岡 平川 平林 平松 比嘉 深沢 深澤 深田 福原 福永 藤岡 藤木 藤崎
藤沢 藤澤 藤野 藤村 藤森 古谷 古屋 保坂 細川 細田 細谷 堀川 堀口 本郷 前川 前原 牧野 増井 松川
松崎 松島 松野 松宮 松元 的場 丸田 三田 三谷 水口 水島 水上 溝口 三井 宮内 宮川 宮城 宮沢 宮澤
宮脇 宮原 向井 武者 村岡 村瀬 村中 室田 目黒 持田 茂木 森岡 森山 諸橋 八木 矢島 安川 柳田 柳沢
柳澤 矢部 山形 山岡 山際 山城 山村 山室 山脇 湯浅 横井 横尾 横川 吉沢 吉澤 吉武 米山 米沢 若林
若松 脇田 鷲尾 渡会 綿貫 我妻 赤坂 赤松 秋田 秋元 朝倉 浅沼 味岡 東山 足立 安倍 荒川 有田 飯野
生田 石沢 石渡 泉田 板垣 板倉 一色 伊豆 糸井 伊達 稲村 今田 今泉 岩城 岩渕 上杉 上島 上条 魚住
宇佐美 氏家 宇田 内村 浦田 江川 江崎 海老原 及川 大井 大河内 大崎 大下 大滝 大津 大貫 大野木
大林 大和田 岡山 沖田 奥田 奥野 奥山 押田 小田島 小野寺 小山田 恩田 勝田 金城 金丸 嘉納 川合
川井 川越 川野 川辺 河本 神林 北島 北山 木田 木島 衣川 京極 清田 久我 櫛田 国分 久米 栗林 黒岩
桑野 小暮 小坂 小堀 駒井 小松原 小峰 権田 西郷 財津 斎木 阪本 坂野 桜庭 迫田 佐竹 里見 佐原 沢村
三瓶 塩谷 塩野 志田 島村 清川 下川 下条 首藤 白鳥 新庄 末吉 菅谷 杉村 鈴江 須永 関谷 芹沢 曽我
反町 大道 高尾 高畑 高浜 滝本 竹下 竹村 武山 田尻 立石 館野 谷村 田沼 田淵 玉置 玉木 丹羽 知念
津村 寺尾 寺沢 照屋 土居 当麻 徳田 徳永 戸川 富樫 外山 鳥海 直井 永瀬 永山 中条 仲田 長岡 長沢
長瀬 長沼 名倉 並木 西原 西脇 二階堂 仁科 新島 乃木 信田 野島 野尻 野呂 芳賀 橋田 長谷 畠山 畑中
八田 初田 花岡 羽鳥 浜野 早瀬 原山 東田 土方 平賀 平沢 平塚 平沼 広田 深谷 福山 藤平 藤山 船木
船越 古沢 古橋 逸見 細井 堀越 本庄 前島 前野 真鍋 間宮 丸尾 三沢 三島 水沢 三原 宮尾 宮島 宮野
宮部 宗像 村木 村越 室井 森口 森永 門脇 谷田部 山上 山県 山添 山手 山野 結城 横溝 吉崎 吉住 吉永
吉見 依田 若山 和久井 渡瀬 渡利 分部 四宮 神宮寺 勅使河原 武者小路 長宗我部 喜多 喜多村 大村
三輪 窪田 加納 筒井 手塚 土橋 小曽根 長友 香取 香川 神戸 梶田 梶山 柏原 桂川 門田 金山 狩野 刈谷
川名 川又 木戸 城戸 楠本 国井 熊田 熊倉 倉本 栗本 黒沼 桑山 小鳥 古市 古閑 古館 小室 斎賀 坂部
坂巻 崎山 桜木 佐川 佐倉 笹木 佐々 佐田 佐藤田 塩沢 塩原 柴崎 柴山 島津 清水谷 下平 下斗米 正田
白木 新川 新藤 菅沼 鈴鹿 諏訪 関川 瀬川 妹尾 瀬野 千石 相田 曽根 園部 高安 竹原 田所 田頭 立川
辰巳 谷岡 谷山 玉川 千代田 塚越 塚原 月岡 辻井 辻田 津川 土谷 角井 寺岡 寺内 寺山 遠田 遠野 常盤
時田 徳山 土佐 豊川 豊岡 永沢 長江 長坂 長松 長屋 中内 中江 中込 中園 中道 中津 中林 仲井 仲野
七海 名和 楢崎 成沢 鳴海 西出 西浦 西沢 西澤 西谷 西森 貫井 沼尻 根津 能登 野津 野原 野間 橋場
蓮見 秦野 八幡 花井 花沢 浜本 浜中 早野 原沢 針生 春日 東原 疋田 樋渡 檜山 平尾 平木 平良 平原
平間 広沢 広川 福士 福地 福間 福元 藤江 藤掛 藤倉 藤代 藤枝 藤谷 藤永 藤縄 藤巻 二木 古田島 古畑
別府 星川 細江 細野 細見 堀井 堀部 堀本 本橋 本山 牧田 牧村 正木 益田 町井 松木 松倉 松坂 松沢
松澤 松谷 松葉 松藤 松丸 松森 丸岡 三枝 三品 三橋 三村 美濃 宮坂 宮里 宮永 宮村 宮森 村尾 村川
毛利 元木 森井 森内 森崎 森谷 森野 森脇 守屋 八代 八巻 安江 安原 柳原 柳川 矢作 山折 山木 山越
山路 山瀬 山副 山名 山部 山元 湯川 行武 横内 横澤 横沢 横地 横塚 横堀 吉浦 吉江 芳野 米川 米倉
米谷 米村 龍田 若狭 若杉 若月 若原 和泉 藁谷 赤木 赤井 秋本 秋葉 浅香 浅見 芦田 芦沢 東海 渥美
姉崎 天沼 新垣 飯村 飯沼 飯山 五十畑 池谷 池野 池内 石垣 石上 石倉 石坂 石津 石野 石丸 石本 石森
泉谷 磯貝 磯野 市瀬 市野 一条 一ノ瀬 一瀬 井原 井村 井本 今川 今関 今西 岩佐 岩野 岩橋 岩見 上松
上山 植村 上地 宇都宮 梅津 梅村 梅本 浦野 江原 江森 大江 大賀 大金 大倉 大越 大河原 大迫 大沼
大畑 大浜 大見 大宮 大矢 大和 岡島 岡安 岡林 小笠 奥原 奥谷 尾上 小野田 小野塚 小俣 面川 折原
織田 貝塚 貝原 加賀 柿崎 柿沼 影山 景山 鹿島 鹿野 梶川 片倉 片平 勝山 勝間 加地 金谷 兼子 兼田
釜田 鎌倉 神山 亀山 蒲田 唐沢 唐木 河上 川勝 川北 川嶋 川俣 神原 菅家 神部 鬼頭 鬼塚 四方 四方田
雲野 伊吹 犬飼 犬塚 猪股 猪瀬 猪俣 蛯名 蛯原 生方 薄井 江幡 音羽 垣内 風間 鹿毛 吉良 久慈 久保木
源田 郷田 猿田 漆原 漆山 鷹野 滝田 蔦谷 鍋島 鍋田 新沼 額田 蓮沼 日下 日下部 日比野 蛭田 帆足
真壁 三国 簗瀬 弓削 世良 六車 鷲見 鷲田 入沢 今井田 色川 岩隈 牛島 牛田 梅木 江上 海野 大淵 大藪
奥井 奥平 奥寺 桶谷 乙部 小里 帯刀 笠井 笠間 柏崎 数井 形岡 勝浦 桂木 金岡 金森 兼松 上坂 上沢
茅野 軽部 河津 菅井 木暮 北里 木場 君島 木山 桐谷 釘宮 草間 櫛引 葛城 国枝 窪寺 久村 黒瀬 桑名
剣持 高坂 香坂 郡司 纐纈 国府 小菅 小清水 小関 小平 小滝 小畠 小浜 小早川 駒田 小村 是枝 斎田
坂根 作田 佐治 貞方 佐渡 里村 佐俣 鮫島 寒河江 沢井 三戸 塩崎 鹿内 宍戸 設楽 品川 信濃 芝田 渋沢
渋川 志水 城島 白浜 新保 新開 末広 菅沢 杉江 杉谷 鈴井 須山 瀬尾 瀬口 関本 千賀 曽我部 曽田 高下
高杉 高須 高谷 高取 高林 鷹取 宝田 滝川 田窪 竹川 竹島 竹之内 竹森 田坂 只野 立山 棚橋 田部 為田
千坂 筑紫 茶谷 月野 柘植 都築 続木 妻夫木 鶴見 鶴岡 手嶋 手島 東郷 藤堂 戸倉 戸松 豊永 中垣 中上
中瀬 永松 長迫 長門 名取 鍋谷 楢原 成松 縄田 西井 西園寺 仁木 仁平 丹野 布川 野方 野坂 能勢 野依
拝田 蓮田 初鹿 花輪 馬上 羽生 浜島 早田 原科 半沢 半田 日浦 東谷 彦坂 久松 平瀬 平出 平本 広岡
深井 深津 福沢 藤吉 伏見 二見 古庄 降旗 北条 星加 堀尾 前沢 前山 牧原 槇原 間瀬 松代 松平 松林
間中 丸井 丸林 御手洗 水本 皆川 南雲 峯岸 三野 宮木 宮地 向山 棟方 村石 村主 村野 最上 元村 桃井
守田 諸岡 門間 矢口 安武 安永 柳沼 山家 山井 山科 山谷 山之内 山原 山辺 弓場 由良 横手 吉浜 吉松
淀川 米津 依光 鷲山 渡井
"""
# Rarer ones by the thousand are a file of their own, which says where they are from.
SURNAMES: Final = frozenset(_SURNAMES_TEXT.split()) | _read_words("surnames.txt")

# Words that look like a name to the rules about shapes, whatever stands around them.
EVERYDAY_WORDS: Final = _read_words("everyday_words.txt")

# Surnames of one character that name no colour, direction or everyday thing of a shop.
SINGLE_SURNAMES: Final = frozenset(
    "堤窪牧俵舘林森原関堀辻岡菅谷畑榊柳岸泉浜沢澤島嶋峰柏楠城秦牧椿轟乾巽潮"
)

# Two characters that begin and end like a surname, for the many that no list holds.
SURNAME_BEGINNINGS: Final = frozenset(
    "佐伊加斎斉後近遠武安阿渡吉松杉竹梅桜菊藤萩柴柳榎桑栗楠柏椎椿樫桐山川河田野原森林木石岩沢澤"
    "池沼谷島嶋浜濱磯津浦江海滝瀧泉宮神寺堂城倉戸門橋塚堀坂柿中大小高長永広廣深浅古新若黒白赤青"
    "金銀玉鈴東西南北上下前内奥横平丸角三二八千万百五九福富豊徳成清水早秋冬春夏日月星朝今久喜志"
    "須諏飯米稲麦粟種鷲鷹鶴鳥亀熊鹿猪馬牛犬蛭鎌鍋釜矢弓太児幸恩荒鬼多当来相会笠衣袴綿絹織染砂土"
    "井羽花葉葛蓮本根岸峯峰嶺村町市郡国都京奈那生鮎鯉尾毛手足我菅管関保茂荻篠笹蒲芦榊梶船舟湯塩"
    "香味宇鵜鴨鴻瀬"
)
# These end few other words.
STRONG_SURNAME_ENDINGS: Final = frozenset("田川村野島嶋沢澤崎藤塚")
SURNAME_ENDINGS: Final = frozenset(
    "田山川河本村井野藤木原島嶋崎﨑沢澤松林森中上下石岡谷池橋坂口内部見宮塚浜濱尾根水倉戸瀬関屋"
    "形園葉場越条城泉住江津浦垣辺邊邉間賀羽地代元沼畑堀岸峰脇淵渕迫巻須佐久保子海鳥丸馬居司貫良"
    "美"
)

# Characters that given names are made of.
GIVEN_CHARACTERS: Final = frozenset(
    "一二三四五六七八九十郎朗太助介輔之也弥哉矢男夫雄生央巳己人斗登翔飛馬真誠信伸進慎晋新心紳仁"
    "尋智知朋友有悠勇優裕祐佑雅匡正政昌将征聖成清誓晴春陽洋耀葉遥遼涼亮諒凌陵良僚瞭龍竜隆孝貴尊"
    "敬剛豪強毅武猛健建賢謙憲研拳圭恵慶啓景桂佳香加華花夏果歌可嘉和輝樹希紀規基幾喜季来未実美海"
    "深愛藍碧青蒼葵茜彩紗沙早咲桜朔作朱淑純順潤淳準俊駿瞬舜旬秀修周宗崇秋明章昭彰晃亜安杏晏庵伊"
    "衣維依郁育泉稜陸力璃里理梨莉利李瑠留流琉琴京恭今近菜奈那名南凪渚音穂帆歩保宝穗萌芽苗茉麻舞"
    "万満光充密瞳乃野子江枝絵笑絢詠英瑛永栄衛悦延遠緒旺織恩奏叶楓薫寛寬寿久尚直弘宏浩博広大拓匠"
    "琢達辰哲徹鉄典展天都年敏稔稲律蓮廉怜玲麗礼令嶺零露倫凛輪瑞由結唯夕祥昇省星晶勝庄丞譲條情静"
    "雫忍司志史士紫詩慈治次蒔幸康功航巧公恒滉煌興剣元玄弦源現言吾悟護午梧虎湖胡瑚鼓考賀我岳学楽"
    "寧絃桃百茂守靖泰義善禎貞定節摂千世盛聡総想創爽颯蔵多代乙鶴徳篤富敦温厚朝夜津鞠毬鈴菫菊蘭芙"
    "蓉合椿梓柚檀梅桐楠榛蕗茅芹蘇隼柊羽渉透暁菖渡睦彬玖琥珀莞薙昴皐澪栞椛絆紬緋翠翼肇蕾蛍貫赳迅"
    "逸邑錬鐘雪霞霧馨駆麟黎冬空苺樺妃砂波風月日宇宙道吏於綾緑冴彪慧捷昊昂柾桔榮槙樟櫂汐沖湊湧漣"
    "澄濯煕燈燿獅珠瑶瑳甫皓矩碩磨磯竣笙紘綜翁耶臣艶苑萩藤虹蝶衿詢詞諄諭謡迪遊遙郷重銀鋭錦鏡閑陶"
    "雛響頌顕騎鳳鵬鷹鷲麿黛"
)

# Given names end in these; few compounds of everyday words do.
GIVEN_ENDINGS: Final = frozenset(
    "子美香奈恵花菜里理江代郎夫雄男彦也哉介太平斗人樹輝一司志沙紗佳華愛優衣織穂音乃枝絵莉梨凪希翔真"
    "吾悟馬之助輔朗央仁宏弘博浩広康幸孝隆治次三吉蔵明昭彰信伸行之幸雪月桜葵陽海空晴咲羽未実"
)

# Readings of frequent surnames: katakana here, hiragana derived. None is an everyday word.
_KANA_SURNAMES_TEXT: Final = """
サトウ スズキ タカハシ タナカ イトウ ワタナベ ヤマモト ナカムラ コバヤシ カトウ ヨシダ ヤマダ
ササキ ヤマグチ マツモト イノウエ キムラ サイトウ シミズ ヤマザキ ヤマサキ アベ イケダ ハシモト
ヤマシタ イシカワ ナカジマ マエダ フジタ ゴトウ オガワ オカダ ハセガワ ムラカミ コンドウ イシイ
サカモト エンドウ アオキ フジイ ニシムラ フクダ オオタ ミウラ フジワラ オカモト マツダ ナカガワ
ナカノ ハラダ オノ タムラ タケウチ カネコ ワダ ナカヤマ イシダ ウエダ モリタ コジマ シバタ
ミヤザキ サカイ クドウ ヨコヤマ ミヤモト ウチダ タカギ アンドウ タニグチ オオノ マルヤマ イマイ
タカダ フジモト タケダ ムラタ ウエノ スギヤマ マスダ ヒラノ オオツカ チバ クボ マツイ コヤマ
イワサキ サクライ ノグチ マツオ キノシタ キクチ ノムラ アライ サノ フルカワ ワタベ スギモト
ヤマウチ シマダ イチカワ ミズノ コマツ タカノ ヤマナカ ニシダ ニシカワ スガワラ イイダ キタムラ
ヤスダ オオニシ イガラシ カワグチ ヒラタ クボタ ヨシカワ カワサキ ホンダ イイヅカ サワダ
セキグチ ヨシムラ イワタ ナカニシ ハットリ ヒグチ フクシマ カワカミ ナガイ マツオカ タグチ
ヤマネ モリモト ヤノ スドウ ヒロセ アキヤマ イシハラ マツシタ オオハシ マツウラ ヨシオカ コイケ
ババ アサノ アラキ オオクボ ノダ オザワ オオシマ タナベ カワムラ ホシノ クロダ オザキ ナガタ
モチヅキ マツムラ エノモト カタヤマ ハマダ ナイトウ ヒライ ニシヤマ ハヤカワ ホンマ オオタニ
ミヤケ トミタ ナリタ オダ イワモト カワシマ コウノ クリハラ カタオカ オオイシ オグラ ホリウチ
フジカワ コニシ イシバシ フクイ シライシ シノハラ ツチヤ カワイ タカヤマ オオカワ ヨシノ ヨコタ
コダマ ウエハラ ヒラヤマ ミヤタ ミヤシタ キタガワ ニシオ ミズタニ
"""
KANA_SURNAMES: Final = frozenset(_KANA_SURNAMES_TEXT.split())

# Before 様, さん, 氏: people, but nobody by name; and words that end in 様.
_NOT_BEFORE_HONORIFIC_TEXT: Final = """
客 皆 店員 店主 店長 業者 配達員 配達 運転手 担当 担当者 係 係員 奥 旦那 主人 母 父 兄 姉 叔母
叔父 伯母 伯父 祖母 祖父 爺 婆 子 娘 息子 孫 嫁 婿 彼 友 友人 友達 貴社 御社 会社 店 店舗 販売店
販売者 出品者 製造元 責任者 先 神 王 何 同 仕 多 模 有 一 異 逆 左 右 各 此 其 雛 殿 若 姫 皇
各位 運送屋 運送業者 宅配業者 配送業者 配送会社 配送員 配送 宅配 郵便局 郵便屋 佐川 佐川急便
大和 日本郵便 工場 倉庫 倉庫番 窓口 受付 事務局 相手 上司 部下 同僚 先生 医者 看護師 職人 女性
男性 隣 近所 大家 管理人 警備 制服屋 靴屋 服屋 靴 花嫁 新郎 新婦 両親 家族 妹 弟 妊婦 患者 学生
素人 玄人 本人 本社 貴店 御店 小母 小父 赤 外 裏 表 沢山 大勢 加害者 被害者 購入者 注文者 利用者
消費者 主婦 屋 員 者 社 局 団 陰 十 優 督 宮 蟹 楽天 西濃 達 組合 事業 受取人 差出人 発送元 受注
供 方 花屋 総務
"""
NOT_BEFORE_HONORIFIC: Final = tuple(_NOT_BEFORE_HONORIFIC_TEXT.split())
_NOT_BEFORE_HONORIFIC_KANA_TEXT: Final = """
スタッフ ドライバー ショップ メーカー モデル オーナー ママ パパ ヤマト サガワ サポート
オペレーター クリーニング スタイリスト カスタマー バイヤー デザイナー お客 ユーザー センター
サービス ストア セラー パートナー リーダー マネージャー アマゾン ゾゾ ラクテン
"""
NOT_BEFORE_HONORIFIC_KANA: Final = tuple(_NOT_BEFORE_HONORIFIC_KANA_TEXT.split())

# Ordinary words that begin and end as surnames do.
_NOT_SURNAMES_TEXT: Final = """
大変 大丈夫 大口 大手 大型 大阪 大人 大小 大元 大本 大部 大切 中古 中身 中間 中止 中旬 中央 中元
中部 小口 小物 小型 小包 小石 小中 小皿 小部 小豆 高価 高額 高級 高見 高林 長袖 長期 長時間 長丈
長所 長靴 長崎 古着 古本 古物 新品 新作 新着 新色 新本 新居 新設 新規 新宿 新潟 若者 黒色 白色
赤色 青色 金色 銀色 黒系 上下 上着 上部 上品 上物 上半身 上旬 上京 下着 下部 下半身 下旬 下地
下見 下記 上記 前後 前回 前日 前部 前身 前面 内側 内部 内容 内面 内地 内見 奥行 横幅 横浜 横向
平日 平面 平均 平地 丸首 丸見 丸形 角地 三月 三本 三枚 二枚 二本 二月 八月 千円 万円 百円 五本
五月 九月 本日 本体 本革 本物 本来 本当 本部 本州 本社 本件 根元 手元 手首 足元 足首 足口 手口
手間 手提 手持 手袋 毛玉 毛糸 生地 生成 当日 当方 当初 当店 当社 来月 来年 今回 今日 今年 今月
今後 日本 日中 日時 日数 日常 日間 月末 月初 月日 朝方 早急 早速 早期 春夏 夏場 冬場 秋口 水色
水着 水玉 水洗 水濡 花柄 花見 花火 羽根 羽毛 羽織 葉柄 衣類 衣服 綿地 土台 土日 砂色 金具 金属
金額 金庫 銀行 玉虫 国産 国内 町内 町中 市販 市内 都内 都合 京都 奈良 東京 千葉 福岡 福島 宮城
宮崎 山形 石川 富山 福井 長野 岡山 広島 山口 香川 熊本 大分 沖縄 秋田 青森 岩手 神戸 名古屋 渋谷
池袋 西部 東部 南部 北部 東北 関西 関東 西日本 東日本 南側 北側 東側 西側 海外 神社 神奈川 木目
木綿 石鹸 竹製 戸口 門口 多少 多数 相当 相談 相手 会社 会場 会見 香水 味見 染色 織地 保証 保管
保留 保存 成人 成分 幸 安心 安全 安価 安物 安定 無地 部分 部品 清潔 深刻 浅履 広告 久々 着丈
着用 身幅 袖丈 股下 肩幅 裾上 胸元 首元 襟元 腰元 口元 目元 宛先 送料 返金 返品 交換 希望 不良
不要 不満 残念 最悪 最高 満足 十分 素敵 綺麗 無理 駄目 迷惑 面倒 微妙 普通 問題 必要 心配 困難
快適 完璧 同様 以上 以下 以内 以前 以外 未満 未使用 未開封 新古品 中古品 試着 確認 連絡 対応
検討 検品 交渉 終了 完了 同封 発送 配送 到着 注文 購入 予定 失敗 後悔 誤配 仕方 理由 原因 原産
原色 原価 原本 原物 森林 林立 関係 関連 谷間 岸辺 島内 浜辺 城下 泉水 牧場 柳色 桜色 菊柄 梅雨
藤色 松葉 杉材 柿色 栗色 桃色 茶色 紺色 緑色 灰色 紫色 肌色 無色 単色 同色 別色 他色 全色 青系
見本 手本 根本 基本 絵本 一本 山道 山々 川上 川下 田舎 野外 野菜 若干 西洋 洋服 和服 着物 海上
海辺 北海 渡航 安堵 加工 加味 佐川 阿部寛 河川 宮内庁 神戸市 倉庫内 倉内 戸外 橋渡 黒地 白地
赤地 青地 紺地 白糸 黒糸 白木 丸太 角部 横部 後部 後日 後程 後方 後見 近日 近所 近場 遠方 遠出
武器 朝夕 月間 星柄 冬物 夏物 春物 秋物 冬服 夏服 米国 塩水 湯水 花束 荒地 鬼門 相場 会員 喜 志
飯場 多用 多目 五分 九分 八分 七分 千差 沢山 視野 分野 農村 漁村 半島 列島 水田 静岡 盛岡 原野
荒野 子供 赤子 一分 油田 葛藤 貝塚 無口 塩田
"""
NOT_SURNAMES: Final = frozenset(_NOT_SURNAMES_TEXT.split())

# English given names, for signatures without a surname and for "I am …".
_ENGLISH_GIVEN_NAMES_TEXT: Final = """
James Mary John Patricia Robert Jennifer Michael Linda David Elizabeth William Barbara Richard
Susan Joseph Jessica Thomas Sarah Charles Karen Christopher Lisa Daniel Nancy Matthew Betty
Anthony Sandra Margaret Donald Ashley Steven Kimberly Paul Emily Andrew Donna Joshua Michelle
Kenneth Carol Kevin Amanda Brian Melissa George Deborah Timothy Stephanie Ronald Rebecca Jason
Sharon Edward Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Gary Kathleen Nicholas Angela Eric
Shirley Jonathan Emma Stephen Brenda Larry Pamela Justin Nicole Scott Anna Brandon Samantha
Benjamin Katherine Samuel Christine Gregory Debra Alexander Rachel Patrick Carolyn Frank Janet
Raymond Maria Jack Olivia Dennis Heather Jerry Helen Tyler Catherine Aaron Diane Jose Julie Adam
Victoria Nathan Joyce Henry Lauren Douglas Kelly Zachary Christina Peter Ruth Kyle Joan Noah
Virginia Ethan Judith Jeremy Evelyn Hannah Walter Andrea Christian Megan Keith Alice Roger
Jacqueline Terry Gloria Sean Teresa Austin Sara Carl Janice Harold Doris Dylan Julia Jordan
Grace Jesse Judy Bryan Abigail Billy Marie Bruce Denise Gabriel Beverly Joe Amber Logan Theresa
Alan Danielle Juan Marilyn Albert Brittany Willie Diana Elijah Sophia Wayne Sophie Randy Natalie
Vincent Kate Ken Tom Bob Mike Dave Steve Chris Jim Ben Sam Matt Nick Tim Jane Lucy Claire Chloe
Ella Mia Zoe Lily Yuki Haruka Sakura Takashi Hiroshi Kenji Naoko Yoko Keiko Akiko Mika Miki Yumi
Emi Rina Aya Kana Satoshi Makoto Daisuke Kenta Shota
"""
ENGLISH_GIVEN_NAMES: Final = frozenset(_ENGLISH_GIVEN_NAMES_TEXT.split())

_NOT_ENGLISH_NAMES_TEXT: Final = """
The This That It My Your Please Size Order Very Not Too Great Good Nice Sorry Customer Team
Support Service Returning Return Refund Exchange Japan Japanese Tokyo Small Large Medium Wrong
Bad So Just Wishes Everyone All Again Much You For In Also But And Kindly Sir Madam Shop Store
Black White Red Blue Brown Green Grey Navy Me Regards Thanks Yours Sincerely
"""
NOT_ENGLISH_NAMES: Final = frozenset(_NOT_ENGLISH_NAMES_TEXT.split())

_NO_ANSWERS_TEXT: Final = """
なし 無し 無 不明 匿名 記載 同上 不在 別 未記入 違 本人 以下 下記 上記 未定 省略 非公開
"""
NO_ANSWERS: Final = frozenset(_NO_ANSWERS_TEXT.split())

_NOT_FULL_NAMES_TEXT: Final = """
小松菜 三国志 中山道 大島紬 小倉織 久留米絣 千葉産 福島産 長崎産 宮崎産 石川産 岡山産 福井産
"""
NOT_FULL_NAMES: Final = frozenset(_NOT_FULL_NAMES_TEXT.split())

# What follows a place name or a company's name where a given name could follow a surname.
_NOT_GIVEN_NAMES_TEXT: Final = """
県 市 区 町 村 駅 店 産 製 様 殿 氏 宅 家 側 線 川 山 島 湾 港 城 寺 院 通 橋 園 産地 県産 県内
市内 駅前 支店 本店 店舗 公園 空港 大学 高校 製薬 電機 商店 運輸 急便 製品 製造 在住 出身 方面
地方 地区 周辺 限定 返品 交換 返金 希望 購入 注文 名義 宛 宛先 本人 担当 連絡 電話 代理 夫妻
夫婦 一家 家族 個人 商事 工業 産業 物産 織物 染
"""
NOT_GIVEN_NAMES: Final = frozenset(_NOT_GIVEN_NAMES_TEXT.split())

# Given names written in hiragana; two characters are too often something else.
_GIVEN_IN_HIRAGANA_TEXT: Final = """
みゆき あかり しのぶ ひかり かおり さくら まゆみ あゆみ さゆり めぐみ みどり ゆかり あやか
さやか あおい ひなた かなえ つばさ まなみ いずみ のぞみ ほのか みさき ちひろ なつみ ゆうか
ゆうき まどか すみれ かおる さつき なおみ はるか はるな ひろみ ひとみ ますみ まさみ みずき
みなみ みのり ゆみこ りえこ えりこ まりこ のりこ けいこ ようこ ゆうこ くみこ きみこ たかこ
ともこ さちこ かずみ なみこ あきこ あけみ いくみ うらら えみり くるみ こころ ことみ こはる
さおり じゅん すずか たくみ たまき ちあき ちなつ つぐみ ともみ ななみ はづき まいか まひろ
もえか ゆいか りさこ りんか わかな るみこ
"""
GIVEN_IN_HIRAGANA: Final = tuple(_GIVEN_IN_HIRAGANA_TEXT.split())
