"""HTML: data is text, whatever it looks like."""

from __future__ import annotations

import pytest

from dashboards.lib import markup
from dashboards.lib.sparklines import draw_spark
from dashboards.lib.tables import (
    Cell,
    Column,
    Figure,
    HeatMap,
    Link,
    Panel,
    Row,
    ShareBar,
    Table,
    Tag,
)

HOSTILE = [
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    '"><svg onload=alert(1)>',
    "{{ 7 * 7 }}{% raw %}",
    "\n\n![](http://example.com/x.png)\n\n# heading",
    "javascript:alert(1)",
    "' onmouseover='alert(1)",
]


def render_everything(text: str) -> list[str]:
    cell = Cell(text, note=text, sub=text, link=Link("one_style", text), tags=(Tag(text),))
    code = Cell(text, is_code=True)
    spark = Cell(drawing=draw_spark([0.1], undeveloped=0, top=1, is_muted=False, label=text))
    table = Table(
        text, (Column(text, text), Column(text), Column(text)), (Row((cell, code, spark)),)
    )
    bar = ShareBar(text, text, text, 1, 0, 2)
    heat = HeatMap(text, text, (text,), ((text, ()),))
    return [
        markup.render("table.html", table=table),
        markup.render("strip.html", figures=[Figure(text, text, text, text)], name=text),
        markup.render("heat.html", heat=heat),
        markup.render("shares.html", bars=[bar], name=text),
        markup.render("panel.html", panel=Panel("empty", text, text, (text,))),
        markup.render("eyebrow.html", parts=[text], label=text, note=text),
        markup.render("paragraph.html", text=text, kind="answer"),
        markup.render("notes.html", notes=[text]),
        markup.render("definitions.html", definitions=[(text, text)]),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_data_never_becomes_markup(text: str) -> None:
    for html in render_everything(text):
        assert "<img" not in html
        assert "<script" not in html
        assert "<svg onload" not in html
        assert 'href="javascript' not in html
        assert " onmouseover='" not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_html_is_one_block_that_markdown_leaves_alone(text: str) -> None:
    for html in render_everything(text):
        assert "\n" not in html
        assert html.startswith(("<div", "<p", "<table", "<ul", "<dl"))


def test_direction_marks_and_control_characters_are_stripped() -> None:
    html = markup.render("paragraph.html", text="\u202eab\u200fc\x00d\ne", kind="note")
    assert "abcd e" in html


def test_a_sentence_escapes_its_values_but_keeps_our_numbers() -> None:
    filled = markup.fill("「{name}」は {n}", name="<b>x</b>", n=markup.strong("<3"))
    assert str(filled) == "「&lt;b&gt;x&lt;/b&gt;」は <strong>&lt;3</strong>"


def test_a_template_without_a_value_fails() -> None:
    with pytest.raises(Exception, match="undefined"):
        markup.render("paragraph.html", kind="note")


def test_an_address_holds_a_style_as_a_value_only() -> None:
    assert Link("one_style", "a&lang=en/../x?y").address == (
        "one_style?style=a%26lang%3Den%2F..%2Fx%3Fy"
    )
