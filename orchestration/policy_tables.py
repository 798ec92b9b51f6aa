"""What a table of the rules of returns must be as a whole: one decision for every request."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import partial
from typing import Final, NamedTuple

from orchestration.policy_files import BAD_VALUE, MISSING_VALUE, Row, refuse_repeated
from orchestration.wording import Words, WrongUseError

# Conditions that an earlier rule fulfils wherever it is empty, or says the same.
EQUAL: Final = ("sale", "final_sale", "hygiene", "gift", "tier_min")
LIMITS: Final = ("max_days", "max_returns_90d")

GAP: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」では、規則 {policy} の版が続きません。"
    "前の版の最後の日の翌日、{expected} にしてください。",
    en="{file}, line {line}, column {column}: with {value!r} the versions of {policy} do not "
    "follow one another. Write {expected}, the day after the version before ends.",
)
UNLIKE: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」は、同じ版の {first} 行目と違います。"
    "{expected} にそろえてください。",
    en="{file}, line {line}, column {column}: {value!r} differs from line {first} of the same "
    "version. Write {expected}.",
)
ENDLESS: Final = Words(
    ja="{file} の {line} 行目、列 {column} が空です（値「{value}」）。次の版があるので、"
    "この版の最後の日を書いてください。",
    en="{file}, line {line}, column {column}: the value is empty ({value!r}), and another version "
    "follows. Write the last day of this one.",
)
ENDED: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」より後の注文に規則がありません。"
    "最後の版では空にしてください。",
    en="{file}, line {line}, column {column}: nothing decides on orders after {value!r}. Leave it "
    "empty in the last version.",
)
NO_LAST: Final = Words(
    ja="{file} の規則 {policy}、版 {version} の最後（{line} 行目、列 {column} の値「{value}」）に、"
    "どの返品にも当てはまる規則がありません。条件がすべて空の規則を、いちばん大きい優先順位で"
    "書き足してください。",
    en="{file}: the last rule of {policy}, version {version} (line {line}, column {column}: "
    "{value!r}) does not fit every request. Add a rule without any condition, with the largest "
    "priority.",
)
HIDDEN: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」の規則は、{first} 行目の規則が先に必ず"
    "当てはまるため、使われません。順位を変えるか消してください。",
    en="{file}, line {line}, column {column}: the rule {value!r} is never reached, for line "
    "{first} fits first wherever it does. Change the priority, or remove it.",
)
REFUSED: Final = Words(
    ja="{file} の {line} 行目、列 {column} の値「{value}」に deny は使えません。店の責任の返品と、"
    "返品条件を示さなかった注文は自動で断れません。review にしてください。",
    en="{file}, line {line}, column {column}: deny cannot be used with {value!r}. What is the "
    "shop's fault, or was ordered without seeing the terms, is never refused automatically. "
    "Write review.",
)


class Version(NamedTuple):
    """The rules of one version by their lines, first to last priority."""

    policy: str
    version: str
    rules: dict[int, Row]

    @property
    def first(self) -> tuple[int, Row]:
        """The line and rule that comes first."""
        return next(iter(self.rules.items()))

    @property
    def last(self) -> tuple[int, Row]:
        """The line and rule that comes last."""
        return list(self.rules.items())[-1]


def require_sound_table(rows: Mapping[int, Row], *, file: str) -> None:
    """Require that the versions of each policy follow one another and decide every request.

    Parameters
    ----------
    rows : mapping of int to row
        Rules by the line on which they stand.
    file : str
        Named in messages.

    Raises
    ------
    WrongUseError
        With file, line, column, value and the way out.
    """
    for column in ("rule_id", "priority"):
        refuse_repeated(rows, file=file, column=column, key=partial(_key, column=column))
    _require_days(rows, file=file)
    versions = list(_list_versions(rows))
    for version in versions:
        _require_one_period(version, file=file)
        _require_catch_all(version, file=file)
        _require_reach(version, file=file)
    _require_sequence(versions, file=file)


def is_catch_all(rule: Row) -> bool:
    """Say whether a rule fits every request."""
    return rule["unworn_required"] != "true" and not any(
        rule[name] for name in ("reason_side", *EQUAL, *LIMITS)
    )


def _key(row: Row, column: str) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in ("policy_id", "version", column))


def _list_versions(rows: Mapping[int, Row]) -> Iterator[Version]:
    """List the versions of each policy, the earliest first."""
    grouped: dict[tuple[str, ...], dict[int, Row]] = defaultdict(dict)
    for line, row in sorted(rows.items(), key=lambda item: int(str(item[1]["priority"]))):
        grouped[_key(row, "version")[:2]][line] = row
    versions = [Version(policy, version, rules) for (policy, version), rules in grouped.items()]
    yield from sorted(versions, key=lambda one: (one.policy, str(one.first[1]["valid_from"])))


def _require_days(rows: Mapping[int, Row], *, file: str) -> None:
    for line, row in rows.items():
        here: dict[str, object] = {"file": file, "line": line}
        if row["max_days"] and not row["day_basis"]:
            words = "delivered, shipped, ordered"
            raise WrongUseError(MISSING_VALUE, **here, column="day_basis", value="", expected=words)
        start, end = str(row["valid_from"]), row["valid_to"]
        if end and end < start:
            expected = f"≥ {start}"
            raise WrongUseError(BAD_VALUE, **here, column="valid_to", value=end, expected=expected)
        if row["effect"] == "deny" and row["reason_side"] in {"merchant", "statutory"}:
            side = row["reason_side"]
            raise WrongUseError(REFUSED, **here, column="reason_side", value=side)


def _require_one_period(version: Version, *, file: str) -> None:
    first_line, first = version.first
    for line, row in version.rules.items():
        for column in ("valid_from", "valid_to"):
            if row[column] != first[column]:
                raise WrongUseError(
                    UNLIKE,
                    file=file,
                    line=line,
                    column=column,
                    value=row[column] or "",
                    first=first_line,
                    expected=first[column] or "「」",
                )


def _require_catch_all(version: Version, *, file: str) -> None:
    line, last = version.last
    if not is_catch_all(last):
        raise WrongUseError(
            NO_LAST,
            file=file,
            line=line,
            column="rule_id",
            value=last["rule_id"],
            policy=version.policy,
            version=version.version,
        )


def _require_reach(version: Version, *, file: str) -> None:
    """Refuse a rule that an earlier one always forestalls; a second catch-all is one."""
    earlier: list[tuple[int, Row]] = []
    for line, rule in version.rules.items():
        for first, other in earlier:
            if _forestalls(other, rule):
                value = rule["rule_id"]
                raise WrongUseError(
                    HIDDEN, file=file, line=line, column="rule_id", value=value, first=first
                )
        earlier.append((line, rule))


def _forestalls(earlier: Row, later: Row) -> bool:
    """Say whether the earlier rule fits wherever the later one does."""
    if _side(earlier) not in {None, _side(later)}:
        return False
    if any(earlier[name] not in {None, later[name]} for name in EQUAL):
        return False
    if earlier["unworn_required"] == "true" and later["unworn_required"] != "true":
        return False
    return _is_as_wide(earlier, later)


def _side(rule: Row) -> str | None:
    """Whose requests a rule is about; a denial never speaks of others than the customer's."""
    return "customer" if rule["effect"] == "deny" else rule["reason_side"]


