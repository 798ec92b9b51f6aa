"""Read the bytes of one line in every encoding that nobody has to declare."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from orchestration.landing.plausibility import measure_bits

# Bits by which one reading must be shorter than the other before it is believed: the widest gap
# on the wrong side over 390,000 words was 8.
SURE_BITS: Final = 9.0
CERTAIN_BITS: Final = 12.0

_KANA: Final = re.compile("[\u3041-\u3096\u30a1-\u30fe]")
_ORDINARY: Final = re.compile(
    "[\x00-\x7f\u2010-\u2027\u2030-\u203b\u2100-\u22ff\u2460-\u27bf\u3000-\u30ff\u3200-\u33ff"
    "\u4e00-\u9fff\uff01-\uffef]*"
)
# What CP932 makes of bytes that no shop's machine writes: private use, controls.
NOT_CP932: Final = re.compile("[\ue000-\uf8ff\x80-\xa0]")
_SHIFTED: Final = re.compile(rb"[\x80-\xa0]")
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")
# Bytes of CP932 that EUC-JP does not have; Latin-1 has controls there.
_PROOFS: Final = frozenset({*range(0x81, 0x8E), *range(0x90, 0xA0)})
_ACCENT: Final = re.compile(rb"(?<=[A-Za-z])[\xc0-\xff](?=[A-Za-z])")


@dataclass(frozen=True)
class LineReadings:
    """What the bytes of a line say in the encodings that are detected.

    Attributes
    ----------
    utf_8, cp932 : str or None
        None where the bytes are not valid in it.
    lead_bits : float
        By how much UTF-8 is the likelier reading, in [-12, 12]; 0 where neither can be read.
    looks_like : str or None
        An encoding that has to be declared and fits better: ``euc-jp`` or ``latin-1``.
    is_proven_cp932 : bool
        Holds a byte that EUC-JP and Latin-1 text never has.
    """

    utf_8: str | None
    cp932: str | None
    lead_bits: float
    looks_like: str | None = None
    is_proven_cp932: bool = False


def read_line(raw: bytes) -> LineReadings:
    """Read a line that holds more than ASCII.

    Parameters
    ----------
    raw : bytes
        One physical line.

    Returns
    -------
    LineReadings
    """
    utf_8 = _decode(raw, "utf-8")
    if utf_8 is None:
        return _read_other(raw)
    core = _cut_out(raw)
    text = core.decode("utf-8")
    if _KANA.search(text) and _ORDINARY.fullmatch(text):
        return LineReadings(utf_8, None, CERTAIN_BITS)
    cp932 = decode_cp932(raw)
    if cp932 is None:
        return LineReadings(utf_8, None, CERTAIN_BITS)
    lead = measure_bits(core.decode("cp932")) - measure_bits(text)
    return LineReadings(utf_8, cp932, max(-CERTAIN_BITS, min(CERTAIN_BITS, lead)))


def may_be_utf_8(raw: bytes) -> bool:
    """Say whether a line is valid UTF-8, or holds nothing that proves CP932.

    Parameters
    ----------
    raw : bytes

    Returns
    -------
    bool
        False only where it is not UTF-8, and a byte stands in it that is in no text of EUC-JP.
    """
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        return raw[error.start] not in _PROOFS
    return True


def _read_other(raw: bytes) -> LineReadings:
    cp932 = decode_cp932(raw)
    other = _find_undeclared(raw, cp932=cp932)
    lead = 0.0 if cp932 is None or other else -CERTAIN_BITS
    is_proven = other is None and cp932 is not None and _SHIFTED.search(raw) is not None
    return LineReadings(None, cp932, lead, looks_like=other, is_proven_cp932=is_proven)


def _cut_out(raw: bytes) -> bytes:
    """Cut a line down to what is more than ASCII, with its neighbours; all else reads the same."""
    places = [found.start() for found in _BEYOND_ASCII.finditer(raw)]
    return raw[max(0, places[0] - 1) : places[-1] + 3]


def decode_cp932(raw: bytes) -> str | None:
    """Decode what a shop's machine may have written; None for private use and controls too."""
    text = _decode(raw, "cp932")
    return None if text is None or NOT_CP932.search(text) else text


def _decode(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _find_undeclared(raw: bytes, *, cp932: str | None) -> str | None:
    """Name the encoding that makes better sense of a line than CP932 does, if there is one."""
    if _SHIFTED.search(raw):
        return None
    euc_jp = _decode(raw, "euc_jp")
    if (
        euc_jp is not None
        and _KANA.search(euc_jp)
        and (cp932 is None or measure_bits(euc_jp) + SURE_BITS < measure_bits(cp932))
    ):
        return "euc-jp"
    # One byte beyond ASCII between two Latin letters: André. CP932 reads a rare kanji there.
    accents = len(_ACCENT.findall(raw))
    if accents and accents == len(_BEYOND_ASCII.findall(raw)):
        return "latin-1"
    return None
