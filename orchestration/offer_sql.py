"""The SQL that ranks offers on open requests, rendered from the macros that dbt builds with."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

from jinja2 import Environment, StrictUndefined

from orchestration.fingerprint import DBT_PROJECT
from orchestration.identifiers import quote_name

MACROS: Final = DBT_PROJECT / "macros" / "exchange_offers.sql"


def render_offers(*, requests: str, variants: str, kinds: str) -> str:
    """Render the query that ranks what is offered on every request instead of money.

    Parameters
    ----------
    requests : str
        A relation with the columns of ``int_return_requests_narrowed_to_open_requests``.
    variants : str
        A relation with the columns of ``fct_offer_variants``.
    kinds : str
        A relation with the columns of ``fct_offer_kinds``.

    Returns
    -------
    str
    """
    macros = _load_macros()
    relations = (quote_name(name) for name in (requests, variants, kinds))
    return str(macros.rank_offers(*relations))


def render_reason_focus(*, is_size_reason: str, reason_code: str) -> str:
    """Render what a reason asks of an exchange, of the columns of a reason."""
    return str(_load_macros().name_reason_focus(is_size_reason, reason_code))


@cache
def _load_macros() -> Any:  # noqa: ANN401 - Jinja's module has the macros as attributes
    # SQL text, not HTML: nothing of a shop's data gets into it, only the checked names.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    return environment.from_string(MACROS.read_text(encoding="utf-8")).module
