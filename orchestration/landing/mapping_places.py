"""Walk through the text of a mapping file and refuse, by name, what does not belong there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NoReturn

from orchestration.landing.contracts import Problem
from orchestration.landing.values import find_nearest


class MappingError(Exception):
    """A mapping file cannot be used.

    Attributes
    ----------
    problem : Problem
        ``parameters`` holds ``file``, ``key`` and what the rule's message needs besides; render it
        with ``messages.render``.
    """

    def __init__(self, problem: Problem) -> None:
        details = ", ".join(f"{name}={text}" for name, text in problem.parameters.items() if text)
        super().__init__(f"{problem.rule}: {details}")
        self.problem = problem


@dataclass(frozen=True)
class Place:
    """A node of the parsed YAML, which knows where it stands.

    Attributes
    ----------
    file : str
        Name of the mapping file.
    path : tuple of str
        Keys that lead to the node.
    node : object
        ``dict``, ``list`` or ``str``, nested.
    """

    file: str
    path: tuple[str, ...]
    node: object

    def refuse(self, rule: str, **parameters: str) -> NoReturn:
        """Raise the error that names file, key and what was found.

        Raises
        ------
        MappingError
        """
        places = {"file": self.file, "key": ".".join(self.path) or "-"}
        raise MappingError(Problem(rule=rule, parameters={**places, **parameters}))

    def refuse_name(self, rule: str, *, found: str, known: Iterable[str]) -> NoReturn:
        """Raise the error of an unknown name, with the nearest known ones, or all if none is near.

        Raises
        ------
        MappingError
        """
        names = tuple(known)
        nearest = find_nearest(found, known=names) or names
        self.refuse(rule, found=found, nearest=", ".join(nearest))

    def enter(self, key: str, node: object) -> Place:
        """Return the place of a node one key deeper."""
        return Place(self.file, (*self.path, key), node)

    def read_map(self) -> dict[str, Place]:
        """Read a YAML mapping with free keys."""
        if not isinstance(self.node, dict):
            self._refuse_kind("key: value")
        return {key: self.enter(key, node) for key, node in self.node.items()}

    def read_options(self, known: Sequence[str], *, needed: Sequence[str] = ()) -> dict[str, Place]:
        """Read a YAML mapping whose keys must be among ``known`` and include ``needed``."""
        places = self.read_map()
        for key in places:
            if key not in known:
                self.refuse_name("mapping_unknown_option", found=key, known=known)
        for key in needed:
            if key not in places:
                self.refuse("mapping_missing_option", found=key)
        return places

    def read_list(self) -> list[Place]:
        """Read a YAML list; a single value counts as a list of one."""
        nodes = self.node if isinstance(self.node, list) else [self.node]
        if not nodes or nodes == [""]:
            self._refuse_kind("[…]")
        return [self.enter(str(number), node) for number, node in enumerate(nodes, start=1)]

    def read_text(self) -> str:
        """Read a text that is not empty."""
        if not isinstance(self.node, str) or not self.node:
            self._refuse_kind("text")
        return self.node

    def read_texts(self) -> tuple[str, ...]:
        """Read a list of texts; a single text counts as a list of one."""
        return tuple(place.read_text() for place in self.read_list())

    def read_flag(self) -> bool:
        """Read ``true`` or ``false``."""
        return self.read_choice(("true", "false")) == "true"

    def read_whole(self) -> int:
        """Read a whole number that is not negative."""
        if not isinstance(self.node, str) or not re.fullmatch(r"\d{1,6}", self.node):
            self._refuse_kind("0, 1, 2, …")
        return int(self.node)

    def read_choice(self, allowed: Sequence[str]) -> str:
        """Read one of a few words."""
        if not isinstance(self.node, str) or self.node not in allowed:
            self._refuse_kind(" | ".join(allowed))
        return self.node

    def read_pattern(self) -> re.Pattern[str]:
        """Read a regular expression."""
        text = self.read_text()
        try:
            return re.compile(text)
        except re.error as error:
            self.refuse("mapping_bad_pattern", found=text, reason=str(error))

    def _refuse_kind(self, expected: str) -> NoReturn:
        found = self.node if isinstance(self.node, str) else type(self.node).__name__
        self.refuse("mapping_bad_value", found=found or "-", expected=expected)
