"""Numbers, dates and units as Japanese readers write them."""

from __future__ import annotations

import math
from datetime import date, datetime
from typing import Final, Literal

from dashboards.lib.counting import EXACT_FROM, is_shoe
from dashboards.lib.currency import (
    Currency,
    MoneyUnit,
    find_currency,
    round_for_sentence,
    round_half_up,
)

YEN: Final = find_currency("JPY")
MINUS: Final = "−"
TEN_THOUSAND: Final = 10_000
HUNDRED_MILLION: Final = 100_000_000
WEEKDAYS: Final = "月火水木金土日"
COUNTERS: Final = {
    "style": " 型",
    "sku": " 品番",
    "file": " ファイル",
    "row": " 行",
    "kind": " 種類",
    **dict.fromkeys(("case", "order_line", "return_line", "arrival", "key"), " 件"),
}


class Japanese:
    """The formatter of the Japanese pages."""

    code: Final[Literal["ja"]] = "ja"
    missing: Final = "—"

    def money(self, amount: float, currency: Currency = YEN) -> str:
        """Write an amount of minor units in a sentence.

        Examples
        --------
        >>> ja = Japanese()
        >>> ja.money(9_840), ja.money(4_270_400), ja.money(118_000_000), ja.money(15_344_000)
        ('9,840円', '427万円', '1.18億円', '1,530万円')
        >>> ja.money(-620_000), ja.money(0), ja.money(984_000, find_currency("GBP"))
        ('−62万円', '0円', '£9,840')
        """
        sign = MINUS if amount < 0 else ""
        value = round_for_sentence(abs(currency.to_major(amount)))
        if value >= HUNDRED_MILLION:
            figure = f"{round_half_up(value / HUNDRED_MILLION, digits=2):,.2f}億"
        elif value >= TEN_THOUSAND:
            figure = f"{round_half_up(value / TEN_THOUSAND):,.0f}万"
        else:
            figure = f"{round_half_up(value):,.0f}"
        if currency.code == "JPY":
            return f"{sign}{figure}円"
        return f"{sign}{currency.sign}{figure}"

    def money_unit(self, largest: float, currency: Currency = YEN) -> MoneyUnit:
        """Choose the unit of a column by its largest amount, in minor units.

        Examples
        --------
        >>> ja = Japanese()
        >>> ja.money_unit(4_270_000).label, ja.money_unit(9_000).label
        ('万円', '円')
        """
        word = "円" if currency.code == "JPY" else currency.sign.strip()
        if currency.to_major(abs(largest)) >= 10 * TEN_THOUSAND:
            return MoneyUnit(f"万{word}", TEN_THOUSAND, 0)
        return MoneyUnit(word, 1, 0)

    def rate(self, rate: float, *, n: float) -> str:
        """Write a rate; whole percent where it comes from few.

        Examples
        --------
        >>> ja = Japanese()
        >>> ja.rate(0.2429, n=9_840), ja.rate(0.2429, n=199), ja.rate(float("nan"), n=0)
        ('24.3%', '24%', '—')
        """
        figure = self.rate_figure(rate, n=n)
        return figure if figure == self.missing else f"{figure}%"

    def rate_figure(self, rate: float, *, n: float) -> str:
        """Write a rate without its sign, for a column of rates."""
        if math.isnan(rate):
            return self.missing
        digits = 1 if n >= EXACT_FROM else 0
        return f"{round_half_up(rate * 100, digits=digits):.{digits}f}"

    def interval(self, low: float, high: float, *, n: float) -> str:
        """Write an interval of rates without its sign.

        Examples
        --------
        >>> Japanese().interval(0.232, 0.254, n=9_840), Japanese().interval(0.06, 0.25, n=24)
        ('23.2〜25.4', '6〜25')
        """
        return f"{self.rate_figure(low, n=n)}〜{self.rate_figure(high, n=n)}"

    def difference(self, points: float) -> str:
        """Write a difference of rates, in percentage points.

        Examples
        --------
        >>> Japanese().difference(6.2), Japanese().difference(-6.2)
        ('+6.2 ポイント', '−6.2 ポイント')
        """
        return f"{'+' if points > 0 else MINUS if points < 0 else ''}{abs(points):.1f} ポイント"

    def count(self, count: float) -> str:
        """Write a count in full.

        Examples
        --------
        >>> Japanese().count(9840), Japanese().count(0), Japanese().count(-3)
        ('9,840', '0', '−3')
        """
        return f"{count:,.0f}".replace("-", MINUS)

    def count_in_words(self, count: float) -> str:
        """Write a count in a sentence, three significant digits.

        Examples
        --------
        >>> [Japanese().count_in_words(count) for count in (860_471, 85_817, 89)]
        ['86万', '8.6万', '89']
        """
        value = round_for_sentence(count)
        if value >= HUNDRED_MILLION:
            return f"{value / HUNDRED_MILLION:,.2f}億"
        if value >= TEN_THOUSAND:
            digits = 0 if value >= 10 * TEN_THOUSAND else 1
            return f"{round_half_up(value / TEN_THOUSAND, digits=digits):,.{digits}f}万"
        return self.count(value)

    def units_in_words(self, count: float, *, of: str) -> str:
        """Write a count in a sentence with its counter word.

        Examples
        --------
        >>> Japanese().units_in_words(860_471, of="row"), Japanese().units_in_words(89, of="row")
        ('86万行', '89 行')
        """
        figure = self.count_in_words(count)
        counter = self.counter(of)
        return figure + (counter if figure[-1].isdecimal() else counter.lstrip())

    def sample(self, n: float, *, developed_share: float | None = None) -> str:
        """Write how many a number stands on.

        Examples
        --------
        >>> Japanese().sample(9840), Japanese().sample(9840, developed_share=0.62)
        ('n 9,840', 'n 9,840 · 確定 62%')
        """
        base = f"n {self.count(n)}"
        return base if developed_share is None else f"{base} · 確定 {developed_share * 100:.0f}%"

    def units(self, count: float, *, of: str, category: str = "") -> str:
        """Write a count with its counter word.

        Parameters
        ----------
        count : float
        of : key of COUNTERS, or "piece"
        category : str, optional
            Category of the goods: shoes come in pairs.

        Examples
        --------
        >>> ja = Japanese()
        >>> ja.units(1200, of="piece", category="靴"), ja.units(3, of="piece", category="シャツ")
        ('1,200 足', '3 点')
        >>> ja.units(4, of="case"), ja.units(312, of="style"), ja.units(2, of="sku")
        ('4 件', '312 型', '2 品番')
        """
        return f"{self.count(count)}{self.counter(of, category=category)}"

    def counter(self, of: str, *, category: str = "", count: float = 2) -> str:  # noqa: ARG002
        """Return the counter word alone, with the space before it; Japanese has no plural."""
        if of == "piece":
            return " 足" if is_shoe(category) else " 点"
        return COUNTERS[of]

    def below(self, k: int) -> str:
        """Write a count that is kept back because it is under k.

        Examples
        --------
        >>> Japanese().below(5)
        '5 人未満'
        """
        return f"{k} 人未満"

    def day(self, day: date, *, today: date, has_weekday: bool = False) -> str:
        """Write a day in a sentence; another year is named.

        Examples
        --------
        >>> ja, now = Japanese(), date(2026, 11, 24)
        >>> ja.day(now, today=now, has_weekday=True), ja.day(date(2025, 11, 24), today=now)
        ('11月24日(火)', '2025年11月24日')
        """
        year = f"{day.year}年" if day.year != today.year else ""
        weekday = f"({WEEKDAYS[day.weekday()]})" if has_weekday else ""
        return f"{year}{day.month}月{day.day}日{weekday}"

    def day_in_table(self, day: date, *, today: date) -> str:
        """Write a day in a table.

        Examples
        --------
        >>> ja, now = Japanese(), date(2026, 11, 24)
        >>> ja.day_in_table(now, today=now), ja.day_in_table(date(2025, 1, 2), today=now)
        ('11/24', '2025/1/2')
        """
        year = f"{day.year}/" if day.year != today.year else ""
        return f"{year}{day.month}/{day.day}"

    def month(self, day: date, *, today: date) -> str:
        """Write the month of a day; another year is named.

        Examples
        --------
        >>> ja, now = Japanese(), date(2026, 11, 24)
        >>> ja.month(date(2026, 9, 1), today=now), ja.month(date(2025, 9, 1), today=now)
        ('9月', '2025年9月')
        """
        year = f"{day.year}年" if day.year != today.year else ""
        return f"{year}{day.month}月"

    def period(self, first: date, last: date, *, today: date) -> str:
        """Write a period of days.

        Examples
        --------
        >>> Japanese().period(date(2026, 8, 31), date(2026, 11, 22), today=date(2026, 11, 24))
        '8月31日〜11月22日'
        """
        return f"{self.day(first, today=today)}〜{self.day(last, today=first)}"

    def clock(self, moment: datetime) -> str:
        """Write a time of day.

        Examples
        --------
        >>> Japanese().clock(datetime(2026, 11, 24, 5, 10))
        '5:10'
        """
        return f"{moment.hour}:{moment.minute:02d}"

    def duration(self, amount: int, *, unit: str) -> str:
        """Write a duration.

        Parameters
        ----------
        amount : int
        unit : {"hour", "day", "week", "month"}

        Examples
        --------
        >>> ja = Japanese()
        >>> ja.duration(61, unit="hour"), ja.duration(14, unit="day"), ja.duration(3, unit="month")
        ('61 時間', '14 日', '約 3 か月')
        """
        if unit == "month":
            return f"約 {amount} か月"
        return f"{amount} {({'hour': '時間', 'day': '日', 'week': '週'})[unit]}"
