"""How a shop reads reasons now: its own codes, and its champion or the day-one reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from models_ml.reasons.reader import AUTO, find_direction, name_version
from models_ml.reasons.trained_reading import FullReading, read_by_lexicon, read_by_model
from orchestration.clock import read_utc_now, to_shop_day
from orchestration.reason_models import load_model, load_taxonomy
from orchestration.reason_policies import load_reason_policies
from orchestration.reason_registry import find_champion_folder
from orchestration.settings import load_settings

if TYPE_CHECKING:
    from models_ml.reasons.model import ReasonModel
    from models_ml.reasons.taxonomy import Taxonomy

NONE: Final = "NONE"
CHUNK: Final = 1_000  # texts that are read together
REMEMBERED: Final = 2**18  # distinct texts whose reading is kept while a file is read


@dataclass(frozen=True)
class ReasonReader:
    """Reads texts by one model, or by the shipped reading where there is none.

    Attributes
    ----------
    taxonomy : Taxonomy
        Codes that may be answered.
    model : ReasonModel, optional
    """

    taxonomy: Taxonomy
    model: ReasonModel | None = None

    @cached_property
    def version(self) -> str:
        """The content of what reads."""
        return name_version() if self.model is None else self.model.version

    def read(self, texts: Sequence[str], *, language: str = AUTO) -> list[FullReading]:
        """Read texts, each alone, in their order."""
        if self.model is None:
            return [
                read_by_lexicon(text, taxonomy=self.taxonomy, language=language) for text in texts
            ]
        read = read_by_model(texts, model=self.model, language=language)
        return [self.keep_own_codes(one) for one in read]

    def keep_own_codes(self, full: FullReading) -> FullReading:
        """Answer in the codes of today: a shop may have added and ended some since the training."""
        probabilities = {code: full.probabilities.get(code, 0.0) for code in self.taxonomy.codes}
        if probabilities.keys() == full.probabilities.keys():
            return full
        reading = full.reading
        codes: Mapping[str, float] = {
            code: share for code, share in reading.codes.items() if code in probabilities
        }
        is_lost = len(codes) < len(reading.codes)
        direction = find_direction(codes) if is_lost else reading.direction
        reading = replace(
            reading,
            codes=codes,
            direction=direction,
            is_abstained=reading.is_abstained or is_lost,
        )
        return FullReading(reading, probabilities)


def read_each(
    reader: ReasonReader, texts: Iterable[str], *, language: str = AUTO
) -> Iterator[FullReading]:
    """Read a stream of texts, some at a time; a text that comes again is not read again.

    Yields
    ------
    FullReading
        One per text, in their order.
    """
    remembered: dict[str, FullReading] = {}
    stream = iter(texts)
    while chunk := list(islice(stream, CHUNK)):
        new = [text for text in dict.fromkeys(chunk) if text not in remembered]
        if len(remembered) + len(new) > REMEMBERED:
            remembered.clear()
            new = list(dict.fromkeys(chunk))
        remembered |= zip(new, reader.read(new, language=language), strict=True)
        yield from (remembered[text] for text in chunk)


def load_reader(*, shop: Path | None = None, model: Path | None = None) -> ReasonReader:
    """Load what reads: a model's folder, else a shop's champion, else the shipped reading.

    Parameters
    ----------
    shop : Path, optional
        The shop's folder.
    model : Path, optional
        A model's folder, of ``kaeru reasons train``; goes before the shop's champion.

    Returns
    -------
    ReasonReader

    Raises
    ------
    KaeruError
        If a folder holds no model.
    WrongUseError
        If the shop's own reasons cannot be read.
    """
    if model is not None:
        trained = load_model(model)
        return ReasonReader(trained.taxonomy, trained)
    if shop is None:
        return ReasonReader(load_taxonomy(None))
    folder = find_champion_folder(shop)
    return ReasonReader(load_shop_taxonomy(shop), load_model(folder) if folder else None)


def load_shop_taxonomy(shop: Path) -> Taxonomy:
    """Read the reasons that a shop can name today: the shipped ones, and its own over them.

    Parameters
    ----------
    shop : Path
        The shop's folder.

    Returns
    -------
    Taxonomy
        Without reasons that have not begun or have ended on the shop's day.

    Raises
    ------
    WrongUseError
        If ``policies/reason_taxonomy.csv`` cannot be used.
    """
    shipped = load_taxonomy(None)
    today = to_shop_day(read_utc_now(), time_zone=load_settings(shop).time_zone)
    codes = list(shipped.codes)
    for row in load_reason_policies(shop).reasons:
        code = str(row["reason_code"])
        begins, ends = row.get("valid_from_date"), row.get("valid_to_date")
        is_valid = (not begins or begins <= today) and (not ends or today <= ends)
        if is_valid and code not in (*codes, NONE):
            codes.append(code)
        elif not is_valid and code in codes:
            codes.remove(code)
    lexicon = {spoken: meant for spoken, meant in shipped.lexicon.items() if spoken in codes}
    return replace(shipped, codes=tuple(codes), lexicon=lexicon)
