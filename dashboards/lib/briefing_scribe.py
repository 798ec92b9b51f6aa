"""Writes the morning's sentences in one language and currency; what no subject owns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from dashboards.lib import markup
from dashboards.lib import words_briefing as words
from dashboards.lib.briefing_facts import Stale, Subject
from dashboards.lib.currency import Currency
from dashboards.lib.glyphs import draw_part
from dashboards.lib.language import Language, Words
from dashboards.lib.tables import Link, Sentence

if TYPE_CHECKING:
    from markupsafe import Markup

MONEY_PAGE: Final = "where_does_the_money_go"
TRUST_PAGE: Final = "can_this_be_trusted"
LIST_PAGE: Final = "what_comes_back"
STYLE_PAGE: Final = "one_style"


@dataclass(frozen=True)
class Scribe:
    """Writes facts in one language and currency.

    Attributes
    ----------
    language : Language
    currency : Currency
    today : date
    """

    language: Language
    currency: Currency
    today: date

    def say(self, message: Words, **values: object) -> str:
        """Fill a message."""
        return message.say(self.language, **values)

    def fill(self, message: Words, **values: object) -> Markup:
        """Fill a message whose values may be set as numbers or code; all others are escaped."""
        return markup.fill(message.pick(self.language), **values)

    def money(self, amount: float) -> str:
        """Write an amount."""
        return self.language.money(amount, self.currency)

    def strong_money(self, amount: float) -> Markup:
        """Set an amount as the number of a sentence."""
        return markup.strong(self.money(amount))


def write_unknown(scribe: Scribe, subject: Subject, *, file: str) -> Sentence:
    """Write what cannot be measured, and which file is missing."""
    drawn = scribe.say(words.UNKNOWN_GLYPH)
    question = scribe.say(words.QUESTIONS[subject])
    return Sentence(
        text=scribe.fill(words.UNKNOWN, question=question, file=markup.code(file)),
        proof=scribe.say(words.UNKNOWN_PROOF),
        link=Link(TRUST_PAGE),
        drawing=draw_part(None, label=drawn),
        drawn=drawn,
    )


def write_stale(scribe: Scribe, fact: Stale) -> Sentence:
    """Write that the usual file did not come."""
    drawn = scribe.say(words.STALE_GLYPH)
    return Sentence(
        text=scribe.fill(
            words.STALE,
            days=markup.strong(scribe.language.count(fact.days), is_red=True),
            file=markup.code(fact.file),
            last=scribe.language.day(fact.last, today=scribe.today),
        ),
        proof=scribe.say(words.STALE_PROOF),
        link=Link(TRUST_PAGE),
        drawing=draw_part(None, label=drawn),
        drawn=drawn,
        tag=scribe.say(words.ACT),
        is_red=True,
    )
