"""Parse what a mapping says about a file as a whole: its bytes, its day, its repeated lines."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from typing import Final, Literal, cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from orchestration.landing.contracts import FileFormat
from orchestration.landing.dates import DateOrder
from orchestration.landing.mapping_model import AsOf, FillDown, Reading
from orchestration.landing.mapping_places import Place

READ_OPTIONS: Final = (
    "format",
    "encoding",
    "delimiter",
    "header_line",
    "explode",
    "currency",
    "currency_column",
    "time_zone",
    "date_order",
    "decimal_mark",
)
_ELSE_NONE: Final = " else none"
_CURRENCY: Final = re.compile(r"[A-Z]{3}")


def parse_title(options: Map[str, Place], *, source: str) -> dict[str, str]:
    """Parse the title in both languages; the source's name where there is none."""
    if "title" not in options:
        return {"ja": source, "en": source}
    words = options["title"].read_options(("ja", "en"), needed=("ja", "en"))
    return {language: place.read_text() for language, place in words.items()}


def parse_reading(place: Place) -> Reading:
    """Parse the option ``read``."""
    options = place.read_options(READ_OPTIONS)
    texts = {
        key: options[key].read_text()
        for key in ("encoding", "delimiter", "explode", "currency", "time_zone")
        if key in options
    }
    if "currency" in texts and not _CURRENCY.fullmatch(texts["currency"]):
        options["currency"].refuse("mapping_bad_value", found=texts["currency"], expected="JPY, …")
    if "time_zone" in texts:
        _check_time_zone(options["time_zone"])
    choices = {
        key: options[key].read_choice(allowed)
        for key, allowed in (
            ("format", ("csv", "jsonl", "parquet")),
            ("date_order", ("ymd", "dmy", "mdy")),
            ("decimal_mark", (".", ",")),
        )
        if key in options
    }
    return Reading(
        format=cast("FileFormat | None", choices.get("format")),
        encoding=texts.get("encoding"),
        delimiter=texts.get("delimiter"),
        header_line=options["header_line"].read_whole() if "header_line" in options else None,
        explode=texts.get("explode"),
        currency=texts.get("currency"),
        currency_column=(
            options["currency_column"].read_texts() if "currency_column" in options else ()
        ),
        time_zone=texts.get("time_zone"),
        date_order=cast("DateOrder", choices.get("date_order", "ymd")),
        decimal_mark=cast("Literal['.', ',']", choices.get("decimal_mark", ".")),
    )


def _check_time_zone(place: Place) -> None:
    try:
        ZoneInfo(place.read_text())
    except (ZoneInfoNotFoundError, ValueError):
        place.refuse("mapping_bad_value", found=place.read_text(), expected="Asia/Tokyo, UTC, …")


def parse_as_of(place: Place) -> AsOf:
    """Parse the option ``as_of``."""
    text = place.read_text()
    kind, _, rest = text.partition(" ")
    rest = rest.strip()
    if text == "none":
        return AsOf()
    if kind == "filename" and re.search(r"%Y.*%m.*%d", rest):
        template = rest.removesuffix(_ELSE_NONE)
        return AsOf("filename", template, is_optional=template != rest)
    if kind == "column" and rest:
        return AsOf("column", rest)
    expected = "none | filename %Y%m%d | filename %Y%m%d else none | column HEADER"
    place.refuse("mapping_bad_value", found=text, expected=expected)


def parse_fill_down(place: Place) -> FillDown:
    """Parse the option ``fill_down``."""
    options = place.read_options(("columns", "within"), needed=("columns",))
    within = options["within"].read_texts() if "within" in options else ()
    return FillDown(columns=options["columns"].read_texts(), within=within)
