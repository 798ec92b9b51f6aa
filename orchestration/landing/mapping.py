"""Parse and load mapping files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping as Map
from pathlib import Path
from typing import Final, cast

import yaml

from orchestration.landing.canonical import Entity, load_model
from orchestration.landing.conditions import Test, parse_tests
from orchestration.landing.entity_mapping import EntityMapping
from orchestration.landing.expression_parsing import parse_column_expression, parse_expression
from orchestration.landing.expressions import Expression, From
from orchestration.landing.mapping_model import AsOf, Mapping, Reading
from orchestration.landing.mapping_options import (
    parse_as_of,
    parse_fill_down,
    parse_reading,
    parse_title,
)
from orchestration.landing.mapping_places import MappingError, Place
from orchestration.landing.yaml_text import DuplicateKeyError, parse_yaml_text

__all__ = ["OPTIONS", "Mapping", "MappingError", "load_mapping", "load_mappings", "parse_mapping"]

OPTIONS: Final = (
    "source",
    "title",
    "files",
    "read",
    "as_of",
    "lead_time_days",
    "fill_down",
    "keep_rows_where",
    "allow_extra",
    "required_headers",
    "customer",
    "entities",
    "aliases",
)
_SOURCE_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")


def load_mapping(path: Path) -> Mapping:
    """Load a mapping file.

    Parameters
    ----------
    path : Path
        YAML, UTF-8; its syntax is described in ``docs/MAPPING.md``.

    Returns
    -------
    Mapping

    Raises
    ------
    MappingError
        Naming file, key, what was found and the nearest names.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        Place(path.name, (), None).refuse("mapping_not_yaml", reason=str(error))
    return parse_mapping(text, name=path.name)


def load_mappings(folder: Path) -> tuple[Mapping, ...]:
    """Load every ``*.yml`` and ``*.yaml`` of a folder, in order of name.

    Parameters
    ----------
    folder : Path
        May be absent: then there are none.

    Returns
    -------
    tuple of Mapping

    Raises
    ------
    MappingError
        For the first file that cannot be used.
    """
    paths = sorted(
        path
        for pattern in ("*.yml", "*.yaml")
        for path in folder.glob(pattern)
        if path.is_file() and not path.name.startswith(".")
    )
    return tuple(load_mapping(path) for path in paths)


def parse_mapping(text: str, *, name: str) -> Mapping:
    """Parse the text of a mapping file.

    Parameters
    ----------
    text : str
    name : str
        Of the file, for messages.

    Returns
    -------
    Mapping

    Raises
    ------
    MappingError
        ``mapping_not_yaml``, ``mapping_duplicate_key``, ``mapping_unknown_option``,
        ``mapping_missing_option``, ``mapping_bad_value``, ``mapping_bad_pattern``,
        ``mapping_unknown_entity``, ``mapping_unknown_column``, ``mapping_missing_column``,
        ``mapping_option_of_other_type``.
    """
    place = Place(name, (), _parse_document(text, name=name))
    options = place.read_options(OPTIONS, needed=("source",))
    if ("entities" in options) == ("aliases" in options):
        place.refuse("mapping_missing_option", found="entities")
    source = options["source"].read_text()
    if not _SOURCE_NAME.fullmatch(source):
        options["source"].refuse("mapping_bad_value", found=source, expected="a_z0_9")
    is_canonical = "aliases" in options
    entities = _parse_aliases(options["aliases"]) if is_canonical else _parse_entities(options)
    document = cast("Map[str, object]", place.node)
    return Mapping(
        name=name,
        source=source,
        title=parse_title(options, source=source),
        entities=entities,
        sha256=_hash_meaning(document, entities=entities),
        is_canonical=is_canonical,
        entity_hashes=_hash_entities(document, entities=entities) if is_canonical else {},
        files=options["files"].read_texts() if "files" in options else (),
        reading=parse_reading(options["read"]) if "read" in options else Reading(),
        as_of=parse_as_of(options["as_of"]) if "as_of" in options else AsOf(),
        lead_time_days=(
            options["lead_time_days"].read_whole() if "lead_time_days" in options else None
        ),
        fill_down=parse_fill_down(options["fill_down"]) if "fill_down" in options else None,
        keep_rows_where=_parse_where(options, "keep_rows_where"),
        allow_extra=options["allow_extra"].read_texts() if "allow_extra" in options else (),
        required_headers=(
            options["required_headers"].read_texts() if "required_headers" in options else ()
        ),
        customer=parse_expression(options["customer"]) if "customer" in options else None,
    )


