"""Read YAML in which every scalar is text, and in which no key stands twice."""

from __future__ import annotations

from typing import Final

import yaml

_MAP_TAG: Final = yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG


class DuplicateKeyError(yaml.YAMLError):
    """One key stands twice in the same YAML mapping."""

    def __init__(self, key: str, *, line: int) -> None:
        super().__init__(f"line {line}: the key {key!r} stands twice")
        self.key = key
        self.line = line


class _TextLoader(yaml.SafeLoader):
    """A safe loader without guesses: ``no``, ``1e3`` and ``1990-12-31`` stay as written."""


_TextLoader.yaml_implicit_resolvers = {}


def _construct_map(loader: _TextLoader, node: yaml.MappingNode) -> dict[str, object]:
    found: dict[str, object] = {}
    for key_node, value_node in node.value:
        key = str(loader.construct_object(key_node, deep=True))
        if key in found:
            raise DuplicateKeyError(key, line=key_node.start_mark.line + 1)
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_TextLoader.add_constructor(_MAP_TAG, _construct_map)


def parse_yaml_text(text: str) -> object:
    """Parse one YAML document without interpreting any scalar.

    Parameters
    ----------
    text : str
        The document. Anchors and aliases are allowed.

    Returns
    -------
    object
        ``dict``, ``list`` and ``str``, nested; an empty scalar is ``""``, an empty document None.

    Raises
    ------
    yaml.YAMLError
        If the text is no YAML; ``DuplicateKeyError`` if a key stands twice.

    Examples
    --------
    >>> parse_yaml_text("{consent: no, since: 1990-12-31, level: 1e3}")
    {'consent': 'no', 'since': '1990-12-31', 'level': '1e3'}
    """
    loader = _TextLoader(text)
    try:
        return loader.get_single_data()
    finally:
        loader.dispose()
