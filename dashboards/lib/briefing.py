"""Which three sentences the morning begins with: one per subject, by yen at stake × certainty."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from dashboards.lib import briefing_goods as goods
from dashboards.lib import briefing_money as money
from dashboards.lib.briefing_facts import SUBJECTS, Facts, Subject
from dashboards.lib.briefing_scribe import Scribe, write_stale, write_unknown
from dashboards.lib.currency import Currency
from dashboards.lib.english import YEN
from dashboards.lib.language import Language
from dashboards.lib.tables import Sentence

LENGTH: Final = 3
SURE: Final = 0.95  # of a 95 % interval
FILES: Final[dict[Subject, str]] = {
    "goods": "order_lines",
    "money": "refunds",
    "back_yard": "return_receipts",
}

Candidate = tuple[Subject, float, Sentence]


def build_briefing(facts: Facts, language: Language, *, currency: Currency = YEN) -> list[Sentence]:
    """Build the sentences of a morning.

    Parameters
    ----------
    facts : Facts
    language : Language
    currency : Currency, default YEN

    Returns
    -------
    list of Sentence
        Exactly three. What is stale comes first. Then one per subject, the largest by yen ×
        certainty; a subject with nothing at stake says what it counted, one that cannot be
        measured leaves its place to the next by yen, and names its file where there is none.
    """
    scribe = Scribe(language, currency, facts.today)
    first = [write_stale(scribe, facts.stale)] if facts.stale else []
    candidates = sorted(_list_candidates(facts, scribe), key=lambda each: -each[1])
    leaders: dict[Subject, Candidate] = {}
    for candidate in candidates:
        leaders.setdefault(candidate[0], candidate)
    silent = [subject for subject in SUBJECTS if subject not in leaders]
    calm = {subject: _write_calm(facts, scribe, subject) for subject in silent}
    others = [each for each in candidates if each not in leaders.values()]
    room = LENGTH - len(leaders) - sum(sentence is not None for sentence in calm.values())
    chosen = sorted([*leaders.values(), *others[:room]], key=lambda each: -each[1])
    unknown = [
        write_unknown(scribe, subject, file=FILES[subject])
        for subject, sentence in calm.items()
        if sentence is None
    ]
    said = [*(sentence for _, _, sentence in chosen), *filter(None, calm.values())]
    return [*first, *said, *unknown][:LENGTH]


def _list_candidates(facts: Facts, scribe: Scribe) -> Iterator[Candidate]:
    """List what has something at stake; what its numbers do not bear out is left out."""
    found: list[tuple[Subject, float, Sentence | None]] = []
    for alarm in facts.alarms:
        found.append(("goods", alarm.amount * alarm.certainty, goods.write_alarm(scribe, alarm)))
    for fix in facts.fixes:
        found.append(("goods", fix.amount * SURE, goods.write_fix(scribe, fix)))
    for verdict in facts.verdicts:
        stake = verdict.amount * verdict.certainty
        found.append(("goods", stake, goods.write_verdict(scribe, verdict)))
    if facts.cash and facts.cash.before:
        certainty = 1.0 if facts.cash.low is None else SURE
        stake = abs(facts.cash.amount - facts.cash.before) * certainty
        found.append(("money", stake, money.write_cash(scribe, facts.cash)))
    if facts.waiting:
        stake = facts.waiting.amount * SURE
        found.append(("back_yard", stake, money.write_waiting(scribe, facts.waiting)))
    if facts.late:
        found.append(("back_yard", float(facts.late.amount), money.write_late(scribe, facts.late)))
    for subject, stake, sentence in found:
        if sentence is not None:
            yield subject, stake, sentence


def _write_calm(facts: Facts, scribe: Scribe, subject: Subject) -> Sentence | None:
    """Write what a subject says that has nothing at stake; None where it is not measured."""
    if subject == "goods" and facts.early:
        return goods.write_early(scribe, facts.early)
    if subject == "goods" and facts.style_count:
        return goods.write_quiet(scribe, facts.style_count, false_share=facts.false_share)
    if subject == "money" and facts.cash:
        return money.write_paid(scribe, facts.cash)
    if subject == "back_yard" and facts.outstanding is not None:
        return money.write_in_time(scribe, facts.outstanding)
    return None
