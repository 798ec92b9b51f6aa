"""Which mapping reads a file of the inbox: its head is read as each mapping declares it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from orchestration.fingerprint import SHIPPED_MAPPINGS
from orchestration.folder import ShopFolder
from orchestration.landing.choosing import choose_mapping
from orchestration.landing.contracts import (
    FileFormat,
    FileRefusedError,
    Head,
    Problem,
    ReadOptions,
)
from orchestration.landing.file_names import matches_glob
from orchestration.landing.mapping import MappingError, load_mappings
from orchestration.landing.mapping_model import Mapping
from orchestration.landing.messages import render
from orchestration.landing.reading import read_head
from orchestration.wording import Words, WrongUseError

SEVERAL_FIT: Final = "several_mappings_fit"
EXTENSIONS: Final[dict[str, FileFormat]] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".parquet": "parquet",
}

BAD_MAPPING: Final = Words(
    ja="マッピングを直してください: {message_ja} {way_out_ja}",
    en="Mend the mapping: {message_en} {way_out_en}",
)


@dataclass(frozen=True)
class Mappings:
    """All mappings a shop's files may be read with.

    Attributes
    ----------
    shop, shipped : tuple of Mapping
    """

    shop: tuple[Mapping, ...]
    shipped: tuple[Mapping, ...]

    @property
    def lead_times(self) -> dict[str, int]:
        """Days that mappings state for their source; the shop's own have the last word."""
        stated = [m for m in (*self.shipped, *self.shop) if m.lead_time_days is not None]
        return {m.source: m.lead_time_days for m in stated if m.lead_time_days is not None}

    @property
    def delivering_sources(self) -> frozenset[str]:
        """Sources whose mapping says when parcels arrive; the built-in format may not use it."""
        named = [m for m in (*self.shipped, *self.shop) if not m.is_canonical]
        return frozenset(m.source for m in named if m.has_delivery_data)


def load_all_mappings(shop: Path) -> Mappings:
    """Load the shop's mappings and the shipped ones.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    Mappings

    Raises
    ------
    WrongUseError
        If a mapping cannot be used; the message names file, key and the nearest names.
    """
    try:
        own = load_mappings(ShopFolder(shop).mappings)
        return Mappings(shop=own, shipped=load_mappings(SHIPPED_MAPPINGS))
    except MappingError as error:
        raise WrongUseError(BAD_MAPPING, **render_both(error.problem)) from error


def render_both(problem: Problem) -> dict[str, str]:
    """Render message and way out of a problem in both languages, under the store's names."""
    message_ja, way_out_ja = render(problem, language="ja")
    message_en, way_out_en = render(problem, language="en")
    return {
        "message_ja": message_ja,
        "message_en": message_en,
        "way_out_ja": way_out_ja,
        "way_out_en": way_out_en,
    }


@dataclass(frozen=True)
class Choice:
    """The mapping of one file.

    Attributes
    ----------
    mapping : Mapping
        Bound to the file.
    encoding : str
        In which its head was read.
    """

    mapping: Mapping
    encoding: str


def choose_for_file(path: Path, *, mappings: Mappings) -> Choice:
    """Choose the mapping of a file by its name and its header.

    Parameters
    ----------
    path : Path
    mappings : Mappings

    Returns
    -------
    Choice

    Raises
    ------
    FileRefusedError
        If the head cannot be read, no mapping fits, or two fit equally.
    """
    read = _remember_heads(path)
    for tier in (mappings.shop, mappings.shipped):
        fits = list(_find_declared_fits(path, tier=tier, read=read))
        if fits:
            return _pick(fits)
    head = read(ReadOptions())
    chosen = choose_mapping(path.name, head.header, shop=mappings.shop, shipped=mappings.shipped)
    return Choice(chosen, head.encoding)


def _remember_heads(path: Path) -> Callable[[ReadOptions], Head]:
    """Read the head of a file at most once for each way of reading it."""
    heads: dict[ReadOptions, Head] = {}

    def read(options: ReadOptions) -> Head:
        if options not in heads:
            heads[options] = read_head(path, options=options)
        return heads[options]

    return read


def _find_declared_fits(
    path: Path, *, tier: Sequence[Mapping], read: Callable[[ReadOptions], Head]
) -> Iterator[Choice]:
    """Find the mappings that fit when the head is read as they declare it.

    Detection cannot know what only a mapping says: EUC-JP, a header in line 3, another delimiter.
    Where no mapping of a tier declares anything, the head as detected decides alone.
    """
    named = [m for m in tier if not m.files or matches_glob(path.name, globs=m.files)]
    groups: dict[ReadOptions, list[Mapping]] = {}
    for mapping in named:
        if not mapping.is_canonical and _has_format(path, mapping.reading.format):
            groups.setdefault(_declare(mapping), []).append(mapping)
    if set(groups) <= {ReadOptions()}:
        return
    for options, group in groups.items():
        try:
            head = read(options)
            chosen = choose_mapping(path.name, head.header, shop=group, shipped=())
            yield Choice(chosen, head.encoding)
        except FileRefusedError as error:
            if error.problem.rule == SEVERAL_FIT:
                raise


def _has_format(path: Path, declared: FileFormat | None) -> bool:
    """Tell whether a file's name allows the format that a mapping declares."""
    suffix = Path(path.name.lower().removesuffix(".gz")).suffix
    return declared is None or EXTENSIONS.get(suffix, declared) == declared


def _declare(mapping: Mapping) -> ReadOptions:
    reading = mapping.reading
    return ReadOptions(
        format=reading.format,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
        header_line=reading.header_line,
        explode=reading.explode,
    )


def _pick(fits: Sequence[Choice]) -> Choice:
    """Pick as ``choose_mapping`` does: a declared file name first, then the longer header."""

    def rank(choice: Choice) -> tuple[bool, int]:
        return bool(choice.mapping.files), len(choice.mapping.requirements)

    best = max(fits, key=rank)
    equal = sorted(one.mapping.name for one in fits if rank(one) == rank(best))
    if len(equal) > 1:
        parameters = {"first": equal[0], "second": equal[1]}
        raise FileRefusedError(Problem(rule=SEVERAL_FIT, parameters=parameters))
    return best
