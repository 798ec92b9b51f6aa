"""Numbers, dates and units as English readers write them."""

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
KILO: Final = 1_000
KILO_FROM: Final = 10_000
MILLION: Final = 1_000_000
BILLION: Final = 1_000_000_000
MONTH_NAMES: Final = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
]  # fmt: skip
MONTHS: Final = [name[:3] for name in MONTH_NAMES]
WEEKDAYS: Final = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
NOUNS: Final = {
    "piece": ("piece", "pieces"),
    "pair": ("pair", "pairs"),
    "case": ("case", "cases"),
    "style": ("style", "styles"),
    "sku": ("SKU", "SKUs"),
    "file": ("file", "files"),
    "row": ("row", "rows"),
    "order_line": ("order line", "order lines"),
    "return_line": ("return line", "return lines"),
    "arrival": ("arrival", "arrivals"),
    "key": ("key", "keys"),
    "kind": ("kind", "kinds"),
}


class English:
    """The formatter of the English pages."""

    code: Final[Literal["en"]] = "en"
    missing: Final = "—"

    def money(self, amount: float, currency: Currency = YEN) -> str:
        """Write an amount of minor units in a sentence.

        Examples
        --------
        >>> en = English()
        >>> en.money(9_840), en.money(45_200), en.money(4_270_400), en.money(1_180_000_000)
        ('¥9,840', '¥45K', '¥4.3M', '¥1.18B')
        >>> en.money(-620_000), en.money(118_000_000), en.money(0)
        ('−¥0.6M', '¥118M', '¥0')
        >>> en.money(984_000, find_currency("GBP"))
        '£9,840'
        """
        sign = MINUS if amount < 0 else ""
        value = round_for_sentence(abs(currency.to_major(amount)))
        if value >= BILLION:
            figure = f"{round_half_up(value / BILLION, digits=2):,.2f}B"
        elif value >= MILLION / 2:
            millions = value / MILLION
            digits = 0 if millions >= 100 else 1  # noqa: PLR2004 - three significant digits
            figure = f"{round_half_up(millions, digits=digits):,.{digits}f}M"
        elif value >= KILO_FROM:
            figure = f"{round_half_up(value / KILO):,.0f}K"
        else:
            figure = f"{round_half_up(value):,.0f}"
        return f"{sign}{currency.sign}{figure}"

    def money_unit(self, largest: float, currency: Currency = YEN) -> MoneyUnit:
        """Choose the unit of a column by its largest amount, in minor units.

        Examples
        --------
        >>> en = English()
        >>> en.money_unit(4_270_000).label, en.money_unit(99_000).label, en.money_unit(900).label
        ('¥M', '¥K', '¥')
        """
        value = currency.to_major(abs(largest))
        sign = currency.sign.strip()
        if value >= MILLION / 2:
            return MoneyUnit(f"{sign}M", MILLION, 2)
        if value >= KILO_FROM:
            return MoneyUnit(f"{sign}K", KILO, 0)
        return MoneyUnit(sign, 1, 0)

    def rate(self, rate: float, *, n: float) -> str:
        """Write a rate; whole percent where it comes from few.

        Examples
        --------
        >>> en = English()
        >>> en.rate(0.2429, n=9_840), en.rate(0.2429, n=199), en.rate(float("nan"), n=0)
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
        >>> English().interval(0.232, 0.254, n=9_840), English().interval(0.06, 0.25, n=24)
        ('23.2–25.4', '6–25')
        """
        return f"{self.rate_figure(low, n=n)}–{self.rate_figure(high, n=n)}"

    def difference(self, points: float) -> str:
        """Write a difference of rates, in percentage points.

        Examples
        --------
        >>> English().difference(6.2), English().difference(-6.2)
        ('+6.2 points', '−6.2 points')
        """
        return f"{'+' if points > 0 else MINUS if points < 0 else ''}{abs(points):.1f} points"

    def count(self, count: float) -> str:
        """Write a count in full.

        Examples
        --------
        >>> English().count(9840), English().count(0), English().count(-3)
        ('9,840', '0', '−3')
        """
        return f"{count:,.0f}".replace("-", MINUS)

    def count_in_words(self, count: float) -> str:
        """Write a count in a sentence, three significant digits.

        Examples
        --------
        >>> English().count_in_words(860_471), English().count_in_words(89)
        ('860K', '89')
        """
        value = round_for_sentence(count)
        if value >= MILLION:
            return f"{value / MILLION:,.2f}".rstrip("0").rstrip(".") + "M"
        return f"{value / KILO:,.0f}K" if value >= KILO_FROM else self.count(value)

    def units_in_words(self, count: float, *, of: str) -> str:
        """Write a count in a sentence with its counter word.

        Examples
        --------
        >>> English().units_in_words(860_471, of="row"), English().units_in_words(89, of="row")
        ('860K rows', '89 rows')
        """
        return f"{self.count_in_words(count)}{self.counter(of)}"

    def sample(self, n: float, *, developed_share: float | None = None) -> str:
        """Write how many a number stands on.

        Examples
        --------
        >>> English().sample(9840), English().sample(9840, developed_share=0.62)
        ('n 9,840', 'n 9,840 · 62% developed')
        """
        base = f"n {self.count(n)}"
        return (
            base if developed_share is None else f"{base} · {developed_share * 100:.0f}% developed"
        )

    def units(self, count: float, *, of: str, category: str = "") -> str:
        """Write a count with its counter word.

        Parameters
        ----------
        count : float
        of : key of NOUNS
        category : str, optional
            Category of the goods: shoes come in pairs.

        Examples
        --------
        >>> en = English()
        >>> en.units(1200, of="piece", category="Shoes"), en.units(1, of="piece")
        ('1,200 pairs', '1 piece')
        >>> en.units(4, of="case"), en.units(312, of="style"), en.units(2, of="sku")
        ('4 cases', '312 styles', '2 SKUs')
        """
        return f"{self.count(count)}{self.counter(of, category=category, count=count)}"

    def counter(self, of: str, *, category: str = "", count: float = 2) -> str:
        """Return the counter word alone, with the space before it."""
        one, many = NOUNS["pair" if of == "piece" and is_shoe(category) else of]
        return f" {one if count == 1 else many}"

    def below(self, k: int) -> str:
        """Write a count that is kept back because it is under k.

        Examples
        --------
        >>> English().below(5)
        'under 5'
        """
        return f"under {k}"

    def day(self, day: date, *, today: date, has_weekday: bool = False) -> str:
        """Write a day in a sentence; another year is named.

        Examples
        --------
        >>> en, now = English(), date(2026, 11, 24)
        >>> en.day(now, today=now, has_weekday=True), en.day(date(2025, 11, 24), today=now)
        ('Tue 24 Nov', '24 Nov 2025')
        """
        weekday = f"{WEEKDAYS[day.weekday()]} " if has_weekday else ""
        year = f" {day.year}" if day.year != today.year else ""
        return f"{weekday}{day.day} {MONTHS[day.month - 1]}{year}"

    def day_in_table(self, day: date, *, today: date) -> str:
        """Write a day in a table.

        Examples
        --------
        >>> en, now = English(), date(2026, 11, 24)
        >>> en.day_in_table(now, today=now), en.day_in_table(date(2025, 1, 2), today=now)
        ('24 Nov', '2 Jan 2025')
        """
        return self.day(day, today=today)

    def month(self, day: date, *, today: date) -> str:
        """Write the month of a day; another year is named.

        Examples
        --------
        >>> English().month(date(2025, 9, 1), today=date(2026, 11, 24))
        'September 2025'
        """
        year = f" {day.year}" if day.year != today.year else ""
        return f"{MONTH_NAMES[day.month - 1]}{year}"

    def period(self, first: date, last: date, *, today: date) -> str:
        """Write a period of days.

        Examples
        --------
        >>> English().period(date(2026, 8, 31), date(2026, 11, 22), today=date(2026, 11, 24))
        '31 Aug – 22 Nov'
        >>> English().period(date(2025, 8, 31), date(2026, 1, 2), today=date(2026, 11, 24))
        '31 Aug 2025 – 2 Jan 2026'
        """
        is_one_year = first.year == last.year
        begin = self.day(first, today=last if is_one_year else today)
        end = self.day(last, today=today if is_one_year else first)
        return f"{begin} – {end}"

    def clock(self, moment: datetime) -> str:
        """Write a time of day.

        Examples
        --------
        >>> English().clock(datetime(2026, 11, 24, 5, 10))
        '05:10'
        """
        return f"{moment.hour:02d}:{moment.minute:02d}"

    def duration(self, amount: int, *, unit: str) -> str:
        """Write a duration.

        Parameters
        ----------
        amount : int
        unit : {"hour", "day", "week", "month"}

        Examples
        --------
        >>> en = English()
        >>> en.duration(61, unit="hour"), en.duration(14, unit="day"), en.duration(3, unit="month")
        ('61 h', '14 days', 'about 3 months')
        """
        if unit == "hour":
            return f"{amount} h"
        prefix = "about " if unit == "month" else ""
        return f"{prefix}{amount} {unit}{'' if amount == 1 else 's'}"
