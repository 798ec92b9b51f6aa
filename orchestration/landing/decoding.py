"""Turn the bytes of a file into lines of text, each line by itself.

A file may hold lines of two encodings: two exports pasted together, or a note typed elsewhere. A
fallback for the whole file turns サイズ into 繧ｵ繧､繧ｺ, silently. So every line is read as UTF-8
and as CP932; where both are valid the likelier text wins, by a clear margin; where there is none
the file's other lines vote; where they are divided too the line is held back.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from orchestration.landing import reading_rules as rules
from orchestration.landing.declared_encodings import find_line_encoding
from orchestration.landing.line_readings import (
    CERTAIN_BITS,
    NOT_CP932,
    SURE_BITS,
    LineReadings,
    decode_cp932,
    may_be_utf_8,
    read_line,
)

_SAMPLED_LINES: Final = 200
_ENOUGH_LINES: Final = 20
_MAX_VOTE_BITS: Final = 20.0
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
_LINE_END: Final = re.compile(rb"[\r\n]")
_ESCAPES: Final = ("\x1b$", "\x1b(")  # ISO-2022-JP, which is ASCII to every other codec
_REPLACEMENT: Final = "\ufffd".encode()
_MARK_IN_LINE: Final = b"\n\xef\xbb\xbf"  # of a file that was appended to another


@dataclass(frozen=True)
class LineFault:
    """Why a physical line cannot be read.

    Attributes
    ----------
    rule : str
    parameters : mapping of str to str
    """

    rule: str
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DecodedLines:
    """Lines of a block as text.

    Attributes
    ----------
    lines : list of str
        With their ends. A line with a fault is there too, in a reading that keeps its quotes.
    faults : mapping of int to LineFault
        By index in ``lines``.
    """

    lines: list[str]
    faults: Mapping[int, LineFault]


class LineDecoder:
    """Decodes the blocks of one file, in order; lines seen so far vote on doubtful ones.

    Parameters
    ----------
    declared : str or None
        Encoding that the mapping declares; None to detect UTF-8 and CP932.

    Raises
    ------
    FileRefusedError
        ``encoding_unsupported``.
    """

    def __init__(self, *, declared: str | None) -> None:
        self._declared = find_line_encoding(declared)
        self._label = declared
        self._utf_8_votes = 0
        self._cp932_votes = 0
        self._doubtful_bits = 0.0
        self._proven_cp932 = 0
        self._undeclared: dict[str, int] = {}

    @property
    def encoding(self) -> str:
        """``utf-8``, ``cp932``, ``mixed``, or what the mapping declares."""
        if self._label is not None:
            return self._label
        if self._utf_8_votes and self._cp932_votes:
            return "mixed"
        return "cp932" if self._cp932_votes > self._utf_8_votes else "utf-8"

    def is_plain_utf_8(self, data: bytes) -> bool:
        """Say whether a block is UTF-8 as a whole, with nothing in it to doubt.

        Parameters
        ----------
        data : bytes
            Whole lines.

        Returns
        -------
        bool
            False also where only a look at every line can tell.
        """
        if b"\x00" in data or b"\x1b" in data or _MARK_IN_LINE in data or _REPLACEMENT in data:
            return False
        if data.isascii():
            return True
        if self._declared not in {None, "utf-8"} or not _is_utf_8(data):
            return False
        return self._declared is not None or self._trust_utf_8(data)

    def _trust_utf_8(self, data: bytes) -> bool:
        """Say whether a block that is valid UTF-8 is meant as such, by a sample of its lines."""
        sample = [read_line(raw) for raw in islice(_iterate_beyond_ascii(data), _SAMPLED_LINES)]
        sure = sum(readings.lead_bits >= SURE_BITS for readings in sample)
        is_doubted = any(readings.lead_bits <= 0 for readings in sample)
        if sure == len(sample) or (sure >= _ENOUGH_LINES and not is_doubted):
            self._utf_8_votes += sure
            return True
        return False

    def decode(self, data: bytes) -> DecodedLines:
        """Decode a block line by line.

        Parameters
        ----------
        data : bytes
            Whole lines; the last one may lack its end.

        Returns
        -------
        DecodedLines
        """
        if self.is_plain_utf_8(data):
            return DecodedLines(list(io.StringIO(data.decode("utf-8"), newline="")), {})
        data = data.replace(_MARK_IN_LINE, b"\n")
        raws = data.splitlines(keepends=True)
        lines, faults = self._detect(raws) if self._declared is None else self._obey(raws)
        for index, line in enumerate(lines):
            if "\x00" in line:
                faults[index] = LineFault(rules.NUL_BYTE)
            elif "\x1b" in line and any(escape in line for escape in _ESCAPES):
                faults.setdefault(index, _not_declared("iso-2022-jp"))
            elif "\ufffd" in line:
                faults.setdefault(index, LineFault(rules.REPLACEMENT_CHARACTER))
        return DecodedLines(lines, faults)

    def _obey(self, raws: list[bytes]) -> tuple[list[str], dict[int, LineFault]]:
        encoding = self._declared or "utf-8"
        fault = LineFault(rules.ENCODING_UNKNOWN, {"encoding": encoding})
        lines: list[str] = []
        faults: dict[int, LineFault] = {}
        for index, raw in enumerate(raws):
            try:
                line = raw.decode(encoding)
            except UnicodeDecodeError:
                line = raw.decode("ascii", errors="replace")
                faults[index] = fault
            if encoding == "cp932" and NOT_CP932.search(line):
                faults[index] = fault
            lines.append(line)
        return lines, faults

    def _detect(self, raws: list[bytes]) -> tuple[list[str], dict[int, LineFault]]:
        read: dict[int, LineReadings] = {}
        faults: dict[int, LineFault] = {}
        lines: list[str] = []
        run: list[bytes] = []
        for raw in raws:
            if raw.isascii() or not may_be_utf_8(raw):
                run.append(raw)
                continue
            self._read_run(run, lines=lines, read=read)
            run = []
            read[len(lines)] = self._count(read_line(raw))
            lines.append("")
        self._read_run(run, lines=lines, read=read)
        for index, readings in read.items():
            text = self._choose(readings)
            if isinstance(text, LineFault):
                faults[index] = text
                text = raws[index].decode("ascii", errors="replace")
            lines[index] = text
        return lines, faults

    def _read_run(
        self, run: list[bytes], *, lines: list[str], read: dict[int, LineReadings]
    ) -> None:
        """Read lines that are ASCII or can only be CP932: together, where they all can."""
        text = decode_cp932(b"".join(run))
        if text is not None:
            lines += io.StringIO(text, newline="")
            proven = len(run) - sum(map(bytes.isascii, run))
            self._cp932_votes += proven
            self._proven_cp932 += proven
            return
        for raw in run:
            if not raw.isascii():
                read[len(lines)] = self._count(read_line(raw))
            lines.append(raw.decode("ascii", errors="replace"))

    def _count(self, readings: LineReadings) -> LineReadings:
        """Let a line vote."""
        if readings.lead_bits >= SURE_BITS:
            self._utf_8_votes += 1
        elif readings.lead_bits <= -SURE_BITS:
            self._cp932_votes += 1
        else:
            self._doubtful_bits += readings.lead_bits
        self._proven_cp932 += readings.is_proven_cp932
        if readings.looks_like is not None:
            seen = self._undeclared.get(readings.looks_like, 0)
            self._undeclared[readings.looks_like] = seen + 1
        return readings

    def _choose(self, readings: LineReadings) -> str | LineFault:
        if readings.utf_8 is None:
            return self._choose_cp932(readings)
        if readings.cp932 is None:
            return readings.utf_8
        lead = readings.lead_bits
        if abs(lead) < SURE_BITS:
            lead += self._weigh_others(lead)
        if lead >= SURE_BITS:
            return readings.utf_8
        return readings.cp932 if lead <= -SURE_BITS else LineFault(rules.ENCODING_AMBIGUOUS)

    def _weigh_others(self, own: float) -> float:
        """Say in bits how far the file's other lines favour UTF-8."""
        if self._utf_8_votes and self._cp932_votes:
            return math.log2((self._utf_8_votes + 1) / (self._cp932_votes + 1))
        # A file of one encoding, as most are: the evidence of all its lines adds up.
        bits = CERTAIN_BITS * (self._utf_8_votes - self._cp932_votes) + self._doubtful_bits - own
        return max(-_MAX_VOTE_BITS, min(_MAX_VOTE_BITS, bits))

    def _choose_cp932(self, readings: LineReadings) -> str | LineFault:
        if readings.looks_like is not None and (
            readings.cp932 is None or not self._proven_cp932 or readings.looks_like == "euc-jp"
        ):
            return _not_declared(readings.looks_like)
        if readings.cp932 is None:
            return LineFault(rules.ENCODING_UNKNOWN, {"encoding": "utf-8, cp932"})
        if not readings.is_proven_cp932:
            # Half-width katakana in CP932 are kanji in EUC-JP: the file's other lines tell.
            for encoding, count in self._undeclared.items():
                if count > self._proven_cp932:
                    return _not_declared(encoding)
        return readings.cp932


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _not_declared(encoding: str) -> LineFault:
    return LineFault(rules.ENCODING_NOT_DECLARED, {"encoding": encoding})


def _iterate_beyond_ascii(data: bytes) -> Iterator[bytes]:
    """Yield the lines that hold more than ASCII, without splitting the block."""
    position = 0
    while found := _BEYOND_ASCII.search(data, position):
        before = (data.rfind(mark, position, found.start()) for mark in (b"\n", b"\r"))
        start = max(position - 1, *before) + 1
        end = _LINE_END.search(data, found.end())
        position = end.start() if end else len(data)
        yield data[start:position]
