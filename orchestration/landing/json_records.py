"""Turn one JSON object into the fields of one record, or of one record per item of a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from orchestration.landing import reading_rules as rules
from orchestration.landing.header_lines import fold_header

_LONG: Final = {"limit": f"{rules.MAX_FIELD_CHARACTERS:,}"}


class BrokenRecordError(Exception):
    """A line of JSON Lines that cannot become a record.

    Attributes
    ----------
    rule : str
    column : str or None
    parameters : dict of str to str
    """

    def __init__(
        self, rule: str, *, column: str | None = None, parameters: dict[str, str] | None = None
    ) -> None:
        super().__init__(rule)
        self.rule = rule
        self.column = column
        self.parameters = parameters or {}


class _NumberText(str):
    """A number, exactly as the file writes it."""

    __slots__ = ()


@dataclass(frozen=True)
class _NotANumber:
    """NaN or Infinity, which JSON does not have."""


@dataclass(frozen=True)
class _Doubled:
    """An object that names one key twice."""

    key: str


def _build_object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Doubled:
    built = dict(pairs)
    if len(built) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                return _Doubled(key)
            seen.add(key)
    return built


_DECODER: Final = json.JSONDecoder(
    object_pairs_hook=_build_object,
    parse_float=_NumberText,
    parse_int=_NumberText,
    parse_constant=lambda _: _NotANumber(),
)


def parse_json_line(text: str, *, explode: str | None) -> list[dict[str, str | None]]:
    """Read one line of JSON Lines.

    Nested objects become dotted headers; numbers stay as they are written; other lists are kept
    as JSON text.

    Parameters
    ----------
    text : str
        One object.
    explode : str or None
        Dotted path of the list whose items become one record each, with the other fields
        repeated.

    Returns
    -------
    list of dict
        Header to text or None; one record, or one per item.

    Raises
    ------
    BrokenRecordError
        ``json_invalid``, ``json_not_object``, ``json_duplicate_key``, ``json_not_a_number``,
        ``json_too_deep``, ``nul_byte``, ``field_too_long``, ``explode_missing``,
        ``explode_empty``.
    """
    try:
        value = _DECODER.decode(text)
        if isinstance(value, _Doubled):
            raise BrokenRecordError(rules.JSON_DUPLICATE_KEY, column=value.key)
        if not isinstance(value, dict):
            raise BrokenRecordError(rules.JSON_NOT_OBJECT)
        if explode is None:
            return [_collect(_flatten(value, prefix=""))]
        return _explode(value, path=explode)
    except json.JSONDecodeError as error:
        raise BrokenRecordError(rules.JSON_INVALID) from error
    except RecursionError as error:
        raise BrokenRecordError(rules.JSON_TOO_DEEP) from error


def _explode(record: dict[str, Any], *, path: str) -> list[dict[str, str | None]]:
    holder: Any = record
    *parents, last = path.split(".")
    for name in parents:
        holder = holder.get(name) if isinstance(holder, dict) else None
    items = holder.pop(last, None) if isinstance(holder, dict) else None
    if not isinstance(items, list):
        raise BrokenRecordError(rules.EXPLODE_MISSING, column=path)
    if not items:
        raise BrokenRecordError(rules.EXPLODE_EMPTY, column=path)
    shared = list(_flatten(record, prefix=""))
    return [_collect([*shared, *_flatten_any(item, name=path)]) for item in items]


def _collect(
    fields: Iterator[tuple[str, str | None]] | list[tuple[str, str | None]],
) -> dict[str, str | None]:
    collected: dict[str, str | None] = {}
    for name, text in fields:
        if name in collected:
            raise BrokenRecordError(rules.JSON_DUPLICATE_KEY, column=name)
        collected[name] = text
    return collected


def _flatten(record: dict[str, Any], *, prefix: str) -> Iterator[tuple[str, str | None]]:
    for key, value in record.items():
        name = _fold_key(key)
        yield from _flatten_any(value, name=f"{prefix}{name}")


def _flatten_any(value: object, *, name: str) -> Iterator[tuple[str, str | None]]:
    if isinstance(value, dict):
        yield from _flatten(value, prefix=f"{name}.")
    elif isinstance(value, _Doubled):
        raise BrokenRecordError(rules.JSON_DUPLICATE_KEY, column=f"{name}.{value.key}")
    else:
        yield name, _write_text(value, name=name)


def _write_text(value: object, *, name: str) -> str | None:
    if isinstance(value, str):
        return _check_text(str(value), name=name) if value else None
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, _NotANumber):
        raise BrokenRecordError(rules.JSON_NOT_A_NUMBER, column=name)
    return _check_text(_write_json(value, name=name), name=name) if value else None


def _check_text(text: str, *, name: str) -> str:
    if len(text) > rules.MAX_FIELD_CHARACTERS:
        raise BrokenRecordError(rules.FIELD_TOO_LONG, column=name, parameters=_LONG)
    if "\x00" in text:
        raise BrokenRecordError(rules.NUL_BYTE, column=name)
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # Half of an emoji, cut by a form with a limit: it is no text, and nothing else is lost.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _write_json(value: object, *, name: str) -> str:
    """Write a value back as JSON, numbers as they were written."""
    if isinstance(value, list):
        return "[" + ",".join(_write_json(item, name=name) for item in value) + "]"
    if isinstance(value, dict):
        members = (
            f"{json.dumps(key, ensure_ascii=False)}:{_write_json(item, name=name)}"
            for key, item in value.items()
        )
        return "{" + ",".join(members) + "}"
    if isinstance(value, _Doubled):
        raise BrokenRecordError(rules.JSON_DUPLICATE_KEY, column=f"{name}.{value.key}")
    if isinstance(value, _NotANumber):
        raise BrokenRecordError(rules.JSON_NOT_A_NUMBER, column=name)
    return str(value) if isinstance(value, _NumberText) else json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=rules.MAX_COLUMNS)
def _fold_key(key: str) -> str:
    return fold_header(key)
