"""The only writer of HTML: templates with autoescape, shown through Streamlit.

Data enters as escaped text, never as an attribute that loads or runs something. SVG is built from
numbers. A template becomes one line that begins with a block tag, so that Markdown finds nothing
in it to interpret: no blank line, no paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import jinja2
import streamlit as st
from markupsafe import Markup, escape

from dashboards.lib.language import Language
from dashboards.lib.reason_drawings import AskedText, CodeRow, CountMatrix, Multiple, QuoteCard
from dashboards.lib.tables import (
    Edit,
    Figure,
    HeatMap,
    Link,
    Panel,
    Sentence,
    ShareBar,
    Table,
)

if TYPE_CHECKING:
    from streamlit.components.v2.types import ComponentRenderer

FOLDER: Final = Path(__file__).parent
NAME_LENGTH: Final = 24  # characters of a product name in a sentence, then …
# Direction marks reorder the text around them; other control characters have no shape.
UNSEEN: Final = re.compile(
    "[\u200e\u200f\u202a-\u202e\u2066-\u2069\u061c\x00-\x08\x0b-\x1f\x7f-\x9f]"
)
BLANKS: Final = re.compile(r"\s+")

TABLE_HTML: Final = '<div class="k-root"></div>'
# Shows escaped HTML and reports clicks on its links, so that a page change keeps the session.
TABLE_JS: Final = (FOLDER / "table.js").read_text(encoding="utf-8")
LANGUAGE_JS: Final = (FOLDER / "language.js").read_text(encoding="utf-8")
KEYS_JS: Final = (FOLDER / "keys.js").read_text(encoding="utf-8")


def clean(text: object) -> object:
    """Strip what cannot be seen and make every run of blanks one space."""
    if isinstance(text, Markup) or not isinstance(text, str):
        return text
    return BLANKS.sub(" ", UNSEEN.sub("", text)).strip()


def keep_blanks(text: str) -> Markup:
    """Escape a part of a text: what cannot be seen goes, the blanks around it stay.

    Examples
    --------
    >>> str(keep_blanks(" a   <b> "))
    ' a &lt;b&gt; '
    """
    return escape(BLANKS.sub(" ", UNSEEN.sub("", text)))


ENVIRONMENT: Final = jinja2.Environment(
    loader=jinja2.FileSystemLoader(FOLDER / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=clean,
)
ENVIRONMENT.filters["keep_blanks"] = keep_blanks


def render(template: str, **values: object) -> Markup:
    """Fill a template; every value is escaped.

    Returns
    -------
    Markup
        One line that begins with a block tag.
    """
    text = ENVIRONMENT.get_template(template).render(**values)
    return Markup(re.sub(r">\s*\n\s*<", "><", text).replace("\n", " ").strip())  # noqa: S704


def fill(template: str, **values: object) -> Markup:
    """Fill a sentence of our own words; every value but Markup is escaped.

    Examples
    --------
    >>> str(fill("「{name}」は {rate}", name="<b>", rate=strong("24.3%")))
    '「&lt;b&gt;」は <strong>24.3%</strong>'
    """
    cleaned = {name: clean(value) for name, value in values.items()}
    return Markup(template).format(**cleaned)  # noqa: S704


def strong(text: str, *, is_red: bool = False) -> Markup:
    """Set a number of a sentence; red only where somebody must act."""
    template = '<strong class="k-red">{text}</strong>' if is_red else "<strong>{text}</strong>"
    return fill(template, text=text)


def code(text: str) -> Markup:
    """Set a command, a file or a column."""
    return fill("<code>{text}</code>", text=text)


def join(sentences: Sequence[Markup], *, language: Language) -> Markup:
    """Put sentences after each other, with a space where the language has one."""
    blank = "" if language.code == "ja" else " "
    return Markup(blank).join(sentences)  # noqa: S704


def keep_blank(text: str) -> Markup:
    """Escape a text and keep the space that it begins with."""
    return Markup(text[: len(text) - len(text.lstrip(" "))]) + fill("{text}", text=text)  # noqa: S704


def shorten(name: str) -> str:
    """Cut a name for a sentence.

    Examples
    --------
    >>> shorten("あ" * 30) == "あ" * 24 + "…"
    True
    """
    cleaned = str(clean(name))
    return cleaned if len(cleaned) <= NAME_LENGTH else f"{cleaned[:NAME_LENGTH]}…"


def show(html: Markup) -> None:
    """Put rendered HTML on the page.

    Streamlit rewrites ``:material/`` and its like in the source before it reads any HTML, so no
    colon stands in it.
    """
    st.markdown(str(html).replace(":", "&#58;"), unsafe_allow_html=True, anchors=False)


def show_style(css: str) -> None:
    """Put a stylesheet of our own on the page."""
    st.html(f"<style>{css}</style>")


def show_language(language: Language, *, skip: str) -> None:
    """Tell the browser the language of the page, and say its first link in it.

    Parameters
    ----------
    language : Language
        Streamlit always says English.
    skip : str
        The link over the sidebar, for those who use the keyboard.
    """
    data = {"language": language.code, "skip": skip}
    _mount("kaeru_language", js=LANGUAGE_JS)(data=data, key="k_language")


def open_fields_by_key(fields: Mapping[str, str]) -> None:
    """Let keys open fields: by each key, what the key of its widget begins with."""
    _mount("kaeru_keys", js=KEYS_JS)(data={"fields": dict(fields)}, key="k_fields")


def show_eyebrow(parts: Sequence[str], *, label: str = "", note: str = "") -> None:
    """Show what stands above the title: department, basis, as-of."""
    show(render("eyebrow.html", parts=[part for part in parts if part], label=label, note=note))


def show_paragraph(text: str, *, kind: str) -> None:
    """Show a paragraph.

    Parameters
    ----------
    text : str
        Escaped, unless it is Markup from ``fill``.
    kind : {"answer", "caption", "note", "group"}
    """
    show(render("paragraph.html", text=text, kind=kind))


def show_heading(text: str) -> None:
    """Show the heading of a section; Streamlit's own would read Markdown in names."""
    show(render("heading.html", text=text))


