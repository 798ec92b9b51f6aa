"""The endpoint as an ASGI application: a pure function of its desk and its key."""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

from fastapi import FastAPI, Security
from fastapi.security import APIKeyHeader

from orchestration.endpoint.failures import answer_failures
from orchestration.endpoint.gate import KEY_HEADER, Gate
from orchestration.endpoint.routes import Desk, asking, watching

ABOUT: Final = (
    "One question, one answer, from the published version of a shop and its tables of rules. "
    "Nothing that is sent is kept or logged. Nothing here says that a rule is lawful."
)


def create_app(
    desk: Desk, *, api_key: str | None = None, hosts: frozenset[str] | None = None
) -> FastAPI:
    """Build the application.

    Parameters
    ----------
    desk : Desk
        What the answers come from.
    api_key : str, optional
        What callers send in the header ``X-API-Key``; without it every caller is let in.
    hosts : frozenset of str, optional
        Names under which it answers; any where none is said.

    Returns
    -------
    FastAPI
        Without pages of documentation: these load scripts from elsewhere.
    """
    app = FastAPI(
        title="Kaeru",
        version=version("kaeru"),
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
    )
    app.state.desk = desk
    app.include_router(watching)
    # The gate judges the key before a body is read; this says so in the description.
    scheme = [Security(APIKeyHeader(name=KEY_HEADER, auto_error=False))] if api_key else []
    app.include_router(asking, dependencies=scheme)
    answer_failures(app)
    app.add_middleware(Gate, api_key=api_key, hosts=hosts)
    return app
