"""What the reader makes of separated files, clean and broken."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.landing import reading_rules as rules
from orchestration.landing.blocks import iterate_blocks
from orchestration.landing.contracts import FileRefusedError, ReadOptions
from orchestration.landing.decoding import LineDecoder
from orchestration.landing.dialect import find_dialect
from orchestration.landing.reading import read_head
from orchestration.landing.separated import SeparatedReader
from orchestration.landing.splitting import split_plain_block
from tests.orchestration.landing.read_files import Row, read_bytes

HEADER = b"id,name,note\n"
LINES = ReadOptions(
    required_headers=frozenset({"order_line_id", "sku"}),
    key_headers=("order_line_id",),
    required_value_headers=("sku", "quantity"),
)


def refuse(folder: Path, data: bytes, options: ReadOptions | None = None) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as refused:
        read_bytes(folder, data, options=options)
    return refused.value


def test_rows_come_with_their_physical_lines(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, HEADER + b"1,a,\r\n2,,x\r3,c,y\n")
    assert found.header == ("id", "name", "note")
    assert found.rows == [("1", "a", None), ("2", None, "x"), ("3", "c", "y")]
    assert found.lines == [2, 3, 4]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
def test_the_delimiter_is_detected(tmp_path: Path, delimiter: str, encoding: str) -> None:
    # 十 and ソ end in bytes that are | and \\ in ASCII.
    text = "注文番号,商品名,数量\n1,ポソ十,2\n2,表,1\n".replace(",", delimiter)
    found = read_bytes(tmp_path, text.encode(encoding))
    assert found.rows == [("1", "ポソ十", "2"), ("2", "表", "1")]


def test_a_hint_of_excel_names_the_delimiter(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, b"sep=;\nid;text\n1;a,b\n2;c,d\n")
    assert found.rows == [("1", "a,b"), ("2", "c,d")]
    assert found.skipped == {"preamble": 1}


def test_quotes_hold_delimiters_line_breaks_and_doubled_quotes(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, HEADER + b'1,"a,b","x\ny ""z"""\n"2",5" heel,"p\r\nq"\n3,,\n')
    assert found.rows == [
        ("1", "a,b", 'x\ny "z"'),
        ("2", '5" heel', "p\r\nq"),
        ("3", None, None),
    ]
    assert found.lines == [2, 4, 6]


def test_a_fully_quoted_file_keeps_what_stands_between_its_quotes(tmp_path: Path) -> None:
    data = b'"id","name","note"\n"1","a,b",""\n"2",""," x "\n'
    found = read_bytes(tmp_path, data)
    assert found.rows == [("1", "a,b", None), ("2", None, " x ")]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        (b"2,b\n", rules.SHORT_ROW),
        (b"2,b,c,d\n", rules.LONG_ROW),
        (b'2,"b,c\n', rules.UNCLOSED_QUOTE),
        (b'2,"b"c,d\n', rules.TEXT_AFTER_QUOTE),
        (b"2,b\x00,c\n", rules.NUL_BYTE),
        (b"2,b," + b"x" * 1_000_000 + b"\n", rules.FIELD_TOO_LONG),
        (b'2,b,"' + b"x" * 1_000_000 + b'"\n', rules.FIELD_TOO_LONG),
        (b"2,b," + b"x" * 9_000_000 + b"\n", rules.RECORD_TOO_LONG),
        (b"2,\xff\xfe,c\n", rules.ENCODING_UNKNOWN),
        ("2,\ufffd,c\n".encode(), rules.REPLACEMENT_CHARACTER),
    ],
)
def test_a_broken_record_costs_itself_only(tmp_path: Path, line: bytes, rule: str) -> None:
    found = read_bytes(tmp_path, HEADER + b"1,a,x\n" + line + b"3,c,z\n4,d,\n")
    assert [row[0] for row in found.rows] == ["1", "3", "4"]
    assert found.lines == [2, 4, 5]
    assert found.rules == [(rule, 3)]


def test_a_row_of_the_wrong_width_says_how_many_fields_it_has(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, HEADER + b"2,b\n")
    assert found.problems[0].parameters == {"found": "2", "expected": "3"}


def test_a_quote_that_opens_by_mistake_leaves_later_quoted_rows_whole(tmp_path: Path) -> None:
    data = HEADER + b'1,"a,x\n2,b,y\n3,"c","z"\n4,"d\ne",z\n'
    found = read_bytes(tmp_path, data)
    assert [row[0] for row in found.rows] == ["2", "3", "4"]
    assert found.rules == [(rules.UNCLOSED_QUOTE, 2)]


def test_a_stray_pair_of_quotes_does_not_swallow_rows_in_silence(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, HEADER + b'1,a,"x\n2,b,y\n3,c,z"\n4,d,w\n')
    assert [row[0] for row in found.rows] == ["4"]
    assert found.rules == [(rules.UNCLOSED_QUOTE, 2)]


