"""The five numbers of a style."""

from __future__ import annotations

from dashboards.lib import words_outcomes as words
from dashboards.lib.frame import Frame
from dashboards.lib.style_story import Story
from dashboards.lib.tables import Figure


def build_strip(frame: Frame, story: Story) -> list[Figure]:
    """Build the values: delivered, seen, expected in the end, beyond, and what the style earns."""
    return [
        _build_delivered(frame, story),
        *_build_rates(frame, story),
        _build_excess(frame, story),
        _build_contribution(frame, story),
    ]


def split_unit(text: str) -> tuple[str, str]:
    """Part a written value from the unit behind it.

    Examples
    --------
    >>> split_unit("427万円"), split_unit("28.6%"), split_unit("¥4.3M")
    (('427', '万円'), ('28.6', '%'), ('¥4.3M', ''))
    """
    value = text.rstrip("億万円%")
    return value, text[len(value) :]


def _build_delivered(frame: Frame, story: Story) -> Figure:
    """Build what the rates stand on; pairs of sizes ordered to keep one are named beside it."""
    row, total = story.outcomes.row, int(story.total["delivered_count"])
    n = int(row["delivered_count"]) if row else total
    note = frame.say(words.DELIVERED_ALL)
    if n < total:
        units = frame.language.units(total, of="piece", category=story.category)
        note = frame.say(words.DELIVERED_OF, n=units)
    counter = frame.language.counter("piece", category=story.category, count=n)
    return Figure(frame.say(words.DELIVERED), frame.language.count(n), counter.strip(), note)


def _build_rates(frame: Frame, story: Story) -> list[Figure]:
    row, language = story.outcomes.row, frame.language
    labels = frame.say(words.SEEN), frame.say(words.FINAL)
    if row is None:
        missing = frame.say(words.NO_DAYS)
        return [Figure(label, language.missing, note=missing) for label in labels]
    n = row["delivered_count"]
    units = language.units(row["returned_count"], of="piece", category=story.category)
    interval = language.interval(row["low"], row["high"], n=n)
    seen = Figure(
        labels[0],
        *split_unit(language.rate(row["observed_rate"], n=n)),
        note=frame.say(words.SEEN_OF, n=units),
    )
    if row["is_small"]:
        note = frame.say(words.RANGE_ONLY, share=language.rate(row["developed_share"], n=0))
        return [seen, Figure(labels[1], interval, "%", note=note)]
    final = split_unit(language.rate(row["developed_rate"], n=n))
    return [seen, Figure(labels[1], *final, note=frame.say(words.FINAL_OF, interval=interval))]


def _build_excess(frame: Frame, story: Story) -> Figure:
    row, label = story.outcomes.row, frame.say(words.EXCESS)
    if row is None or row["is_small"]:
        return Figure(label, frame.language.missing, note=frame.say(words.EXCESS_EARLY))
    value, unit = split_unit(frame.money(float(row["excess_amount"])))
    message = words.EXCESS_OF if row["excess_count"] >= 0 else words.EXCESS_BELOW
    units = frame.language.units(abs(int(row["excess_count"])), of="piece", category=story.category)
    return Figure(label, value, unit, frame.say(message, n=units), is_red=bool(row["is_alarm"]))


def _build_contribution(frame: Frame, story: Story) -> Figure:
    outcomes, label = story.outcomes, frame.say(words.CONTRIBUTION)
    if outcomes.contribution is None or outcomes.return_cost is None:
        return Figure(label, frame.language.missing, note=frame.say(words.CONTRIBUTION_NONE))
    value, unit = split_unit(frame.money(outcomes.contribution))
    cost = frame.money(outcomes.return_cost)
    return Figure(label, value, unit, frame.say(words.CONTRIBUTION_OF, cost=cost))
