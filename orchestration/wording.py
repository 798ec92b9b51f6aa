"""What a person reads: words in Japanese and English, and failures that carry them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, Protocol, cast

Language = Literal["ja", "en"]
LANGUAGES: Final[tuple[Language, ...]] = ("ja", "en")
DEFAULT_LANGUAGE: Final[Language] = "ja"


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

    def render(self, language: Language, **values: object) -> str:
        """Fill the message of one language.

        Parameters
        ----------
        language : {"ja", "en"}
        **values : object
            What the named places hold; other values are ignored.

        Returns
        -------
        str
        """
        template = self.ja if language == "ja" else self.en
        return template.format(**values)


class Progress(Protocol):
    """Receives a message while long work goes on."""

    def __call__(self, words: Words, **values: object) -> None:
        """Show one message."""


def keep_quiet(words: Words, **values: object) -> None:
    """Be a ``Progress`` that shows nothing."""
    del words, values


class KaeruError(Exception):
    """Work failed and readers see nothing of it; the process ends with 1.

    Parameters
    ----------
    words : Words
        What happened and the way out.
    **values : object
        What the named places of ``words`` hold.
    """

    exit_code: int = 1

    def __init__(self, words: Words, **values: object) -> None:
        super().__init__(words.render("en", **values))
        self.words = words
        self.values = values

    def render(self, language: Language) -> str:
        """Say the failure in one language."""
        return self.words.render(language, **self.values)


class WrongUseError(KaeruError):
    """The command or a shop's settings were written wrongly; the process ends with 2."""

    exit_code = 2


def parse_language(text: str) -> Language:
    """Accept ``ja`` or ``en``.

    Parameters
    ----------
    text : str

    Returns
    -------
    {"ja", "en"}

    Raises
    ------
    WrongUseError
        If the language is another one.
    """
    if text not in LANGUAGES:
        raise WrongUseError(
            Words(
                ja="言語は ja か en です（{text!r} は使えません）。",
                en="The language is ja or en, not {text!r}.",
            ),
            text=text,
        )
    return cast("Language", text)