def test_a_bad_line_inside_a_quoted_field_holds_back_the_whole_record(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, HEADER + b'1,a,"x\n\xff\n"\n2,b,\n')
    assert [row[0] for row in found.rows] == ["2"]
    assert found.rules == [(rules.ENCODING_UNKNOWN, 2)]


def test_a_record_without_a_line_end_is_cut_off(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, HEADER + b"1,a,x\n2,b,y")
    assert found.rows == [("1", "a", "x")]
    assert found.rules == [(rules.CUT_OFF, 3)]


def test_the_end_mark_of_dos_is_no_record(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, HEADER + b"1,a,x\r\n\x1a")
    assert (len(found.rows), found.rules, found.skipped) == (1, [], {"blank": 1})


@pytest.mark.parametrize("quoted", [b"", b'9,"q",\n'])
def test_what_is_no_record_is_counted_on_both_paths(tmp_path: Path, quoted: bytes) -> None:
    data = (
        b"sku,order_line_id,quantity\n"
        + quoted
        + b"A,1,2\n ,\t,\xe3\x80\x80\nsku,order_line_id,quantity\n"
        + b"B,2,1\n,\xe5\x90\x88\xe8\xa8\x88,\n,,\n"
    )
    found = read_bytes(tmp_path, data, options=LINES)
    assert [row for row in found.rows if row[0] != "9"] == [("A", "1", "2"), ("B", "2", "1")]
    assert found.skipped == {"blank": 2, "repeated_header": 1, "total": 1}
    assert found.problems == []


@pytest.mark.parametrize(
    ("line", "is_total"),
    [
        ("合計,,", True),
        (" ＴＯＴＡＬ ,,", True),
        ("小計", True),  # too short for a record
        ("総計,,,,,9", True),  # too long for one
        ("合計,,5", False),  # another required column has a value
        ("合計です,,", False),
        ("L9,,", False),
    ],
)
def test_a_total_row_has_a_word_for_it_and_no_required_value(
    tmp_path: Path, line: str, *, is_total: bool
) -> None:
    data = f"order_line_id,sku,quantity\nL1,A,1\n{line}\n".encode()
    found = read_bytes(tmp_path, data, options=LINES)
    assert found.skipped == ({"total": 1} if is_total else {})
    assert len(found.rows) + len(found.problems) == (1 if is_total else 2)


def test_an_empty_key_alone_is_a_total_only_where_more_is_required(tmp_path: Path) -> None:
    data = b"order_line_id,sku,quantity,price\nL1,A,1,5\n,,,500\n"
    assert read_bytes(tmp_path, data, options=LINES).skipped == {"total": 1}
    key_only = ReadOptions(key_headers=("order_line_id",))
    found = read_bytes(tmp_path, data, options=key_only)
    assert (len(found.rows), found.skipped) == (2, {})


@pytest.mark.parametrize(
    "preamble",
    [
        "売上レポート\n作成日,2026-01-05\n\n",
        "店舗名,渋谷店\n\n\n",
        "レポート,,,,\n期間,2026/01/01,,,\n",
        "売上 2026年1月\n",
    ],
)
def test_a_preamble_is_skipped(tmp_path: Path, preamble: str) -> None:
    table = "受注番号,受注日,会員ID,商品,数量\n1,2026-01-05,C,A,2\n2,2026-01-06,D,B,1\n"
    path = tmp_path / "a.csv"
    path.write_text(preamble + table, encoding="utf-8")
    head = read_head(path)
    assert head.header == ("受注番号", "受注日", "会員ID", "商品", "数量")
    assert head.header_line == preamble.count("\n") + 1
    found = read_bytes(tmp_path, path.read_bytes())
    assert found.lines == [head.header_line + 1, head.header_line + 2]
    n_blank = sum(not line.strip(",") for line in preamble.splitlines())
    assert found.skipped.get("blank", 0) == n_blank
    assert found.skipped["preamble"] == preamble.count("\n") - n_blank


def test_required_headers_find_the_header(tmp_path: Path) -> None:
    data = b"shop,Tokyo,x\nmade,by,hand\nSKU,Order_Line_ID,quantity\nA,1,2\n"
    assert read_bytes(tmp_path, data, options=LINES).rows == [("A", "1", "2")]
    assert refuse(tmp_path, b"a,b\n1,2\n", LINES).problem.rule == rules.HEADER_NOT_FOUND


def test_a_declared_line_is_the_header(tmp_path: Path) -> None:
    data = b"x,y\n2026,1\nid,day\n1,2\n"
    found = read_bytes(tmp_path, data, options=ReadOptions(header_line=3))
    assert (found.header, found.rows) == (("id", "day"), [("1", "2")])


def test_a_missing_header_is_refused(tmp_path: Path) -> None:
    refused = refuse(tmp_path, b"O1,2026-01-05 10:00,C1\nO2,2026-01-06 10:00,C1\n")
    assert refused.problem.rule == rules.HEADER_MISSING


