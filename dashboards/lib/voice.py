"""Who speaks to a reader, of which shop, in which language: what pages and documents share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from dashboards.lib import markup, serving
from dashboards.lib.language import Language, Words
from dashboards.lib.publication import Publication
from dashboards.lib.shop import Shop, read_shop

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True)
class Voice:
    """Speaks of one published version.

    Attributes
    ----------
    language : Language
    shop : Shop
    publication : Publication
    today : date
        The shop's day on the clock: decides which year is named and what is stale.
    """

    language: Language
    shop: Shop
    publication: Publication
    today: date

    def money(self, amount: float) -> str:
        """Write an amount of the shop's currency."""
        return self.language.money(amount, self.shop.currency)

    def say(self, message: Words, **values: object) -> str:
        """Fill a message in the language of the reader."""
        return message.say(self.language, **values)

    def fill(self, message: Words, **values: object) -> Markup:
        """Fill a message whose values may be set as numbers or code; all others are escaped."""
        return markup.fill(message.pick(self.language), **values)


def find_voice(language: Language) -> Voice:
    """Speak of the version that is held, to a reader of a document.

    Parameters
    ----------
    language : Language
    """
    shop = read_shop()
    return Voice(
        language=language,
        shop=shop,
        publication=serving.read_publication(),
        today=datetime.now(shop.time_zone).date(),
    )
