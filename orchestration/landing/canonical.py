"""The canonical model: which entities and columns a shop's files are mapped to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Final, Literal, cast, get_args

from orchestration.landing.yaml_text import parse_yaml_text

ColumnType = Literal[
    "id",
    "text",
    "free_text",
    "customer",
    "code",
    "quantity",
    "count",
    "integer",
    "money",
    "signed_money",
    "number",
    "centimetres",
    "share",
    "boolean",
    "timestamp",
    "date",
    "address",
]
COLUMN_TYPES: Final[tuple[str, ...]] = get_args(ColumnType)
ID_TYPES: Final = frozenset({"id", "customer"})
PERSONAL_TYPES: Final = frozenset({"customer", "address", "free_text"})
SOURCE_UPDATED_AT: Final = "source_updated_at"


class CanonicalModelError(ValueError):
    """``canonical.yml`` contradicts itself."""


@dataclass(frozen=True)
class Column:
    """One canonical column.

    Attributes
    ----------
    name : str
    type : ColumnType
    is_required : bool
        Every record must have a value, and every mapping of the entity must fill it.
    is_key : bool
        Part of the entity's natural key.
    values : mapping of str to tuple of str
        (code) canonical word to its spellings in real exports; empty for other types.
    """

    name: str
    type: ColumnType
    is_required: bool = False
    is_key: bool = False
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_personal(self) -> bool:
        """Tell whether values of the column must never be shown."""
        return self.type in PERSONAL_TYPES


@dataclass(frozen=True)
class Entity:
    """One canonical entity: a table of the landing schema.

    Attributes
    ----------
    name : str
    columns : mapping of str to Column
        In the order of ``canonical.yml``, without ``source_updated_at``.
    any_of : tuple of str
        At least one of these columns must have a value in every record; may be empty.
    """

    name: str
    columns: Mapping[str, Column]
    any_of: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """Names of the columns of the natural key, in order."""
        return tuple(column.name for column in self.columns.values() if column.is_key)

    @property
    def mappable_columns(self) -> Mapping[str, Column]:
        """All columns a mapping may fill: those of the entity, then ``source_updated_at``."""
        return {**self.columns, SOURCE_UPDATED_AT: Column(SOURCE_UPDATED_AT, "timestamp")}


@dataclass(frozen=True)
class CanonicalModel:
    """All entities a shop can land, by name, in the order of ``canonical.yml``."""

    entities: Mapping[str, Entity]


def _parse_column(name: str, options: Mapping[str, object], *, any_of: tuple[str, ...]) -> Column:
    column_type = str(options.get("type", ""))
    if column_type not in COLUMN_TYPES:
        raise CanonicalModelError(f"column {name!r} has the unknown type {column_type!r}")
    is_key = options.get("key") == "true"
    values = cast("Mapping[str, list[str]]", options.get("values", {}))
    if (column_type == "code") != bool(values):
        raise CanonicalModelError(f"column {name!r}: exactly the type code has values")
    return Column(
        name=name,
        type=cast("ColumnType", column_type),
        is_required=options.get("required") == "true" or (is_key and name not in any_of),
        is_key=is_key,
        values={word: tuple(spellings) for word, spellings in values.items()},
    )


def parse_model(text: str) -> CanonicalModel:
    """Parse the canonical model.

    Parameters
    ----------
    text : str
        YAML as in ``canonical.yml``.

    Returns
    -------
    CanonicalModel

    Raises
    ------
    CanonicalModelError
        If a type is unknown, a code has no values, or ``any_of`` names no column of its entity.
    """
    entities: dict[str, Entity] = {}
    for name, body in cast("dict[str, dict[str, object]]", parse_yaml_text(text)).items():
        any_of = tuple(cast("list[str]", body.pop("any_of", [])))
        columns = {
            column: _parse_column(column, cast("dict[str, object]", options), any_of=any_of)
            for column, options in body.items()
        }
        if stray := set(any_of) - set(columns):
            raise CanonicalModelError(f"{name}: any_of names {sorted(stray)}, which are no columns")
        entities[name] = Entity(name=name, columns=columns, any_of=any_of)
    return CanonicalModel(entities=entities)


@cache
def load_model() -> CanonicalModel:
    """Load the canonical model that is shipped with the package.

    Returns
    -------
    CanonicalModel
        The same object at every call.
    """
    text = resources.files("orchestration.landing").joinpath("canonical.yml").read_text("utf-8")
    return parse_model(text)
