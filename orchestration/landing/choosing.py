"""Choose the mapping that reads a file, or refuse the file and say what would make it fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from orchestration.landing.contracts import FileRefusedError, Problem
from orchestration.landing.file_names import find_entity, matches_glob
from orchestration.landing.header_names import HeaderIndex
from orchestration.landing.mapping_model import Mapping

_SHOWN_HEADERS: Final = 6  # missing headers that a message lists
_ANY_NAME: Final = "*"


@dataclass(frozen=True)
class _Fit:
    """How well a mapping fits a file."""

    mapping: Mapping
    label: str
    has_name: bool
    is_named: bool
    missing: tuple[str, ...]
    requirement_count: int

    @property
    def is_whole(self) -> bool:
        return self.has_name and not self.missing

    @property
    def rank(self) -> tuple[bool, int]:
        """A declared file name counts first, then how much of the header the mapping asks for."""
        return self.is_named, self.requirement_count

    @property
    def nearness(self) -> tuple[float, bool]:
        share = 1 - len(self.missing) / max(self.requirement_count, 1)
        return share if self.has_name else share / 2, self.has_name


def choose_mapping(
    file_name: str, header: Sequence[str], *, shop: Sequence[Mapping], shipped: Sequence[Mapping]
) -> Mapping:
    """Choose the mapping of a file by its name and its header.

    The shop's mappings come first, then the shipped ones, then the built-in format (the shop's own
    list of aliases where it has one). Within a tier the glob, where given, and all required
    headers must match; a mapping with a matching glob beats one without, more required headers
    beat fewer.

    Parameters
    ----------
    file_name : str
        Without folder.
    header : sequence of str
    shop, shipped : sequence of Mapping

    Returns
    -------
    Mapping
        Bound to the file.

    Raises
    ------
    FileRefusedError
        ``several_mappings_fit`` with both names; ``no_mapping_fits`` with the two nearest mappings
        and the headers that each lacks.
    """
    index = HeaderIndex(header)
    built_in = [mapping for mapping in shop if mapping.is_canonical]
    built_in = built_in or [mapping for mapping in shipped if mapping.is_canonical]
    seen: list[_Fit] = []
    for tier in (shop, shipped):
        fits = [_fit(m, file_name, index=index) for m in tier if not m.is_canonical]
        if chosen := _pick(fits):
            return chosen.bind(file_name=file_name, header=header)
        seen += fits
    fits = [fit for mapping in built_in for fit in _fit_built_in(mapping, file_name, index=index)]
    if chosen := _pick(fits):
        return chosen.bind(file_name=file_name, header=header)
    raise FileRefusedError(_build_refusal([*fits, *seen]))


def _fit(mapping: Mapping, file_name: str, *, index: HeaderIndex) -> _Fit:
    return _Fit(
        mapping=mapping,
        label=mapping.name,
        has_name=not mapping.files or matches_glob(file_name, globs=mapping.files),
        is_named=bool(mapping.files),
        missing=mapping.find_missing(index=index),
        requirement_count=len(mapping.requirements),
    )


def _fit_built_in(mapping: Mapping, file_name: str, *, index: HeaderIndex) -> Iterator[_Fit]:
    named = find_entity(file_name, entities=mapping.entities)
    for entity in mapping.entities:
        narrowed = mapping.narrow(entity)
        yield _Fit(
            mapping=narrowed,
            label=f"{mapping.name} ({entity}-{_ANY_NAME}.csv)",
            has_name=entity == named,
            is_named=True,
            missing=narrowed.find_missing(index=index),
            requirement_count=len(narrowed.requirements),
        )


def _pick(fits: Sequence[_Fit]) -> Mapping | None:
    whole = sorted((fit for fit in fits if fit.is_whole), key=lambda fit: fit.rank, reverse=True)
    if not whole:
        return None
    equal = sorted(fit.label for fit in whole if fit.rank == whole[0].rank)
    if len(equal) > 1:
        parameters = {"first": equal[0], "second": equal[1]}
        raise FileRefusedError(Problem(rule="several_mappings_fit", parameters=parameters))
    return whole[0].mapping


def _build_refusal(fits: Sequence[_Fit]) -> Problem:
    nearest = sorted(fits, key=lambda fit: (fit.nearness, fit.label), reverse=True)[:2]
    parameters: dict[str, str] = {}
    for place, fit in zip(("first", "second"), nearest, strict=False):
        lacking = list(fit.missing[:_SHOWN_HEADERS])
        if len(fit.missing) > _SHOWN_HEADERS:
            lacking.append("…")
        if not fit.has_name:
            globs = ", ".join(fit.mapping.files)
            lacking.append(f"[{globs}]" if globs else f"[{fit.mapping.first_entity}-*.csv]")
        parameters[place] = fit.label
        parameters[f"{place}_missing"] = ", ".join(lacking)
    return Problem(rule="no_mapping_fits", parameters=parameters)
