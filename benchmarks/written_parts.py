"""Parts of a document that a command writes; what stands around them is written by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

BEGIN: Final = "<!-- begin {name} -->"
END: Final = "<!-- end {name} -->"


def write_part(document: Path, name: str, rows: Sequence[str], *, command: str) -> None:
    r"""Write the rows of a part, and the command that they come from, over what stood there.

    Parameters
    ----------
    document : Path
        Markdown; holds the two marks of the part, each on a line of its own.
    name : str
        Of the part.
    rows : sequence of str
        Lines of Markdown.
    command : str
        Typed again, it writes the part again.

    Raises
    ------
    ValueError
        If the document does not hold both marks, in their order.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     page = Path(folder) / "page.md"
    ...     _ = page.write_text("<!-- begin sum -->\nold\n<!-- end sum -->\n", encoding="utf-8")
    ...     write_part(page, "sum", ["2 cats"], command="count")
    ...     print(page.read_text(encoding="utf-8"))
    <!-- begin sum -->
    Written by `count`.
    <BLANKLINE>
    2 cats
    <!-- end sum -->
    <BLANKLINE>
    """
    text = document.read_text(encoding="utf-8")
    begin, end = BEGIN.format(name=name), END.format(name=name)
    before, found, rest = text.partition(f"{begin}\n")
    _, closed, after = rest.partition(f"{end}\n")
    if not (found and closed):
        raise ValueError(f"{document.name} lacks the part {name!r}, expected {begin} … {end}")
    written = "\n".join([f"Written by `{command}`.", "", *rows])
    document.write_text(f"{before}{begin}\n{written}\n{end}\n{after}", encoding="utf-8")
