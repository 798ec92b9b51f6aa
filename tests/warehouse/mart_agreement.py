"""What marts must say of each other and of the ledger, whatever the estimates are."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from orchestration.scored_marts import READ_EVIDENCE, READ_WEEKS
from orchestration.scoring import compute_scores
from orchestration.settings_values import AlarmSettings
from tests.warehouse.compiled_project import CompiledWarehouse
from tests.warehouse.landed_facts import AS_OF
from tests.warehouse.oracle_cash import OUTSIDE, CashOracle

NOISE = 1e-9


def list_cash_differences(warehouse: CompiledWarehouse, oracle: CashOracle) -> Iterator[str]:
    """Where a cash mart contradicts the ledger, or its own parts."""
    roll = warehouse.read("rpt_roll_forward")
    amounts = roll.pivot_table(index="month", columns="step", values="amount", aggfunc="sum")
    months = roll.groupby("month")["is_closed"].all()
    for month, steps in amounts[~months].to_dict("index").items():
        if steps["refunds"] != -oracle.sum_month(month):
            yield f"roll forward {month}: refunds {steps['refunds']}"
        if sum(steps.values()) - steps["closing"] != steps["closing"]:
            yield f"roll forward {month}: steps do not sum to the closing"
    liability = warehouse.read("rpt_refund_liability")
    for row in liability.to_dict("records"):
        as_of = row["as_of_date"].date()
        later = oracle.sum_later(as_of, row["channel_name"], row["category_name"])
        if not row["is_current"] and row["later_refund_amount"] != later:
            yield f"liability {as_of} {row['channel_name']}: later {later}"
    yield from list_debt_differences(liability, oracle)
    closing = amounts["closing"].get(f"{AS_OF:%Y-%m}") if len(amounts) else None
    current = liability.loc[liability["is_current"], "refund_liability_amount"]
    if closing is not None and closing != current.sum():
        yield f"roll forward closes at {closing}, liability {current.sum()}"
    yield from list_forecast_differences(warehouse, oracle)
    yield from list_target_differences(warehouse, liability)


def list_debt_differences(liability: pd.DataFrame, oracle: CashOracle) -> Iterator[str]:
    """What the liability says of accepted debts and of the costs that its asset rests on."""
    owed = oracle.sum_debts()
    told: set[tuple[object, ...]] = set()
    for row in liability.to_dict("records"):
        place = row["as_of_date"].date(), row["channel_name"], row["category_name"]
        told.add(place)
        now = None if row["is_current"] else oracle.sum_owed_now(*place)
        found = None if pd.isna(row["still_owed_amount"]) else row["still_owed_amount"]
        if row["accepted_unpaid_amount"] != owed[place] or found != now:
            yield f"liability {place}: owed {owed[place]}, still owed {now}, mart {found}"
        costed = None if pd.isna(row["costed_share"]) else row["costed_share"]
        if costed != oracle.share_costed(*place):
            yield f"liability {place}: costed {row['costed_share']}"
    days = {place[0] for place in told}
    for place, amount in owed.items():
        if amount and place[0] in days and place not in told:
            yield f"liability {place}: nothing of {amount} owed"


def list_closing_differences(
    warehouse: CompiledWarehouse, oracle: CashOracle, closings: pd.DataFrame | None
) -> Iterator[str]:
    """Where a closed month does not stand as it was closed, or the next does not begin with it."""
    roll = warehouse.read("rpt_roll_forward")
    told = warehouse.read("rpt_closings")
    if closings is None:
        if len(told) or roll["is_closed"].any():
            yield "closings: months are closed that nobody closed"
        return
    figures = closings.set_index(["month", "metric"])["amount"].to_dict()
    if told.set_index(["month", "metric"])["amount"].to_dict() != figures:
        yield "closings: not as they were closed"
    last = closings["month"].max()
    steps = roll.set_index(["month", "step"])["amount"].to_dict()
    wanted = {
        (month, metric.removeprefix("roll_forward_")): amount
        for (month, metric), amount in figures.items()
        if metric.startswith("roll_forward_")
    }
    if {key: amount for key, amount in steps.items() if key[0] <= last} != wanted:
        yield "roll forward: closed months are not as they were closed"
    yield from list_next_differences(warehouse, oracle, steps, figures, last)


def list_next_differences(
    warehouse: CompiledWarehouse,
    oracle: CashOracle,
    steps: dict[tuple[str, str], int],
    figures: dict[tuple[str, str], int],
    last: str,
) -> Iterator[str]:
    """The month after the last closed one: it opens with its figures, late refunds apart."""
    liability = warehouse.read("rpt_refund_liability")
    current = liability[liability["is_current"]]["refund_liability_amount"]
    month = f"{AS_OF:%Y-%m}"
    opening = steps.get((month, "opening"))
    is_known = len(current) > 0 and bool(current.notna().all())
    if (opening is not None) != is_known:
        yield f"roll forward: {month} opens with {opening}, liability known: {is_known}"
    elif opening is not None:
        until = sum(int(row["amount"]) for day, row in oracle.paid if f"{day:%Y-%m}" <= last)
        late = figures[last, "refunds_to_date"] - until
        if (opening, steps[month, "late_data"]) != (figures[last, "refund_liability"], late):
            yield f"roll forward: {month} opens with {opening}, late {steps[month, 'late_data']}"


def list_target_differences(warehouse: CompiledWarehouse, liability: pd.DataFrame) -> Iterator[str]:
    """Targets for the estimates: a month of which any part is unknown has none."""
    targets = warehouse.read("rpt_targets")
    months = liability["as_of_date"].dt.strftime("%Y-%m")
    for metric in ("refund_liability", "return_asset"):
        amounts = liability[f"{metric}_amount"].astype(float).groupby(months)
        sums = amounts.sum()[amounts.count() == amounts.size()].to_dict()
        for row in targets[targets["metric_name"] == metric].to_dict("records"):
            wanted, found = sums.get(row["period_text"]), row["measured_value"]
            if (None if pd.isna(found) else found) != wanted:
                yield f"target {metric} {row['period_text']}: measured {found}, mart {wanted}"


def list_forecast_differences(warehouse: CompiledWarehouse, oracle: CashOracle) -> Iterator[str]:
    days = warehouse.read("rpt_cash_forecast")
    weeks = warehouse.read("rpt_cash_forecast_weeks")
    for row in days.to_dict("records"):
        day = row["payout_date"].date()
        wanted = oracle.sum_payout(day, row["method_code"]) if day <= AS_OF else None
        found = None if pd.isna(row["actual_amount"]) else row["actual_amount"]
        if found != wanted or row["method_code"] not in OUTSIDE:
            yield f"forecast {day} {row['method_code']}: actual {found}, ledger {wanted}"
    sums = days.groupby(["as_of_date", "week_number"])["forecast_amount"].sum()
    told = weeks[weeks["week_number"] > 0].set_index(["as_of_date", "week_number"])
    if sums.to_dict() != told["forecast_amount"].to_dict():
        yield "forecast: weeks are not the sums of their days"


def list_estimate_differences(warehouse: CompiledWarehouse) -> Iterator[str]:
    """Where the worklist's intervals, alarms and changes are not those of its evidence.

    The evidence is the mart's, which has an oracle of its own: a fitted prior may answer a
    millionth in it with a thousandth.
    """
    mart = warehouse.read("rpt_worklist")
    warehouse.session.execute("use serving")
    scores = compute_scores(
        warehouse.session.execute(READ_EVIDENCE).df(),
        warehouse.session.execute(READ_WEEKS).df(),
        alarms=AlarmSettings(),
    )
    estimates = scores.rate_estimates.set_index(["level_code", "group_id"])
    since = scores.rate_changes.set_index("group_id")["since_date"]
    prices = find_prices(warehouse)
    for row in mart.to_dict("records"):
        group = row["style_id"] if row["level_code"] == "style" else row["sku"]
        wanted = estimates.loc[(row["level_code"], group)]
        for name, column in (("low", "low_rate"), ("high", "high_rate")):
            if abs(row[name] - wanted[column]) > NOISE:
                yield f"worklist {group} {name}: mart {row[name]}, oracle {wanted[column]}"
        exposure = row["developed_share"] * row["delivered_count"]
        likely = (wanted["posterior_rate"] - row["expected_rate"]) * exposure
        likely *= prices[row["level_code"], group]
        if abs(row["likely_excess_amount"] - likely) > 0.5 + NOISE * (1 + abs(likely)):
            yield f"worklist {group}: likely excess {row['likely_excess_amount']}, oracle {likely}"
        if abs(row["alarm_probability"] - wanted["alarm_probability"]) > NOISE:
            yield f"worklist {group}: alarm probability {row['alarm_probability']}"
        if row["is_alarm"] != wanted["is_alarm"] or row["is_rankable"] != wanted["is_rankable"]:
            yield f"worklist {group}: alarm {row['is_alarm']}, rankable {row['is_rankable']}"
        changed = since.get(group, pd.NaT) if row["level_code"] == "style" else pd.NaT
        if str(row["since_date"]) != str(changed):
            yield f"worklist {group}: since {row['since_date']}, oracle {changed}"


def find_prices(warehouse: CompiledWarehouse) -> dict[tuple[str, str], float]:
    """Average net price of a delivered unit of each SKU and style."""
    skus = warehouse.read("rpt_sku_development")
    columns = ["delivered_net_amount", "delivered_count"]
    prices = {}
    for level, key in (("sku", "sku"), ("style", "style_id")):
        for group, sums in skus.groupby(key)[columns].sum().iterrows():
            net, count = sums
            prices[level, str(group)] = net / count if count else float("nan")
    return prices


def list_change_differences(warehouse: CompiledWarehouse, kept: pd.DataFrame) -> Iterator[str]:
    """What became of the newest list that is a week old or older."""
    old = kept[kept["as_of_date"] <= AS_OF - pd.Timedelta(days=7)]
    then = old[old["as_of_date"] == old["as_of_date"].max()].astype(object)
    keys = ["level_code", "style_id", "sku"]
    now = {
        tuple(row[key] or "" for key in keys): row for row in read_rows(warehouse, "rpt_worklist")
    }
    found = {
        tuple(row[key] or "" for key in keys): row
        for row in read_rows(warehouse, "rpt_worklist_changes")
    }
    if len(found) != len(then):
        yield f"changes: {len(found)} rows, {len(then)} kept"
    for row in then.where(then.notna(), None).to_dict("records"):
        key = tuple(row[name] or "" for name in keys)
        outcome = judge_change(row["is_alarm"], now.get(key))
        if key not in found or found[key]["outcome_code"] != outcome:
            yield f"changes {key}: expected {outcome}"


def judge_change(was_alarm: bool, row: dict[str, object] | None) -> str:
    if row is None:
        return "gone"
    if was_alarm:
        return "still_alarm" if row["is_alarm"] else "alarm_over"
    if row["is_alarm"]:
        return "became_alarm"
    return "as_expected" if int(str(row["excess_amount"])) <= 0 else "still_above"


def read_rows(warehouse: CompiledWarehouse, mart: str) -> list[dict[str, object]]:
    frame = warehouse.read(mart).astype(object)
    return frame.where(frame.notna(), None).to_dict("records")
