"""``kaeru conditions`` and ``kaeru leak``: is the back yard earning, and what leaks out of it."""

from __future__ import annotations

from typing import Any, Final

from orchestration.commands.desk import (
    Desk,
    JsonFlag,
    LanguageFlag,
    ShopFlag,
    format_table,
    open_desk,
)
from orchestration.wording import Words

NAMES: Final = {
    1: Words(ja="住所を目で見ない", en="No address is read by eye"),
    2: Words(ja="返品はウェブだけで受ける", en="Returns are asked for on the web only"),
    3: Words(ja="返金の前に交換を示す", en="An exchange is offered before a refund"),
    4: Words(ja="到着から 24 時間で返金・交換", en="Refunded or exchanged within 24 hours"),
    5: Words(ja="理由を商品づくりに使う", en="Reasons are used to make products"),
}
STATES: Final = {
    "pass": Words(ja="合格", en="passes"),
    "partial": Words(ja="途中", en="partly"),
    "fail": Words(ja="不合格", en="fails"),
    "not_measurable": Words(ja="測れない", en="not measurable"),
}
HOLES: Final = {
    "addresses": Words(ja="住所", en="addresses"),
    "returns": Words(ja="返品の受付", en="returns"),
    "exceptions": Words(ja="人の判断", en="exceptions"),
    "refunds": Words(ja="返金", en="refunds"),
    "grading": Words(ja="検品と棚", en="grading"),
}
HEADS: Final = {
    "condition": Words(ja="条件", en="condition"),
    "state": Words(ja="判定", en="state"),
    "value": Words(ja="値", en="value"),
    "interval": Words(ja="95% 区間", en="95% interval"),
    "threshold": Words(ja="基準", en="threshold"),
    "n": Words(ja="n", en="n"),
    "yen_per_month": Words(ja="もれ/月", en="leak/month"),
    "missing": Words(ja="足りないもの", en="missing"),
    "hole": Words(ja="穴", en="hole"),
    "amount": Words(ja="月あたり", en="a month"),
    "parameter": Words(ja="仮定", en="parameter"),
    "parameter_value": Words(ja="値", en="value"),
    "source": Words(ja="出どころ", en="source"),
}
PASS: Final = Words(
    ja="合格は、95% 区間の下端が基準を上回るときだけ。総合点はつけません。",
    en="A pass needs the lower end of the 95% interval above the threshold. No overall score.",
)
TOTAL: Final = Words(
    ja="もれは月 {amount:,} {unit}です（{first}〜{last}、測れた穴だけの合計）。",
    en="The leak is {amount:,} {unit} a month ({first} to {last}; measured holes only).",
)
NOT_WHOLE: Final = Words(
    ja="まだまる 1 か月ないので、この金額はこれまでの日数分です。",
    en="Less than a whole month was seen: the amount is that of the days so far.",
)
NOTHING: Final = Words(
    ja="もれはまだ測れません。必要なもの: {missing}",
    en="No leak can be measured yet. It needs: {missing}",
)
YEN: Final = Words(ja="円", en="yen")


def conditions(
    *, is_json: JsonFlag = False, shop: ShopFlag = None, language: LanguageFlag = None
) -> None:
    """Say which of the five conditions hold, how surely, and what the open ones leak."""
    with open_desk(shop, language) as desk:
        from orchestration.conditions import list_conditions

        found = list_conditions(desk.shop)
        if is_json:
            desk.answer_json(found)
            return
        names = (
            *("condition", "state", "value", "interval", "threshold", "n"),
            *("yen_per_month", "missing"),
        )
        _answer_table(desk, [_write_condition(desk, one) for one in found], names=names)
        desk.answer(PASS)


def leak(
    *, is_json: JsonFlag = False, shop: ShopFlag = None, language: LanguageFlag = None
) -> None:
    """Say what leaks a month, through which hole, and which costs make it."""
    with open_desk(shop, language) as desk:
        from orchestration.conditions import read_leak

        found = read_leak(desk.shop)
        if is_json:
            desk.answer_json(found)
        else:
            _answer_leak(desk, found)


def _answer_leak(desk: Desk, found: dict[str, Any]) -> None:
    holes, period = found["holes"], found["period"]
    missing = sorted({name for hole in holes for name in hole.get("missing", ())})
    if found["total_amount"] is None:
        desk.answer(NOTHING, missing=" ".join(missing))
        return
    desk.answer(
        TOTAL,
        amount=found["total_amount"],
        unit=YEN.render(desk.language)
        if desk.settings.currency == "JPY"
        else f"{desk.settings.currency} (1/100)",
        first=period["first_date"],
        last=period["last_date"],
    )
    if not period["is_whole_months"]:
        desk.answer(NOT_WHOLE)
    rows = [
        {
            "hole": HOLES[hole["hole"]].render(desk.language),
            "amount": _write_amount(hole["amount"]),
            "missing": " ".join(hole.get("missing", ())),
        }
        for hole in holes
    ]
    _answer_table(desk, rows, names=("hole", "amount", "missing"))
    costs = {one["name"]: one for hole in holes for one in hole["parameters"]}
    listed = [
        {
            "parameter": name,
            "parameter_value": "—" if one["value"] is None else f"{one['value']:g}",
            "source": one["source"],
        }
        for name, one in costs.items()
    ]
    _answer_table(desk, listed, names=("parameter", "parameter_value", "source"))


def _write_condition(desk: Desk, one: dict[str, Any]) -> dict[str, Any]:
    def share(value: float | None) -> str:
        return "—" if value is None else f"{100 * value:.1f}%"

    ends = f"{share(one['low'])}–{share(one['high'])}" if one["low"] is not None else "—"
    return {
        "condition": f"{one['condition']} {NAMES[one['condition']].render(desk.language)}",
        "state": STATES[one["state"]].render(desk.language),
        "value": share(one["value"]),
        "interval": ends,
        "threshold": share(one["threshold"]),
        "n": _write_amount(one["n"]),
        "yen_per_month": _write_amount(one["yen_per_month"]),
        "missing": " ".join(one["missing"]),
    }


def _write_amount(value: int | None) -> str:
    return "—" if value is None else f"{value:,}"


def _answer_table(desk: Desk, rows: list[dict[str, Any]], *, names: tuple[str, ...]) -> None:
    heads = {name: HEADS[name].render(desk.language) for name in names}
    renamed = [{head: row[name] for name, head in heads.items()} for row in rows]
    desk.answer_text(format_table(renamed, columns=list(heads.values())))
    desk.answer_text("")
