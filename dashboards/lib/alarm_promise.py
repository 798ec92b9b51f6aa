"""What the alarms promise, as the shop has set it."""

from __future__ import annotations

from typing import Final

from dashboards.lib import words_returns as words
from dashboards.lib.language import Language

ROUND: Final = 1e-6  # how near to a whole number "1 in so many" must be


def write_promise(false_share: float, *, language: Language) -> str:
    """Write how many alarms may be false.

    Parameters
    ----------
    false_share : float
        Accepted share of false alarms, in (0, 0.5].
    language : Language

    Examples
    --------
    >>> from dashboards.lib.language import find_language
    >>> write_promise(0.1, language=find_language("en"))
    'Alarms keep a promise: at most 1 in 10 is false.'
    >>> write_promise(0.15, language=find_language("en"))
    'Alarms keep a promise: at most 15% are false.'
    >>> write_promise(0.025, language=find_language("ja"))
    '警報は「見当ちがいを 2.5% 以下に抑える」約束で出しています。'
    """
    in_all = round(1 / false_share)
    said = words.FALSE_SHARE.say(language, share=write_share(false_share))
    if language.code == "en" and abs(1 / false_share - in_all) < ROUND:
        said = words.FALSE_ONE_IN.format(n=in_all)
    return words.PROMISE.say(language, share=said)


def write_share(false_share: float) -> str:
    """Write an accepted share in full: a setting has no doubt to round away.

    Examples
    --------
    >>> write_share(0.1), write_share(0.025)
    ('10%', '2.5%')
    """
    return f"{100 * false_share:g}%"
