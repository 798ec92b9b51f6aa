"""A mapping: how the files of one source become canonical records."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from orchestration.landing.conditions import Test, iterate_conditions
from orchestration.landing.contracts import FileFormat, ReadOptions
from orchestration.landing.dates import DateOrder
from orchestration.landing.entity_mapping import EntityMapping, find_missing_headers
from orchestration.landing.expressions import (
    Expression,
    Identify,
    find_headers,
    find_missing,
    iterate_expressions,
)
from orchestration.landing.header_names import HeaderIndex


@dataclass(frozen=True)
class Reading:
    """What a mapping declares about the bytes and the spellings of its files; None: not declared.

    Attributes
    ----------
    format : {"csv", "jsonl", "parquet"} or None
    encoding, delimiter : str or None
    header_line : int or None
    explode : str or None
        JSON Lines: dotted path of a list whose items become one record each.
    currency : str or None
        Currency of the amounts; a shop with another one refuses the file.
    currency_column : tuple of str
        Header that names each record's currency; may be empty.
    time_zone : str or None
        Zone of timestamps that name none; None is the shop's.
    date_order : {"ymd", "dmy", "mdy"}
    decimal_mark : {".", ","}
    """

    format: FileFormat | None = None
    encoding: str | None = None
    delimiter: str | None = None
    header_line: int | None = None
    explode: str | None = None
    currency: str | None = None
    currency_column: tuple[str, ...] = ()
    time_zone: str | None = None
    date_order: DateOrder = "ymd"
    decimal_mark: Literal[".", ","] = "."


@dataclass(frozen=True)
class AsOf:
    """Where a file says when it was made.

    Attributes
    ----------
    kind : {"none", "filename", "column"}
    text : str
        Template of the file name, or header.
    is_optional : bool
        Whether a file whose name has no day is read all the same.
    """

    kind: Literal["none", "filename", "column"] = "none"
    text: str = ""
    is_optional: bool = False


@dataclass(frozen=True)
class FillDown:
    """Headers whose value stands on the first of several lines only.

    Attributes
    ----------
    columns : tuple of str
    within : tuple of str
        Header whose equal values hold the lines together; empty: any line above.
    """

    columns: tuple[str, ...]
    within: tuple[str, ...] = ()


@dataclass(frozen=True)
class Mapping:
    """One mapping file, parsed.

    Attributes
    ----------
    name : str
        Name of the mapping file.
    source : str
        Source system, lower snake.
    title : mapping of {"ja", "en"} to str
    entities : mapping of str to EntityMapping
        In file order: the first one takes the filtered records and ``extra``.
    sha256 : str
        Of what the mapping means: comments, layout and title do not change it, but the canonical
        definition of its entities does.
    files : tuple of str
        Globs; empty fits every name.
    reading : Reading
    as_of : AsOf
    lead_time_days : int or None
    fill_down : FillDown or None
    keep_rows_where : tuple of Test
    allow_extra : tuple of str
    required_headers : tuple of str
        Headers a file must have besides those that required columns name.
    customer : Expression or None
        Whose record it is, used for nothing but keeping an erased customer's data out.
    is_canonical : bool
        The built-in format: the entity is chosen by the file's name.
    file_name : str or None
        Set by ``bind``.
    header : tuple of str or None
        Set by ``bind``.
    """

    name: str
    source: str
    title: Map[str, str]
    entities: Map[str, EntityMapping]
    sha256: str
    files: tuple[str, ...] = ()
    reading: Reading = Reading()
    as_of: AsOf = AsOf()
    lead_time_days: int | None = None
    fill_down: FillDown | None = None
    keep_rows_where: tuple[Test, ...] = ()
    allow_extra: tuple[str, ...] = ()
    required_headers: tuple[str, ...] = ()
    customer: Expression | None = None
    is_canonical: bool = False
    entity_hashes: Map[str, str] = field(default_factory=dict)
    file_name: str | None = None
    header: tuple[str, ...] | None = None

    @property
    def first_entity(self) -> str:
        """Name of the mapping's first entity."""
        return next(iter(self.entities))

    @cached_property
    def header_index(self) -> HeaderIndex:
        """Index of the bound file's headers; empty before ``bind``."""
        return HeaderIndex(self.header or ())

    def bind(self, *, file_name: str, header: Sequence[str]) -> Mapping:
        """Return the mapping for one file: its name and its headers as they are spelt there."""
        return dataclasses.replace(self, file_name=file_name, header=tuple(header))

    def narrow(self, entity: str) -> Mapping:
        """Return the mapping of one entity of the built-in format."""
        return dataclasses.replace(
            self,
            entities={entity: self.entities[entity]},
            sha256=self.entity_hashes[entity],
        )

    def find_missing(self, *, index: HeaderIndex) -> tuple[str, ...]:
        """List the headers without which a file cannot be read with this mapping.

        Parameters
        ----------
        index : HeaderIndex

        Returns
        -------
        tuple of str
            Alternatives joined with `` / ``; each once.
        """
        named: list[tuple[str, ...]] = [(name,) for name in self.required_headers]
        named += [self.fill_down.within] if self.fill_down and self.fill_down.within else []
        named += [self.reading.currency_column] if self.reading.currency_column else []
        named += [(self.as_of.text,)] if self.as_of.kind == "column" else []
        missing = [" / ".join(names) for names in named if index.find(names) is None]
        missing += find_missing_headers(self.keep_rows_where, index=index)
        for mapped in self.entities.values():
            if not mapped.is_optional:
                missing += mapped.find_missing(index=index)
        return tuple(dict.fromkeys(missing))

    @cached_property
    def requirements(self) -> tuple[str, ...]:
        """Every header the mapping cannot do without: what a file without headers would lack."""
        return self.find_missing(index=HeaderIndex(()))

    @property
    def has_delivery_data(self) -> bool:
        """Tell whether the source says when parcels arrive."""
        if "delivery_events" in self.entities:
            return True
        shipments = self.entities.get("shipments")
        delivered = shipments.columns.get("delivered_at") if shipments else None
        if delivered is None:
            return False
        return self.header is None or not find_missing(delivered, index=self.header_index)

    def find_absent(self) -> tuple[str, ...]:
        """List the optional headers that the mapping names and the bound file lacks."""
        absent = [
            name
            for mapped in self.entities.values()
            for expression in mapped.columns.values()
            for name in find_missing(expression, index=self.header_index)
        ]
        absent += [name for name in self.allow_extra if self.header_index.find((name,)) is None]
        return tuple(dict.fromkeys(absent))

    def read_options(self) -> ReadOptions:
        """Say what the reader must know; bound mappings name headers as the file spells them.

        Returns
        -------
        ReadOptions
        """
        mapped = self.entities[self.first_entity]
        key = [mapped.columns[name] for name in mapped.entity.key if name in mapped.columns]
        key_headers = self._spell(key, is_key=True)
        required = self._spell(mapped.required_expressions, is_key=False)
        return ReadOptions(
            format=self.reading.format,
            encoding=self.reading.encoding,
            delimiter=self.reading.delimiter,
            header_line=self.reading.header_line,
            explode=self.reading.explode,
            required_headers=frozenset((*key_headers, *required)),
            key_headers=key_headers,
            required_value_headers=tuple(name for name in required if name not in key_headers),
            mapped_headers=self._find_mapped() if self.header is not None else None,
        )

    def _find_mapped(self) -> frozenset[str]:
        """Name every header of the bound file that the mapping reads."""
        fill_down = self.fill_down or FillDown(())
        named = [self.required_headers, self.reading.currency_column, fill_down.within]
        named += [(name,) for name in (*fill_down.columns, *self.allow_extra, self.as_of.text)]
        expressions = [self.customer] if self.customer is not None else []
        tests = list(self.keep_rows_where)
        for mapped in self.entities.values():
            expressions += mapped.columns.values()
            tests += mapped.where
        named += [condition.headers for condition in iterate_conditions(tuple(tests))]
        found = {self.header_index.find(names) for names in named} - {None}
        for expression in expressions:
            found.update(find_headers(expression, index=self.header_index))
        return frozenset(name for name in found if name is not None)

    def _spell(self, expressions: Sequence[Expression], *, is_key: bool) -> tuple[str, ...]:
        """Name the headers of expressions; of an identified key only the first, which groups it."""
        names: list[str] = []
        for expression in expressions:
            found = find_headers(expression, index=self.header_index)
            identified = any(
                isinstance(inner.source, Identify) for inner in iterate_expressions(expression)
            )
            names += found[:1] if is_key and identified else found
        return tuple(dict.fromkeys(names))
