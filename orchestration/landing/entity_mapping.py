"""How the records of a file feed one canonical entity."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.landing.canonical import Entity
from orchestration.landing.conditions import Test, iterate_conditions
from orchestration.landing.expressions import Expression, find_missing
from orchestration.landing.header_names import HeaderIndex


@dataclass(frozen=True)
class EntityMapping:
    """How records feed one canonical entity.

    Attributes
    ----------
    entity : Entity
    columns : mapping of str to Expression
        By canonical column.
    where : tuple of Test
        All must hold for a record to feed the entity.
    is_optional : bool
        Left out where the file lacks a header that the entity needs.
    """

    entity: Entity
    columns: Mapping[str, Expression]
    where: tuple[Test, ...] = ()
    is_optional: bool = False

    @property
    def required_expressions(self) -> tuple[Expression, ...]:
        """Expressions of the columns that every record must fill."""
        return tuple(
            expression
            for name, expression in self.columns.items()
            if name in self.entity.columns and self.entity.columns[name].is_required
        )

    def find_missing(self, *, index: HeaderIndex) -> tuple[str, ...]:
        """List the headers without which a file cannot feed the entity."""
        missing = [
            name
            for expression in self.required_expressions
            for name in find_missing(expression, index=index)
        ]
        choices = [self.columns[name] for name in self.entity.any_of if name in self.columns]
        lacking = [find_missing(choice, index=index) for choice in choices]
        if choices and all(lacking):
            missing.append(" / ".join(name for names in lacking for name in names))
        return (*missing, *find_missing_headers(self.where, index=index))


def find_missing_headers(tests: tuple[Test, ...], *, index: HeaderIndex) -> tuple[str, ...]:
    """List the headers that conditions name and a file lacks."""
    return tuple(
        " / ".join(condition.headers)
        for condition in iterate_conditions(tests)
        if index.find(condition.headers) is None
    )
