"""Names of the rules that a file, or one record of it, can break before any mapping is known.

The comment after a name lists the parameters that its message needs.
"""

from __future__ import annotations

from typing import Final

# A whole file.
NOT_A_PLAIN_FILE: Final = "not_a_plain_file"
EMPTY_FILE: Final = "empty_file"
UNKNOWN_EXTENSION: Final = "unknown_extension"  # extension
NOT_A_TABLE: Final = "not_a_table"  # what: pdf, xlsx, zip, password_zip, office, html, ...
GZIP_DAMAGED: Final = "gzip_damaged"
UNZIPPED_TOO_LARGE: Final = "unzipped_too_large"  # limit
PARQUET_DAMAGED: Final = "parquet_damaged"
PARQUET_NOT_TEXT: Final = "parquet_not_text"  # type; column is set
ENCODING_UNSUPPORTED: Final = "encoding_unsupported"  # encoding
HEADER_MISSING: Final = "header_missing"
HEADER_NOT_FOUND: Final = "header_not_found"  # expected
DUPLICATE_HEADER: Final = "duplicate_header"  # column is set
TOO_MANY_COLUMNS: Final = "too_many_columns"  # limit
NOT_JSON_LINES: Final = "not_json_lines"
JSON_ARRAY: Final = "json_array"

# A whole file or one record.
ENCODING_NOT_DECLARED: Final = "encoding_not_declared"  # encoding: what it looks like
ENCODING_UNKNOWN: Final = "encoding_unknown"
CUT_OFF: Final = "cut_off"

# One record.
ENCODING_AMBIGUOUS: Final = "encoding_ambiguous"
REPLACEMENT_CHARACTER: Final = "replacement_character"
NUL_BYTE: Final = "nul_byte"
UNCLOSED_QUOTE: Final = "unclosed_quote"
AFTER_UNCLOSED_QUOTE: Final = "after_unclosed_quote"
TEXT_AFTER_QUOTE: Final = "text_after_quote"
SHORT_ROW: Final = "short_row"  # found, expected
LONG_ROW: Final = "long_row"  # found, expected
FIELD_TOO_LONG: Final = "field_too_long"  # limit
RECORD_TOO_LONG: Final = "record_too_long"  # limit
JSON_INVALID: Final = "json_invalid"
JSON_NOT_OBJECT: Final = "json_not_object"
JSON_DUPLICATE_KEY: Final = "json_duplicate_key"  # column is set
JSON_NOT_A_NUMBER: Final = "json_not_a_number"  # column is set
JSON_TOO_DEEP: Final = "json_too_deep"
EXPLODE_MISSING: Final = "explode_missing"  # column is set: the path
EXPLODE_EMPTY: Final = "explode_empty"  # column is set: the path

FILE_RULES: Final = frozenset(
    {
        NOT_A_PLAIN_FILE,
        EMPTY_FILE,
        UNKNOWN_EXTENSION,
        NOT_A_TABLE,
        GZIP_DAMAGED,
        UNZIPPED_TOO_LARGE,
        PARQUET_DAMAGED,
        PARQUET_NOT_TEXT,
        ENCODING_UNSUPPORTED,
        HEADER_MISSING,
        HEADER_NOT_FOUND,
        DUPLICATE_HEADER,
        TOO_MANY_COLUMNS,
        NOT_JSON_LINES,
        JSON_ARRAY,
        ENCODING_NOT_DECLARED,
        ENCODING_UNKNOWN,
        CUT_OFF,
    }
)
RECORD_RULES: Final = frozenset(
    {
        ENCODING_NOT_DECLARED,
        ENCODING_UNKNOWN,
        CUT_OFF,
        ENCODING_AMBIGUOUS,
        REPLACEMENT_CHARACTER,
        NUL_BYTE,
        UNCLOSED_QUOTE,
        AFTER_UNCLOSED_QUOTE,
        TEXT_AFTER_QUOTE,
        SHORT_ROW,
        LONG_ROW,
        FIELD_TOO_LONG,
        RECORD_TOO_LONG,
        JSON_INVALID,
        JSON_NOT_OBJECT,
        JSON_DUPLICATE_KEY,
        JSON_NOT_A_NUMBER,
        JSON_TOO_DEEP,
        EXPLODE_MISSING,
        EXPLODE_EMPTY,
    }
)

# Longest text of one field, in characters: what the csv module of Python takes by default.
MAX_FIELD_CHARACTERS: Final = 131_072
# Longest physical line, in bytes: longer ones are cut while they stream by, and held back.
MAX_LINE_BYTES: Final = 8 * 2**20
# Even of four-byte characters alone, a line that was cut has this many characters.
MAX_LINE_CHARACTERS: Final = MAX_LINE_BYTES // 4
MAX_COLUMNS: Final = 2_000
