"""Stands for dbt's ``adapter`` while sqlfluff lints: it has no database to dispatch to."""

from __future__ import annotations

from collections.abc import Callable


def dispatch(macro_name: str, macro_namespace: str | None = None) -> Callable[..., str]:
    """Return a macro that renders as a call of a function of its own name.

    Parameters
    ----------
    macro_name : str
        What a model calls, such as ``to_shop_date``.
    macro_namespace : str, optional
        The project whose macros dbt would search; there is only one.

    Returns
    -------
    callable
        Takes the macro's arguments and returns SQL text that parses.
    """
    del macro_namespace

    def render(*arguments: object) -> str:
        if macro_name == "each_day":
            return f"select calendar_date from {arguments[0]}"
        if macro_name == "each_number":
            return "select 1 as number"
        texts = (", ".join(a) if isinstance(a, list) else str(a) for a in arguments)
        return f"{macro_name}({', '.join(texts)})"

    return render
