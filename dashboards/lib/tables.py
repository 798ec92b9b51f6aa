"""What a table on a page is made of. Text only; the templates write the HTML."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import quote

from dashboards.lib.action_drawings import Difference, Turn
from dashboards.lib.drawings import Bar, Days, Interval, Span, Wait
from dashboards.lib.fit_drawings import Direction, Profile
from dashboards.lib.glyphs import Part
from dashboards.lib.sparklines import Spark
from dashboards.lib.yard_drawings import Mark

Glyph = Bar | Days | Difference | Direction | Interval | Part | Profile | Span | Spark | Turn
Drawing = Glyph | Mark | Wait
Align = Literal["left", "right"]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Attributes
    ----------
    label, sub_label : str
        Two lines of the head at most.
    align : {"left", "right"}
    is_label_hidden : bool
        The head is there for screen readers only.
    is_wide_only : bool
        Left out on a phone.
    is_roomy : bool
        Holds names that should not break.
    sort : str
        Name to sort by on a click of the head; empty: no sorting.
    is_sorted : bool
    """

    label: str
    sub_label: str = ""
    align: Align = "left"
    is_label_hidden: bool = False
    is_wide_only: bool = False
    is_roomy: bool = False
    sort: str = ""
    is_sorted: bool = False


@dataclass(frozen=True)
class Link:
    """Where a cell leads: a page of this app and what it is about.

    Attributes
    ----------
    page : str
        URL path of the page.
    style : str
        Style that it opens; empty for a page that is about none.
    """

    page: str
    style: str = ""

    @property
    def address(self) -> str:
        """Return the relative address, for a new tab."""
        return f"{self.page}?style={quote(self.style, safe='')}" if self.style else self.page


@dataclass(frozen=True)
class Edit:
    """What a reader may write about a row: opens a dialog.

    Attributes
    ----------
    key : str
        Which row.
    text : str
        What is written already, or an invitation.
    label : str
        The same for those who cannot see the row.
    """

    key: str
    text: str
    label: str


@dataclass(frozen=True)
class Tag:
    """A word in a frame: what to mind about a row.

    Attributes
    ----------
    text : str
    kind : {"plain", "red", "change"}
    """

    text: str
    kind: Literal["plain", "red", "change"] = "plain"


@dataclass(frozen=True)
class Cell:
    """A cell of a table.

    Attributes
    ----------
    text : str
        First line.
    before, note : str
        Muted, on the first line before and after the text.
    sub : str
        Second line, muted.
    link : Link or None
    drawing : drawing or None
    tags : tuple of Tag
    edit : Edit or None
        At the end of the second line.
    is_strong, is_code, is_red : bool
    """

    text: str = ""
    before: str = ""
    note: str = ""
    sub: str = ""
    link: Link | None = None
    drawing: Drawing | None = None
    tags: tuple[Tag, ...] = ()
    edit: Edit | None = None
    is_strong: bool = False
    is_code: bool = False
    is_red: bool = False


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes
    ----------
    cells : tuple of Cell
        As many as there are columns.
    is_muted : bool
        Do not judge yet.
    is_total : bool
    """

    cells: tuple[Cell, ...]
    is_muted: bool = False
    is_total: bool = False


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes
    ----------
    name : str
        What a screen reader calls it; unique on its page.
    columns : tuple of Column
    rows : tuple of Row
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Figure:
    """One value of a strip.

    Attributes
    ----------
    label, value, unit, note : str
    is_red : bool
        The note says that somebody must act.
    """

    label: str
    value: str
    unit: str = ""
    note: str = ""
    is_red: bool = False


@dataclass(frozen=True)
class HeatCell:
    """One size in one colour.

    Attributes
    ----------
    value, sample : str
        Empty where nothing was delivered.
    step : int
        0 where it is too early to judge, else 1 to 5.
    """

    value: str = ""
    sample: str = ""
    step: int = 0


@dataclass(frozen=True)
class HeatMap:
    """Rates by size (columns) and colour (rows).

    Attributes
    ----------
    name : str
    corner : str
    sizes : tuple of str
    rows : tuple of (str, tuple of HeatCell)
    """

    name: str
    corner: str
    sizes: tuple[str, ...]
    rows: tuple[tuple[str, tuple[HeatCell, ...]], ...]


@dataclass(frozen=True)
class ShareBar:
    """A share with its interval, in percent of the axis.

    Attributes
    ----------
    label, value, words : str
        ``words`` says all of it for those who cannot see.
    width, low, high : float
        In [0, 100].
    tick : float or None
        What it is compared with.
    is_accent : bool
        The heading speaks of it.
    beside, read : float or None
        The same share as the inspection sees it, and by customers' own words.
    """

    label: str
    value: str
    words: str
    width: float
    low: float
    high: float
    tick: float | None = None
    is_accent: bool = False
    beside: float | None = None
    read: float | None = None


@dataclass(frozen=True)
class Sentence:
    """A sentence of the morning, with what it stands on.

    Attributes
    ----------
    text : str
        Its number is set as Markup; the sentence is the link to its evidence.
    proof : str
    link : Link
    drawing : drawing
    drawn : str
        What the drawing shows.
    tag : str
        A word where a decision is open, else empty.
    is_red : bool
    """

    text: str
    proof: str
    link: Link
    drawing: Drawing
    drawn: str
    tag: str = ""
    is_red: bool = False


@dataclass(frozen=True)
class Panel:
    """A state shown in the place of a chart or a table.

    Attributes
    ----------
    kind : {"empty", "hatched", "red"}
    title, text : str
    lines : tuple of str
    """

    kind: Literal["empty", "hatched", "red"]
    title: str
    text: str
    lines: tuple[str, ...] = field(default_factory=tuple)