def show_strip(figures: Sequence[Figure], *, name: str) -> None:
    """Show up to five values side by side."""
    show(render("strip.html", figures=figures, name=name))


def show_heat_map(heat: HeatMap) -> None:
    """Show rates by size and colour."""
    show(render("heat.html", heat=heat))


def show_shares(bars: Sequence[ShareBar], *, name: str) -> None:
    """Show shares as bars with their intervals."""
    show(render("shares.html", bars=bars, name=name))


def show_multiples(multiples: Sequence[Multiple], *, scale: str, name: str) -> None:
    """Show small lines on one scale; the first says what its upper end is."""
    show(render("multiples.html", multiples=multiples, scale=scale, name=name))


def show_matrix(matrix: CountMatrix) -> None:
    """Show counts of two answers to one question."""
    show(render("matrix.html", matrix=matrix))


def show_quotes(quotes: Sequence[QuoteCard], *, name: str) -> None:
    """Show customers' words, with the words that decided."""
    show(render("quotes.html", quotes=quotes, name=name))


def show_asked(asked: AskedText) -> None:
    """Show a text that a person should read."""
    show(render("asked.html", asked=asked))


def show_code_row(row: CodeRow) -> None:
    """Show how probable a reason is, and the words that decided."""
    show(render("code_row.html", row=row))


def show_panel(panel: Panel) -> None:
    """Show a state in the place of a chart or a table."""
    show(render("panel.html", panel=panel))


def show_notes(notes: Sequence[str]) -> None:
    """Show short sentences below each other."""
    show(render("notes.html", notes=notes))


def show_definitions(definitions: Sequence[tuple[str, str]]) -> None:
    """Show names with what the catalogue says about them."""
    show(render("definitions.html", definitions=definitions))


def show_table(table: Table) -> None:
    """Show a table that leads nowhere."""
    show(render("table.html", table=table))


def show_linked_table(table: Table, *, key: str) -> Link | Edit | str | None:
    """Show a table whose links, heads and notes can be clicked.

    Returns
    -------
    Link, Edit, str or None
        The link or the note that was clicked, the name to sort by, or nothing.
    """
    clicked = _show_clickable(render("table.html", table=table), key=key)
    for name in ("row", "edit"):
        number = clicked.get(name, "")
        if number.isdecimal() and int(number) < len(table.rows):
            cells = table.rows[int(number)].cells
            found = [cell.link if name == "row" else cell.edit for cell in cells]
            return next((one for one in found if one), None)
    sort = clicked.get("sort", "")
    return sort if sort in {column.sort for column in table.columns if column.sort} else None


def show_briefing(sentences: Sequence[Sentence], *, name: str, key: str) -> Link | None:
    """Show the sentences of the morning, each the link to its evidence.

    Returns
    -------
    Link or None
        The link that was clicked.
    """
    html = render("briefing.html", sentences=sentences, name=name)
    row = _show_clickable(html, key=key).get("row", "")
    return sentences[int(row)].link if row.isdecimal() and int(row) < len(sentences) else None


def _show_clickable(html: Markup, *, key: str) -> dict[str, str]:
    """Show HTML whose links report their data when clicked."""
    result = _mount("kaeru_table", html=TABLE_HTML, js=TABLE_JS)(
        data={"html": str(html)}, key=key, on_clicked_change=lambda: None
    )
    clicked = getattr(result, "clicked", None)
    return {k: str(v) for k, v in clicked.items()} if isinstance(clicked, dict) else {}


@cache
def _mount(name: str, *, js: str, html: str | None = None) -> ComponentRenderer:
    """Register a component once per process."""
    return st.components.v2.component(name, html=html, js=js, isolate_styles=False)
