"""Languages of the pages: words in both, and the formatter of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal, Protocol

from dashboards.lib.currency import Currency, MoneyUnit
from dashboards.lib.english import English
from dashboards.lib.japanese import Japanese

LanguageCode = Literal["ja", "en"]


class Language(Protocol):
    """Writes numbers, dates and units as readers of one language expect them."""

    @property
    def code(self) -> LanguageCode:
        """Return the code of the language."""

    @property
    def missing(self) -> str:
        """Return the sign of a missing value."""

    def money(self, amount: float, currency: Currency = ...) -> str:
        """Write an amount of minor units in a sentence."""

    def money_unit(self, largest: float, currency: Currency = ...) -> MoneyUnit:
        """Choose the unit of a money column."""

    def rate(self, rate: float, *, n: float) -> str:
        """Write a rate with its sign."""

    def rate_figure(self, rate: float, *, n: float) -> str:
        """Write a rate without its sign."""

    def interval(self, low: float, high: float, *, n: float) -> str:
        """Write an interval of rates without its sign."""

    def difference(self, points: float) -> str:
        """Write a difference in percentage points."""

    def count(self, count: float) -> str:
        """Write a count in full."""

    def count_in_words(self, count: float) -> str:
        """Write a count in a sentence."""

    def units_in_words(self, count: float, *, of: str) -> str:
        """Write a count in a sentence with its counter word."""

    def sample(self, n: float, *, developed_share: float | None = None) -> str:
        """Write how many a number stands on."""

    def units(self, count: float, *, of: str, category: str = "") -> str:
        """Write a count with its counter word."""

    def counter(self, of: str, *, category: str = "", count: float = 2) -> str:
        """Return the counter word alone."""

    def below(self, k: int) -> str:
        """Write a count kept back because it is under k."""

    def day(self, day: date, *, today: date, has_weekday: bool = False) -> str:
        """Write a day in a sentence."""

    def day_in_table(self, day: date, *, today: date) -> str:
        """Write a day in a table."""

    def month(self, day: date, *, today: date) -> str:
        """Write the month of a day."""

    def period(self, first: date, last: date, *, today: date) -> str:
        """Write a period of days."""

    def clock(self, moment: datetime) -> str:
        """Write a time of day."""

    def duration(self, amount: int, *, unit: str) -> str:
        """Write a duration."""


LANGUAGES: Final[dict[str, Language]] = {"ja": Japanese(), "en": English()}
NAMES: Final = {"ja": "日本語", "en": "English"}


def find_language(code: str) -> Language:
    """Return the formatter of a language; of Japanese, the first, when the code is unknown.

    Examples
    --------
    >>> find_language("en").code, find_language("fr").code
    ('en', 'ja')
    """
    return LANGUAGES.get(code, LANGUAGES["ja"])


@dataclass(frozen=True)
class Words:
    """One message in both languages, with named places for values.

    Attributes
    ----------
    ja, en : str
        Templates of ``str.format``.
    """

    ja: str
    en: str

    def pick(self, language: Language) -> str:
        """Return the template of a language."""
        return self.ja if language.code == "ja" else self.en

    def say(self, language: Language, **values: object) -> str:
        """Fill the message of a language.

        Examples
        --------
        >>> Words(ja="{n} 件", en="{n} cases").say(find_language("ja"), n=3)
        '3 件'
        """
        return self.pick(language).format(**values)
