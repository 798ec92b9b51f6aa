"""Labels that come as a file of JSON Lines, on their way into a shop's ``labels/``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from models_ml.reasons.labels import Kind, Label, Verdict, hash_text
from models_ml.reasons.redact import redact_text
from models_ml.reasons.taxonomy import NONE
from orchestration.clock import read_utc_now
from orchestration.reason_files import iterate_objects
from orchestration.reason_labels import ANNOTATOR, MOMENT
from orchestration.reason_models import BAD_LABEL, find_label_error
from orchestration.wording import Words, WrongUseError

if TYPE_CHECKING:
    from models_ml.reasons.taxonomy import Taxonomy

CANNOT_TELL: Final = "cannot_tell"

BAD_ANNOTATOR: Final = Words(
    ja="--annotator の名前「{name}」は使えません。文字・数字・. : - _ で 80 字までです。",
    en="--annotator {name!r} cannot be used: letters, digits and . : - _, up to 80.",
)


def parse_label_file(path: Path, *, taxonomy: Taxonomy, annotator: str, kind: Kind) -> list[Label]:
    """Read labels from JSON Lines.

    Parameters
    ----------
    path : Path
        ``text``; ``codes`` (empty or NONE: no reason), or ``verdict`` ``cannot_tell``; and where
        known ``direction``, ``zone``, ``was_random``, ``model_version``, ``labelled_at``.
    taxonomy : Taxonomy
        The shop's.
    annotator : str
    kind : {"person", "program"}
        A program's labels are never of texts drawn by lot.

    Returns
    -------
    list of Label

    Raises
    ------
    WrongUseError
        If the name or a line cannot be used; it names file and line.
    OSError
    """
    require_annotator(annotator)
    now = f"{read_utc_now():%Y-%m-%dT%H:%M:%SZ}"
    labels = []
    for line, record in iterate_objects(path):
        error = find_label_error(record, taxonomy=taxonomy) or _find_other_error(record)
        if error:
            raise WrongUseError(BAD_LABEL, file=path.name, line=line, error=error)
        labels.append(_parse_label(record, annotator=annotator, kind=kind, now=now))
    return labels


def require_annotator(name: str) -> None:
    """Refuse a name that labels cannot be kept under.

    Raises
    ------
    WrongUseError
    """
    if not ANNOTATOR.fullmatch(name):
        raise WrongUseError(BAD_ANNOTATOR, name=name)


def _find_other_error(record: dict[str, Any]) -> str | None:
    if record.get("codes") is None and record.get("verdict") != CANNOT_TELL:
        return "codes: list"
    if not isinstance(record.get("was_random", False), bool):
        return f"was_random: {record['was_random']} (true, false)"
    moment = record.get("labelled_at")
    if moment is not None and not (isinstance(moment, str) and MOMENT.fullmatch(moment)):
        return f"labelled_at: {moment} (YYYY-MM-DDThh:mm:ssZ)"
    return None


def _parse_label(record: dict[str, Any], *, annotator: str, kind: Kind, now: str) -> Label:
    text = redact_text(record["text"])
    codes = tuple(sorted(set(record.get("codes") or ()) - {NONE}))
    verdict: Verdict = "codes" if codes else "none"
    if record.get("verdict") == CANNOT_TELL:
        codes, verdict = (), "cannot_tell"
    return Label(
        text_hash=hash_text(text),
        annotator=annotator,
        labelled_at=str(record.get("labelled_at") or now),
        verdict=verdict,
        codes=codes,
        direction=str(record.get("direction") or ""),
        zone=str(record.get("zone") or ""),
        text=text,
        model_version=str(record.get("model_version") or ""),
        was_random=bool(record.get("was_random", False)) and kind == "person",
        kind=kind,
    )
