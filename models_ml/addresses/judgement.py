"""What is said of an address: the question, and the judgement with the only way to mend it."""

from __future__ import annotations

from dataclasses import dataclass, field

from models_ml.addresses.places import City, Place, Town
from models_ml.addresses.postal_text import PostalText
from models_ml.addresses.sites import Reading


@dataclass(frozen=True, slots=True)
class Question:
    """Everything that an address says, before it is judged.

    Attributes
    ----------
    text : str
        Folded address.
    postal : PostalText
    places : tuple of Place
        What the code means.
    reading : Reading
    """

    text: str
    postal: PostalText
    places: tuple[Place, ...]
    reading: Reading


@dataclass(frozen=True, slots=True)
class Edit:
    """A span of the folded address and what is written in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """What the address may mean."""

    code: str
    city: City
    town: Town | None


@dataclass(slots=True)
class Judgement:
    """What is wrong, and how it is mended where that is certain.

    Attributes
    ----------
    codes : list of str
    is_certain : bool
        Whether exactly one mending fits.
    edits : list of Edit
    code : str
        The code that belongs to the address; empty where the typed one does, or none is certain.
    candidates : list of Candidate
    rest : int
        Where the lot number has to begin; -1 where the place is not known.
    most_blocks : int
        Of the town.
    """

    codes: list[str] = field(default_factory=list)
    is_certain: bool = True
    edits: list[Edit] = field(default_factory=list)
    code: str = ""
    candidates: list[Candidate] = field(default_factory=list)
    rest: int = -1
    most_blocks: int = 0
