"""``kaeru replay``: history under another table of the rules of returns."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Final

import typer

from orchestration.commands.desk import (
    Desk,
    JsonFlag,
    LanguageFlag,
    ShopFlag,
    format_table,
    open_desk,
)
from orchestration.wording import Words

LISTED: Final = 15  # changes of rules in the answer in words; JSON carries all

ANSWER: Final = Words(
    ja="{first}〜{last} の返品申請 {n:,} 件のうち、{changed:,} 件の決まり方が変わります。"
    "承認 {approve:+,} 件（{approve_amount:+,} {unit}）、お断り {deny:+,} 件"
    "（{deny_amount:+,} {unit}）、人が見る {review:+,} 件（{review_amount:+,} {unit}）。",
    en="Of {n:,} requests from {first} to {last}, {changed:,} are decided otherwise: "
    "{approve:+,} approved ({approve_amount:+,} {unit}), {deny:+,} denied "
    "({deny_amount:+,} {unit}), {review:+,} for a person ({review_amount:+,} {unit}).",
)
NOTHING: Final = Words(
    ja="公開中の版に返品申請がありません。", en="The published version holds no request."
)
MINUTES: Final = Words(
    ja="人が見る時間は {now:,.0f} 分から {new:,.0f} 分へ"
    "（1 件 {each:.1f} 分、これまでの記録の平均）。",
    en="Reviews would take {new:,.0f} minutes instead of {now:,.0f} "
    "({each:.1f} each, as staff recorded so far).",
)
NO_MINUTES: Final = Words(
    ja="人が見る時間は測れません。必要なもの: return_requests.review_minutes",
    en="What reviews take cannot be measured. It needs: return_requests.review_minutes",
)
KNOWN: Final = Words(
    ja="金額は返品を求められた品の正味（{priced:,} 件分）。費用や返金の見込みではありません。",
    en="Amounts are the net of the goods asked back, of {priced:,} requests; no costs, and no "
    "refunds expected.",
)
EFFECT_WORDS: Final = {
    "approve": Words(ja="承認", en="approve"),
    "deny": Words(ja="お断り", en="deny"),
    "review": Words(ja="人が見る", en="review"),
}
HEADS: Final = {
    "from": Words(ja="いま＼新しく", en="now \\ new"),
    "rule_now": Words(ja="いまの規則", en="rule now"),
    "now": Words(ja="いま", en="now"),
    "rule_new": Words(ja="新しい規則", en="rule then"),
    "new": Words(ja="新しく", en="then"),
    "count": Words(ja="件数", en="requests"),
    "amount": Words(ja="金額", en="amount"),
    "tier": Words(ja="会員ランク", en="tier"),
    "customers": Words(ja="お客さま", en="customers"),
    "requests": Words(ja="申請", en="requests"),
    "changed": Words(ja="変わる", en="changed"),
    "newly_approved": Words(ja="新しく承認", en="newly approved"),
    "newly_denied": Words(ja="新しくお断り", en="newly denied"),
}
OTHER_TIERS: Final = {
    "other": Words(ja="その他", en="other"),
    "unknown": Words(ja="不明", en="unknown"),
}
YEN: Final = Words(ja="円", en="yen")


def replay(
    policy: Annotated[
        Path,
        typer.Argument(metavar="POLICY.csv", help="Like policies/policy_rules.csv. 規則の表。"),
    ],
    *,
    is_json: JsonFlag = False,
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Say what another table of rules would have decided; nothing is changed."""
    with open_desk(shop, language) as desk:
        from orchestration.policy_replay import replay_policy

        found = replay_policy(desk.shop, policy)
        if is_json:
            desk.answer_json(found)
        elif not found["requests"]["count"]:
            desk.answer(NOTHING)
        else:
            _answer(desk, found)


def _answer(desk: Desk, found: dict[str, Any]) -> None:
    asked, totals = found["requests"], found["totals"]
    currency = desk.settings.currency
    desk.answer(
        ANSWER,
        **{"first": asked["first_date"], "last": asked["last_date"], "n": asked["count"]},
        changed=found["changed"]["count"],
        unit=YEN.render(desk.language) if currency == "JPY" else f"{currency} (1/100)",
        **{effect: total["change"]["count"] for effect, total in totals.items()},
        **{f"{effect}_amount": total["change"]["amount"] for effect, total in totals.items()},
    )
    desk.answer_text("")
    _answer_matrix(desk, found["matrix"])
    changes = [_name(desk, row) for row in found["by_rule"][:LISTED]]
    _answer_table(desk, changes, names=("rule_now", "now", "rule_new", "new", "count", "amount"))
    tiers = [_name(desk, row) for row in found["by_tier"]]
    names = ("tier", "customers", "requests", "changed", "newly_approved", "newly_denied")
    _answer_table(desk, tiers, names=names)
    minutes = found["minutes_per_review"]
    if minutes is None:
        desk.answer(NO_MINUTES)
    else:
        desk.answer(MINUTES, each=minutes, **found["review_minutes"])
    desk.answer(KNOWN, priced=asked["priced"])


def _answer_matrix(desk: Desk, matrix: list[dict[str, Any]]) -> None:
    """Write three lines of three cells: how many requests, and their amount."""
    cells = {(cell["now"], cell["new"]): cell for cell in matrix}
    words = {effect: word.render(desk.language) for effect, word in EFFECT_WORDS.items()}
    corner = HEADS["from"].render(desk.language)
    rows = [
        {corner: words[now]}
        | {
            words[new]: f"{cells[now, new]['count']:,} ({cells[now, new]['amount']:,})"
            for new in EFFECT_WORDS
        }
        for now in EFFECT_WORDS
    ]
    desk.answer_text(format_table(rows, columns=[corner, *words.values()]))
    desk.answer_text("")


def _answer_table(desk: Desk, rows: list[dict[str, Any]], *, names: tuple[str, ...]) -> None:
    if rows:
        heads = {name: HEADS[name].render(desk.language) for name in names}
        renamed = [{head: _write(row[name]) for name, head in heads.items()} for row in rows]
        desk.answer_text(format_table(renamed, columns=list(heads.values())))
        desk.answer_text("")


def _name(desk: Desk, row: dict[str, Any]) -> dict[str, Any]:
    """Put words for effects and for tiers that are none."""
    words = EFFECT_WORDS | OTHER_TIERS
    return {
        name: words[value].render(desk.language)
        if name in {"now", "new", "tier"} and value in words
        else "—"
        if value is None
        else value
        for name, value in row.items()
    }


def _write(value: object) -> object:
    return f"{value:,}" if isinstance(value, int) else value
