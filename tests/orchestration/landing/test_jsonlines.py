"""What the reader makes of JSON Lines."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from orchestration.landing import reading_rules as rules
from orchestration.landing.blocks import iterate_blocks
from orchestration.landing.contracts import FileRefusedError, ReadOptions
from orchestration.landing.decoding import LineDecoder
from orchestration.landing.jsonlines import JsonLinesReader
from orchestration.landing.reading import read_head
from tests.orchestration.landing.read_files import Found, read_bytes

GOOD = '{"id": "1", "amount": 100}\n'


def read_text(folder: Path, text: str, *, explode: str | None = None) -> Found:
    options = ReadOptions(explode=explode)
    return read_bytes(folder, text.encode(), name="refunds.jsonl", options=options)


def as_records(found: Found) -> list[dict[str, str | None]]:
    return [dict(zip(found.header, row, strict=True)) for row in found.rows]


def test_values_become_text_exactly(tmp_path: Path) -> None:
    text = (
        '{"id": "007", "price": 1000.10, "big": 12345678901234567890123, "e": 1E3, "yes": true,'
        ' "no": false, "none": null, "empty": "", "name": "サイズ", "emoji": "\\ud83d\\ude00"}\n'
    )
    assert as_records(read_text(tmp_path, text)) == [
        {
            "id": "007",
            "price": "1000.10",
            "big": "12345678901234567890123",
            "e": "1E3",
            "yes": "true",
            "no": "false",
            "none": None,
            "empty": None,
            "name": "サイズ",
            "emoji": "😀",
        }
    ]


def test_nested_objects_become_dotted_headers_and_lists_stay_json(tmp_path: Path) -> None:
    text = (
        '{"return": {"name": "R1", "by": {"id": 5}}, "tags": ["a", 1.50, {"k": null}],'
        ' "none": [], "nothing": {}}\n'
    )
    assert as_records(read_text(tmp_path, text)) == [
        {"return.name": "R1", "return.by.id": "5", "tags": '["a",1.50,{"k":null}]', "none": None}
    ]


def test_an_exploded_list_gives_one_record_per_item(tmp_path: Path) -> None:
    text = (
        '{"name": "R1", "lines": {"nodes": [{"sku": "A", "n": 1}, {"sku": "B"}], "count": 2}}\n'
        '{"name": "R2", "lines": {"nodes": ["C"]}}\n'
    )
    found = read_text(tmp_path, text, explode="lines.nodes")
    assert found.lines == [1, 1, 2]
    assert [
        (r["name"], r["lines.nodes.sku"], r["lines.nodes.n"], r["lines.count"], r["lines.nodes"])
        for r in as_records(found)
    ] == [("R1", "A", "1", "2", None), ("R1", "B", None, "2", None), ("R2", None, None, None, "C")]


@pytest.mark.parametrize(
    ("line", "rule", "column"),
    [
        ('{"id": "2", ', rules.JSON_INVALID, None),
        ("id,amount", rules.JSON_INVALID, None),
        ('["2", 100]', rules.JSON_NOT_OBJECT, None),
        ('"2"', rules.JSON_NOT_OBJECT, None),
        ("null", rules.JSON_NOT_OBJECT, None),
        ('{"id": "2", "id": "3"}', rules.JSON_DUPLICATE_KEY, "id"),
        ('{"id": "2", "by": {"x": 1, "x": 1}}', rules.JSON_DUPLICATE_KEY, "by.x"),
        ('{"id": "2", "tags": [{"x": 1, "x": 1}]}', rules.JSON_DUPLICATE_KEY, "tags.x"),
        ('{"a": {"b": 1}, "a.b": 2}', rules.JSON_DUPLICATE_KEY, "a.b"),
        ('{"id": "2", "amount": NaN}', rules.JSON_NOT_A_NUMBER, "amount"),
        ('{"id": "2", "amount": [-Infinity]}', rules.JSON_NOT_A_NUMBER, "amount"),
        ('{"id": "a\\u0000b"}', rules.NUL_BYTE, "id"),
        ('{"id": "a\x00b"}', rules.NUL_BYTE, None),
        ('{"id": "' + "x" * 1_000_000 + '"}', rules.FIELD_TOO_LONG, "id"),
        ('{"id": "' + "x" * 9_000_000 + '"}', rules.RECORD_TOO_LONG, None),
        ('{"id": ' + "[" * 100_000 + "]" * 100_000 + "}", rules.JSON_TOO_DEEP, None),
    ],
)
def test_a_broken_line_costs_itself_only(
    tmp_path: Path, line: str, rule: str, column: str | None
) -> None:
    found = read_text(tmp_path, f"{GOOD}{line}\n{GOOD}")
    assert [(p.rule, p.line, p.column) for p in found.problems] == [(rule, 2, column)]
    assert found.lines == [1, 3]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ('{"id": "2"}', rules.EXPLODE_MISSING),
        ('{"id": "2", "lines": null}', rules.EXPLODE_MISSING),
        ('{"id": "2", "lines": []}', rules.EXPLODE_EMPTY),
    ],
)
def test_a_record_without_lines_is_not_lost(tmp_path: Path, line: str, rule: str) -> None:
    text = '{"id": "1", "lines": [{"n": 1}]}\n' + line + "\n"
    found = read_text(tmp_path, text, explode="lines")
    assert [(p.rule, p.line, p.column) for p in found.problems] == [(rule, 2, "lines")]


def test_a_whole_last_line_needs_no_end(tmp_path: Path) -> None:
    found = read_text(tmp_path, GOOD + GOOD.strip())
    assert (len(found.rows), found.rules) == (2, [])


def test_no_cut_leaves_a_wrong_record(tmp_path: Path) -> None:
    text = '{"id": "1", "note": "きつい"}\n{"id": "2", "n": 12}\n\n{"id": "3"}\n'
    data = text.encode()
    whole = as_records(read_text(tmp_path, text))
    for cut in range(len(data) + 1):
        try:
            found = read_bytes(tmp_path, data[:cut], name="a.jsonl")
        except FileRefusedError:
            assert cut < data.index(b"\n")
            continue
        for record, expected in zip(as_records(found), whole, strict=False):
            assert record == {name: expected[name] for name in record}
        assert all(rule == rules.CUT_OFF for rule, _ in found.rules)


def test_a_half_of_an_emoji_is_marked_and_nothing_else_is_lost(tmp_path: Path) -> None:
    found = read_text(tmp_path, '{"id": "1", "note": "ok\\ud83d"}\n')
    assert found.rows == [("1", "ok\ufffd")]


def test_lines_of_cp932_are_read(tmp_path: Path) -> None:
    data = '{"id": "1", "理由": "サイズが合わない"}\n'.encode("cp932")
    found = read_bytes(tmp_path, data, name="a.jsonl")
    assert as_records(found) == [{"id": "1", "理由": "サイズが合わない"}]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ('[\n{"id": "1"},\n{"id": "2"}\n]\n', rules.JSON_ARRAY),
        ('[{"id": "1"}, {"id": "2"}]\n', rules.JSON_ARRAY),
        ("id,amount\n1,2\n", rules.NOT_JSON_LINES),
        ("\n \n", rules.EMPTY_FILE),
    ],
)
def test_what_is_no_json_lines_is_refused(tmp_path: Path, text: str, rule: str) -> None:
    with pytest.raises(FileRefusedError) as refused:
        read_text(tmp_path, text)
    assert refused.value.problem.rule == rule


def test_the_head_names_all_fields_in_order(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1, "by": {"x": 1}}\n{"note": "n", "id": 2}\n', encoding="utf-8")
    head = read_head(path)
    assert (head.format, head.header, head.delimiter) == ("jsonl", ("id", "by.x", "note"), None)


def test_blank_lines_and_totals_are_counted(tmp_path: Path) -> None:
    text = '{"id": "1", "sku": "A"}\n\n{"id": "合計", "sku": null, "n": 5}\n'
    options = ReadOptions(key_headers=("id",), required_value_headers=("sku",))
    found = read_bytes(tmp_path, text.encode(), name="a.jsonl", options=options)
    assert (len(found.rows), found.skipped) == (1, {"blank": 1, "total": 1})


def test_later_fields_join_the_table() -> None:
    reader = JsonLinesReader(("id",), decoder=LineDecoder(declared=None), options=ReadOptions())
    data = b'{"id": 1}\n{"id": 2, "x": "y"}\n{"id": 3}\n'
    batches = list(reader.read(iterate_blocks(io.BytesIO(data), block_bytes=12)))
    assert batches[0].table.column_names == ["id"]
    assert batches[-1].table.column_names == ["id", "x"]
    assert [n for batch in batches for n in batch.lines.to_pylist()] == [1, 2, 3]
