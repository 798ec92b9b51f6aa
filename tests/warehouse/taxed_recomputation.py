"""The oracle once more, of a shop whose figures say another tax than its files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from zlib import crc32

from tests.warehouse.landed_shop import Row
from tests.warehouse.recomputation import Recomputation, Record, round_half_up

Sources = Sequence[tuple[str, int, bool]]
RATES = ("0.1", "0.08", "0")
OTHER = {"included": "excluded", "excluded": "included"}


def draw_rates(rows: Mapping[str, Sequence[Row]]) -> Mapping[str, Sequence[Row]]:
    """Give every order line a rate: the same for all lines of half of the orders.

    Parameters
    ----------
    rows : mapping of entity name to rows

    Returns
    -------
    mapping of entity name to rows
    """
    return {
        **rows,
        "order_lines": [{**row, "tax_rate": _choose(row)} for row in rows["order_lines"]],
    }


def _choose(line: Row) -> str:
    is_mixed = crc32(line["order_id"].encode()) % 2
    named = line["order_line_id"] if is_mixed else line["order_id"]
    return RATES[crc32(named.encode()[::-1]) % len(RATES)]


class Taxes:
    """The rate of everything that has one, from the landed rows.

    Parameters
    ----------
    rows : mapping of entity name to rows
    sources : sequence of (source system, lead time in days, has delivery data)
    """

    def __init__(self, rows: Mapping[str, Sequence[Row]], *, sources: Sources) -> None:
        self.lines = {
            row["order_line_id"]: Fraction(row["tax_rate"]) for row in rows["order_lines"]
        }
        self.orders: dict[str, set[Fraction]] = {}
        for row in rows["order_lines"]:
            rate = self.lines[row["order_line_id"]]
            self.orders.setdefault(row["order_id"], set()).add(rate)
        # Which line a request belongs to does not hang on money.
        self.returns = {
            row["return_line_id"]: row for row in Recomputation(rows, sources=sources).requests
        }

    def of_return(self, return_line_id: str | None) -> Fraction | None:
        request = self.returns.get(return_line_id or "", {})
        return self.lines.get(request.get("order_line_id") or "")

    def of_refund(self, refund: Row) -> Fraction | None:
        """Of the line that came back, else of an order with one rate; else nobody knows."""
        rate = self.of_return(refund.get("return_line_id"))
        if rate is not None:
            return rate
        request = self.returns.get(refund.get("return_line_id") or "", {})
        rates = self.orders.get(refund.get("order_id") or request.get("order_id") or "", set())
        return next(iter(rates)) if len(rates) == 1 else None


def turn(amount: int, rate: Fraction, tax: str) -> int:
    """An amount with (``included``) or without its tax, from one that is the other way."""
    return round_half_up(amount * (1 + rate) if tax == "included" else amount / (1 + rate))


class TaxedRecomputation(Recomputation):
    """What the core marts should say of a tax that the files do not say.

    Parameters
    ----------
    rows : mapping of entity name to rows
        With the rate of every line, and no refund whose rate nobody knows.
    tax : {"included", "excluded"}
        What the figures say.
    sources : sequence of (source system, lead time in days, has delivery data)
    """

    def __init__(self, rows: Mapping[str, Sequence[Row]], *, tax: str, sources: Sources) -> None:
        self.tax = tax
        self.taxes = Taxes(rows, sources=sources)
        of_refund, of_return = self.taxes.of_refund, self.taxes.of_return
        turned = {
            "refunds": [
                self.turn_column(row, "amount", of_refund(row)) for row in rows.get("refunds", ())
            ],
            "exchanges": [
                self.turn_column(row, "price_difference", of_return(row["return_line_id"]))
                for row in rows.get("exchanges", ())
            ],
        }
        super().__init__({**rows, **turned}, sources=sources)

    def turn_column(self, row: Row, column: str, rate: Fraction | None) -> Row:
        """The row with one amount turned; null where its rate is not known."""
        amount = row.get(column)
        is_known = amount is not None and rate is not None
        return dict(row) | {column: str(turn(int(amount), rate, self.tax)) if is_known else None}

    def price(self, line: Record, discount: int, points: int, delivered: int) -> Record:
        own = super().price(line, discount, points, delivered)
        rate = self.taxes.lines[line["order_line_id"]]
        ordered = int(line["quantity"])
        gross, used, net = (
            turn(amount, rate, self.tax)
            for amount in (
                int(line["unit_price"]) * ordered,
                own["points_amount"],
                own["net_amount"],
            )
        )
        return {
            "discount_amount": gross - used - net,
            "points_amount": used,
            "net_amount": net,
            "delivered_net_amount": round_half_up(Fraction(net * delivered, ordered)),
        }