@pytest.mark.parametrize("data", [b"id,name", b"id"])
def test_a_header_that_is_cut_off_is_refused(tmp_path: Path, data: bytes) -> None:
    assert refuse(tmp_path, data).problem.rule == rules.CUT_OFF


def test_a_file_with_a_header_only_has_no_records(tmp_path: Path) -> None:
    found = read_bytes(tmp_path, HEADER)
    assert (found.rows, found.problems) == ([], [])


def test_a_header_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    refused = refuse(tmp_path, "id,ＮＯＴＥ,NOTE\n1,a,b\n".encode())
    assert (refused.problem.rule, refused.problem.column) == (rules.DUPLICATE_HEADER, "NOTE")


def test_a_doubled_header_that_nobody_reads_is_numbered(tmp_path: Path) -> None:
    options = ReadOptions(mapped_headers=frozenset({"id"}))
    found = read_bytes(tmp_path, b"id,note,,note,\n1,a,,b,\n", options=options)
    assert found.header == ("id", "note", "(3)", "note (2)", "(5)")


def test_headers_are_trimmed_and_of_one_width(tmp_path: Path) -> None:
    data = 'ＩＤ, 商品名 ,"受注\n番号"\n1,a,b\n'.encode()
    found = read_bytes(tmp_path, data)
    assert found.header == ("ID", "商品名", "受注 番号")
    assert found.lines == [3]


FIELD = st.text(
    st.characters(codec="utf-8", exclude_characters='",\r\n\x00\x1a\x1b\ufeff\ufffd'), max_size=6
)
ROWS = st.lists(st.tuples(FIELD, FIELD, FIELD), min_size=1, max_size=12)


@settings(max_examples=200, deadline=None)
@given(ROWS, st.sampled_from(["\n", "\r\n"]))
def test_the_fast_path_gives_what_the_careful_path_gives(
    rows: list[tuple[str, str, str]], end: str
) -> None:
    clean = "id,name,note" + end + "".join(",".join(row) + end for row in rows)
    plain = split_plain_block(clean.encode(), delimiter=",", names=["a", "b", "c"])
    assert plain is not None
    with tempfile.TemporaryDirectory() as folder:
        options = ReadOptions(encoding="utf-8", delimiter=",", header_line=1)
        fast = read_bytes(Path(folder), clean.encode(), options=options)
        careful = read_bytes(Path(folder), f'{clean}"z",,{end}'.encode(), options=options)
    assert careful.rows == [*fast.rows, ("z", None, None)]
    assert careful.lines[:-1] == fast.lines
    assert careful.skipped == fast.skipped


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(FIELD, FIELD), min_size=1, max_size=8))
def test_full_quoting_gives_what_the_careful_path_gives(rows: list[tuple[str, str]]) -> None:
    texts = [[f"{a},;", f"x{b}"] for a, b in rows]
    sink = io.StringIO()
    csv.writer(sink, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(texts)
    table = split_plain_block(sink.getvalue().encode(), delimiter=",", names=["a", "b"])
    assert table is not None
    assert [list(row.values()) for row in table.to_pylist()] == texts


NOTES = ("きつい", "a\nb", '5" heel', "1,2\n3,4", "", "x\r\ny, z", "end\n")


@pytest.mark.parametrize("encoding", ["utf-8", "cp932"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("columns", [2, 4])
def test_no_cut_leaves_a_wrong_row(tmp_path: Path, encoding: str, end: str, columns: int) -> None:
    rows: list[Row] = []
    for number, note in enumerate(NOTES):
        rest = (f"サイズ{number}", str(number))[: columns - 2]
        rows.append((f"R-{number}", *rest, note or None))
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator=end)
    writer.writerow([*("return_id", "style", "count", "note")[: columns - 1], "reason"])
    writer.writerows(rows)
    data = sink.getvalue().encode(encoding)
    for cut in range(len(data) + 1):
        try:
            found = read_bytes(tmp_path, data[:cut], options=ReadOptions(delimiter=","))
        except FileRefusedError:
            assert cut < data.index(b"\n") + 1
            continue
        assert found.rows == rows[: len(found.rows)], cut
    assert found.rows == rows


def test_records_that_span_blocks_are_whole() -> None:
    rows = [(str(n), "サイズ" * (n % 3), f"a\nb{n}" if n % 4 == 0 else "c") for n in range(60)]
    sink = io.StringIO()
    csv.writer(sink, lineterminator="\n").writerows([("id", "name", "note"), *rows])
    data = sink.getvalue().encode()
    for size in (37, 64, 100, 1000):
        dialect = find_dialect(["id,name,note\n"], options=ReadOptions(), is_tsv=False)
        reader = SeparatedReader(dialect, decoder=LineDecoder(declared=None), options=ReadOptions())
        batches = list(reader.read(iterate_blocks(io.BytesIO(data), block_bytes=size)))
        found = [tuple(row.values()) for batch in batches for row in batch.table.to_pylist()]
        assert found == [(a, b or None, c) for a, b, c in rows]
        assert [p for batch in batches for p in batch.problems] == []
