"""Failures as answers: the field is named, what was sent is never repeated."""

from __future__ import annotations

import logging
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from orchestration.endpoint.records import Failure, Fault

NOT_JSON: Final = "json_invalid"
MAX_FIELD: Final = 200  # signs of a field's name in an answer
DESCRIBED: Final[dict[int | str, dict[str, Any]]] = {
    400: {"model": Failure, "description": "The body or the host cannot be read."},
    413: {"model": Failure, "description": "The body is too long."},
    422: {"model": Failure, "description": "A field is missing, unknown or not as described."},
    500: {"model": Failure, "description": "The server failed; nothing was decided."},
}
NEEDS_KEY: Final[dict[int | str, dict[str, Any]]] = {
    401: {"model": Failure, "description": "The key is missing or wrong."}
}
NOT_KNOWN: Final[dict[int | str, dict[str, Any]]] = {
    404: {"model": Failure, "description": "Nothing is known of what the field names."}
}
NOT_READY: Final[dict[int | str, dict[str, Any]]] = {
    503: {"model": Failure, "description": "Nothing is published yet that holds rules."}
}

logger: Final = logging.getLogger("kaeru.endpoint")


class NothingToDecideByError(Exception):
    """Nothing is published, or a version that holds no rules."""


class NotFound(Exception):  # noqa: N818 - an answer, not a failure
    """A request names what nothing is known of.

    Parameters
    ----------
    field : str
    """

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


def answer_failures(app: FastAPI) -> None:
    """Have every failure answered with a ``Failure``."""
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_http)
    app.add_exception_handler(NotFound, _answer_not_found)
    app.add_exception_handler(NothingToDecideByError, _answer_not_ready)
    app.add_exception_handler(Exception, _answer_broken)


def answer(
    status: int, *faults: tuple[str | None, str], headers: dict[str, str] | None = None
) -> JSONResponse:
    """Answer with faults, each a field and a message."""
    found = Failure(errors=[Fault(field=field, message=message) for field, message in faults])
    return JSONResponse(found.model_dump(), status_code=status, headers=headers)


def _answer_invalid(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - for the type checker
    return answer(422, *(_describe(one) for one in error.errors()))


def _describe(error: dict[str, Any]) -> tuple[str | None, str]:
    if error["type"] == NOT_JSON:
        return None, "The body is no JSON."
    # An unknown field is named as it was sent: what is no ASCII might be no text at all.
    path = ".".join(str(part) for part in error["loc"][1:])
    field = path.encode("ascii", "backslashreplace").decode()[:MAX_FIELD]
    return field or None, error["msg"]


def _answer_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - for the type checker
    headers = dict(error.headers) if error.headers else None
    return answer(error.status_code, (None, str(error.detail)), headers=headers)


def _answer_not_found(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, NotFound)  # noqa: S101 - for the type checker
    return answer(404, (error.field, "Nothing is known of it."))


def _answer_not_ready(_request: Request, _error: Exception) -> JSONResponse:
    return answer(503, (None, "No version with rules of returns is published: `kaeru run`."))


def _answer_broken(_request: Request, error: Exception) -> JSONResponse:
    # Not the message: it may hold what was sent.
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "-"
    logger.error("%s in %s", type(error).__name__, place)
    return answer(500, (None, "The server failed; nothing was decided."))
