"""What customers' words were read as, a second time: facts, disagreements, quotes, shares."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any, Final

import pandas as pd
from scipy import stats

from tests.warehouse.drawn_reasons import CORRECTED, MODEL, READ
from tests.warehouse.landed_facts import Record
from tests.warehouse.oracle_reasons import ReasonOracle, to_month

DISAGREEMENT: Final = (
    *("style_id", "month_start_date", "stated_reason_code", "read_reason_code"),
    *("inspected_reason_code", "reading_state_code"),
)
SHARE_KEYS: Final = (
    *("level_code", "style_id", "size_label", "sku", "month_start_date", "date_basis_code"),
    "reason_code",
)
QUOTES: Final = 12  # of a style and a reason
LEAST_QUOTED = 0.3
COUNTED: Final = (
    *("reason_source_code", "units", "expected_returned_units"),
    *("size_bracketed_expected_returned_units", "returned_units_variance"),
)


class ReadingOracle:
    """Frames of the marts that rest on readings.

    Parameters
    ----------
    reasons : ReasonOracle
        Of the same rows.
    """

    def __init__(self, reasons: ReasonOracle) -> None:
        self.reasons = reasons
        self.facts: dict[str, dict[str, Record]] = defaultdict(dict)
        for fact in reasons.facts:
            self.facts[fact["return_line_id"]][fact["reason_source_code"]] = fact
        products = reasons.core.get("products")
        self.sizes = {row["sku"]: row.get("size_label") for row in products}

    def frame_facts(self) -> pd.DataFrame:
        """fct_return_reason_readings."""
        rows = []
        for key, words in self.reasons.readings.items():
            first = self.reasons.choose_first(key)
            for row in self.reasons.list_readings(self.facts[key]["classified"]):
                rows.append(
                    {name: value for name, value in row.items() if name not in COUNTED}
                    | {
                        "returned_count": row["units"],
                        "model_version": MODEL,
                        "direction_code": words.direction,
                        "zones_text": words.zones,
                        "evidence_spans_text": words.spans,
                        "is_abstained": words.is_abstained,
                        "is_escalated": words.is_escalated,
                        "is_decided": not (words.is_abstained or words.is_escalated),
                        "is_most_probable": row["reason_code"] == first,
                    }
                )
        columns = ["return_line_id", "reason_code"]
        return pd.DataFrame(rows, columns=None if rows else columns)

    def frame_disagreements(self) -> pd.DataFrame:
        """rpt_reason_disagreements."""
        sums: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for key, sources in self.facts.items():
            stated = sources["stated"]
            if not stated["is_product_return"] or stated["style_id"] is None:
                continue
            words = self.reasons.readings.get(key)
            said = {
                source: fact["reason_code"] if fact["is_reason_given"] else None
                for source, fact in sources.items()
            }
            place = (
                stated["style_id"],
                stated["event_date"] and to_month(stated["event_date"]),
                *(said.get(source) for source in ("stated", "classified", "inspected")),
                tell_state(words),
            )
            units = stated["returned_count"]
            share = words.codes.get(stated["reason_code"], 0) if words else 0
            is_known = stated["reason_system"] == "taxonomy"
            sums[place].update(
                return_line_count=1,
                returned_count=units,
                agreed_returned_units=units * share * is_known,
            )
        return pd.DataFrame(
            dict(zip(DISAGREEMENT, place, strict=True))
            | {
                name: total[name]
                for name in ("return_line_count", "returned_count", "agreed_returned_units")
            }
            for place, total in sums.items()
        )

    def frame_quotes(self) -> pd.DataFrame:
        """rpt_reason_quotes."""
        texts: dict[tuple[str, str], dict[str, list[Record]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for key, words in self.reasons.readings.items():
            fact = self.facts[key]["stated"]
            if fact["is_product_return"] and fact["style_id"] is not None:
                text = self.reasons.requests[key]["reason_text"]
                likely = [code for code, share in words.codes.items() if share >= LEAST_QUOTED]
                for code in likely or ("NONE",):
                    texts[fact["style_id"], code][text].append(fact)
        rows = []
        for (style, code), said in texts.items():
            newest = {text: min(facts, key=by_newest) for text, facts in said.items()}
            order = sorted(newest.items(), key=lambda pair: (*rank(pair[0]), *by_newest(pair[1])))
            for number, (text, fact) in enumerate(order[:QUOTES], start=1):
                words = READ[text]
                rows.append(
                    {
                        "style_id": style,
                        "reason_code": code,
                        "quote_number": number,
                        "return_line_id": fact["return_line_id"],
                        "sku": fact["sku"],
                        "size_label": self.sizes.get(fact["sku"]),
                        "quote_text": text,
                        "return_line_count": len(said[text]),
                        "reason_probability": words.codes.get(code),
                        "is_decided": tell_state(words) == "decided",
                        "is_abstained": words.is_abstained,
                        "is_escalated": words.is_escalated,
                        "event_date": fact["event_date"],
                    }
                )
        for_all = set(find_quotes_for_all(rows))
        for row in rows:
            row["is_shop_quote"] = row["return_line_id"] in for_all
        return pd.DataFrame(
            rows, columns=None if rows else ["style_id", "reason_code", "quote_number"]
        )

    def frame_shares(self) -> pd.DataFrame:
        """rpt_reason_shares."""
        whole: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        parts: dict[tuple[Any, ...], Counter[str]] = defaultdict(Counter)
        for row in self.reasons.dated:
            if row["reason_source_code"] != "classified" or row["sku"] is None:
                continue
            for level, *place in self.list_places(row):
                group = (level, *place, row["date_basis_code"])
                for name in ("returned_count", "told_returned_count"):
                    whole[group][name] += row.get(name, 0)
                for name in ("expected_returned_units", "returned_units_variance"):
                    parts[*group, row["reason_code"]][name] += row.get(name, 0)
        rows = [
            self.describe_share(key, whole[key[:-1]], sums)
            for key, sums in parts.items()
            if sums["expected_returned_units"] > 0
        ]
        return pd.DataFrame(rows, columns=None if rows else list(SHARE_KEYS))

    def list_places(self, row: Record) -> list[tuple[Any, ...]]:
        """Every level with the style, size, SKU and month that name the group of a row."""
        style, sku, size = row["style_id"], row["sku"], self.sizes.get(row["sku"])
        return [
            ("shop", None, None, None, None),
            ("month", None, None, None, row["day"] and to_month(row["day"])),
            ("style", style, None, None, None),
            ("size", style, size, None, None),
            ("sku", style, size, sku, None),
        ]

    def describe_share(
        self, key: tuple[Any, ...], whole: Counter[str], sums: Counter[str]
    ) -> Record:
        factor, doubt = CORRECTED.get(key[-1], (1.0, 0.0))
        expected, told = sums["expected_returned_units"], whole["told_returned_count"]
        corrected = min(expected * factor, told)
        share = corrected / told
        variance = factor**2 * sums["returned_units_variance"] + (expected * doubt) ** 2
        low, high = bound(share, variance / told**2)
        return dict(zip(SHARE_KEYS, key, strict=True)) | {
            "returned_count": whole["returned_count"],
            "told_returned_count": told,
            "expected_returned_units": expected,
            "corrected_returned_units": corrected,
            "reason_share": share,
            "low_share": low,
            "high_share": high,
            "label_count": 40 if key[-1] in CORRECTED else 0,
            "is_corrected": key[-1] in CORRECTED,
        }


def bound(share: float, variance: float) -> tuple[float, float]:
    """The middle 95 % of the beta distribution with this mean and variance."""
    inside = min(max(share, 1e-6), 1 - 1e-6)
    strength = max(inside * (1 - inside) / max(variance, 1e-12) - 1, 1e-3)
    low, high = stats.beta.interval(0.95, inside * strength, (1 - inside) * strength)
    return min(float(low), share), max(float(high), share)


def tell_state(words: Any) -> str:
    if words is None:
        return "no_text"
    return "for_a_person" if words.is_abstained or words.is_escalated else "decided"


def rank(text: str) -> tuple[bool, bool]:
    """What wants a person first, then what was read without doubt."""
    words = READ[text]
    return not words.is_escalated, tell_state(words) != "decided"


def by_newest(fact: Record) -> tuple[bool, int, str]:
    day = fact["event_date"]
    return day is None, -day.toordinal() if day else 0, fact["return_line_id"]


def find_quotes_for_all(rows: list[Record]) -> Iterator[str]:
    """Return lines whose texts stand for all styles, for some reason."""
    by_reason: dict[str, dict[str, Record]] = defaultdict(dict)
    for row in rows:
        texts = by_reason[row["reason_code"]]
        said = texts.get(row["quote_text"], row)
        texts[row["quote_text"]] = min(said, row, key=by_newest)
    for texts in by_reason.values():
        order = sorted(
            texts.values(),
            key=lambda row: (
                not row["is_escalated"],
                not (row["is_decided"] or row["reason_code"] == "NONE"),
                *by_newest(row),
            ),
        )
        yield from (row["return_line_id"] for row in order[:QUOTES])