def _is_as_wide(earlier: Row, later: Row) -> bool:
    most = earlier["max_returns_90d"]
    if most and not (later["max_returns_90d"] and int(later["max_returns_90d"]) <= int(most)):
        return False
    days = earlier["max_days"]
    if not days:
        return True
    is_counted_alike = earlier["day_basis"] == later["day_basis"] and (
        (earlier["counts_first_day"] == "true") == (later["counts_first_day"] == "true")
    )
    return bool(is_counted_alike and later["max_days"] and int(later["max_days"]) <= int(days))


def _require_sequence(versions: list[Version], *, file: str) -> None:
    for version, follower in zip(versions, [*versions[1:], None], strict=True):
        line, rule = version.first
        end = rule["valid_to"]
        here: dict[str, object] = {"file": file, "line": line, "column": "valid_to"}
        here["value"] = end or ""
        if follower is None or follower.policy != version.policy:
            if end:
                raise WrongUseError(ENDED, **here)
            continue
        if not end:
            raise WrongUseError(ENDLESS, **here)
        line, following = follower.first
        expected = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
        if following["valid_from"] != expected:
            here |= {"line": line, "column": "valid_from", "value": following["valid_from"] or ""}
            raise WrongUseError(GAP, **here, policy=version.policy, expected=expected)