def _parse_document(text: str, *, name: str) -> object:
    place = Place(name, (), None)
    try:
        return parse_yaml_text(text)
    except DuplicateKeyError as error:
        place.refuse("mapping_duplicate_key", found=error.key, line=str(error.line))
    except yaml.MarkedYAMLError as error:
        line = str(error.problem_mark.line + 1) if error.problem_mark else "-"
        place.refuse("mapping_not_yaml", reason=f"line {line}: {error.problem}")
    except yaml.YAMLError as error:
        place.refuse("mapping_not_yaml", reason=" ".join(str(error).split()))


def _hash_meaning(document: Map[str, object], *, entities: Map[str, EntityMapping]) -> str:
    """Hash what decides how records land: the document and the definition of its entities."""
    said = {key: node for key, node in document.items() if key != "title"}
    model = {
        name: [
            (
                column.name,
                column.type,
                column.is_required,
                column.is_key,
                sorted(column.values.items()),
            )
            for column in mapped.entity.columns.values()
        ]
        for name, mapped in entities.items()
    }
    text = json.dumps([said, model], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _hash_entities(
    document: Map[str, object], *, entities: Map[str, EntityMapping]
) -> dict[str, str]:
    """Hash the built-in format entity by entity: an alias of one does not touch the others."""
    aliases = cast("Map[str, object]", document["aliases"])
    return {
        name: _hash_meaning(
            {**document, "aliases": {name: aliases.get(name)}}, entities={name: mapped}
        )
        for name, mapped in entities.items()
    }


def _parse_entities(options: Map[str, Place]) -> dict[str, EntityMapping]:
    known = load_model().entities
    places = options["entities"].read_map()
    if not places:
        options["entities"].refuse("mapping_bad_value", found="-", expected=", ".join(known))
    entities = {}
    for name, place in places.items():
        if name not in known:
            options["entities"].refuse_name("mapping_unknown_entity", found=name, known=known)
        entities[name] = _parse_entity(place, entity=known[name])
    first, mapped = next(iter(entities.items()))
    if mapped.is_optional:
        expected = f"{first}: optional: false"
        options["entities"].refuse("mapping_bad_value", found="optional: true", expected=expected)
    return entities


def _parse_entity(place: Place, *, entity: Entity) -> EntityMapping:
    options = place.read_options(("columns", "where", "optional"), needed=("columns",))
    columns: dict[str, Expression] = {}
    known = entity.mappable_columns
    for name, column_place in options["columns"].read_map().items():
        if name not in known:
            options["columns"].refuse_name("mapping_unknown_column", found=name, known=known)
        columns[name] = parse_column_expression(column_place, column=known[name])
    for column in entity.columns.values():
        if column.is_required and column.name not in columns:
            _refuse_missing(options["columns"], missing=column.name, columns=columns)
    if entity.any_of and not set(entity.any_of) & set(columns):
        _refuse_missing(options["columns"], missing=" / ".join(entity.any_of), columns=columns)
    return EntityMapping(
        entity=entity,
        columns=columns,
        where=_parse_where(options, "where"),
        is_optional="optional" in options and options["optional"].read_flag(),
    )


def _refuse_missing(place: Place, *, missing: str, columns: Map[str, Expression]) -> None:
    present = ", ".join(columns) or "-"
    place.refuse("mapping_missing_column", found=missing, nearest=present)


def _parse_aliases(place: Place) -> dict[str, EntityMapping]:
    """Build the built-in format: each canonical name is a header, and so is each alias."""
    known = load_model().entities
    named = place.read_map()
    for name in named:
        if name not in known:
            place.refuse_name("mapping_unknown_entity", found=name, known=known)
    entities = {}
    for name, entity in known.items():
        columns = {column: Expression(From((column,))) for column in entity.mappable_columns}
        aliases = named[name].read_map() if name in named and named[name].node else {}
        for column, alias_place in aliases.items():
            if column not in columns:
                named[name].refuse_name("mapping_unknown_column", found=column, known=columns)
            expression = parse_column_expression(
                alias_place, column=entity.mappable_columns[column]
            )
            source = expression.source
            if not isinstance(source, From):
                alias_place.refuse("mapping_bad_value", found="-", expected="from")
            own_first = From((column, *source.headers), source.otherwise)
            columns[column] = Expression(own_first, expression.changes)
        entities[name] = EntityMapping(entity=entity, columns=columns)
    return entities


def _parse_where(options: Map[str, Place], key: str) -> tuple[Test, ...]:
    return parse_tests(options[key]) if key in options else ()
