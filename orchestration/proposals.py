"""Labels that a program of the shop's own proposes: it is started, asked, and never trusted."""

from __future__ import annotations

import json
import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from models_ml.reasons.labels import PROGRAM, Label, hash_text
from models_ml.reasons.proposing import Labeller, build_prompt, parse_answer
from models_ml.reasons.taxonomy import Taxonomy
from orchestration.clock import read_utc_now
from orchestration.reason_labels import append_labels, read_labels
from orchestration.review_queue import list_queue
from orchestration.shop_reading import load_shop_taxonomy
from orchestration.wording import KaeruError, Words

LONGEST_SECONDS: Final = 3_600

PROGRAM_FAILED: Final = Words(
    ja="{program} が答えませんでした: {error}", en="{program} did not answer: {error}"
)


@dataclass(frozen=True)
class ProgramLabeller:
    """A program that reads JSON Lines ``{"prompt"}`` and writes as many lines ``{"answer"}``.

    Attributes
    ----------
    command : str
        As in a shell, without a shell.
    """

    command: str

    def answer(self, prompts: Sequence[str]) -> list[str]:
        """Ask the program once for all prompts.

        Raises
        ------
        KaeruError
            If it cannot be started, fails, takes too long, or answers in another form.
        """
        asked = "".join(json.dumps({"prompt": one}) + "\n" for one in prompts)
        try:
            done = subprocess.run(  # noqa: S603 - the shop's own program, named by a person
                shlex.split(self.command),
                input=asked,
                capture_output=True,
                text=True,
                check=True,
                timeout=LONGEST_SECONDS,
            )
            answers = [str(json.loads(line)["answer"]) for line in done.stdout.splitlines()]
        except (OSError, ValueError, KeyError, TypeError, subprocess.SubprocessError) as error:
            raise KaeruError(PROGRAM_FAILED, program=self.command, error=error) from error
        if len(answers) != len(prompts):
            error_text = f"{len(answers)} / {len(prompts)}"
            raise KaeruError(PROGRAM_FAILED, program=self.command, error=error_text)
        return answers


def propose_labels(shop: Path, *, labeller: Labeller, name: str, size: int) -> int:
    """Let a program label the texts that a person would be asked next and that nobody has labelled.

    Parameters
    ----------
    shop : Path
        The shop's folder.
    labeller : Labeller
    name : str
        Of the program.
    size : int
        Texts at most; those drawn by lot are left to people.

    Returns
    -------
    int
        Labels that were written; they are a program's.

    Raises
    ------
    KaeruError
        If nothing was landed yet, or the program fails.
    """
    known = {label.text_hash for label in read_labels(shop)}
    texts = [
        asked.read.text
        for asked in list_queue(shop, annotator=name)
        if not asked.was_random and asked.read.text_hash not in known
    ][:size]
    taxonomy = load_shop_taxonomy(shop)
    answers = labeller.answer([build_prompt(text, taxonomy=taxonomy) for text in texts])
    now = f"{read_utc_now():%Y-%m-%dT%H:%M:%SZ}"
    labels = [
        label
        for text, answer in zip(texts, answers, strict=True)
        if (label := _parse(text, answer, taxonomy=taxonomy, name=name, now=now)) is not None
    ]
    append_labels(shop, labels)
    return len(labels)


def _parse(text: str, answer: str, *, taxonomy: Taxonomy, name: str, now: str) -> Label | None:
    found = parse_answer(answer, taxonomy=taxonomy)
    if found is None:
        return None
    codes, direction = found
    return Label(
        text_hash=hash_text(text),
        annotator=name,
        labelled_at=now,
        verdict="codes" if codes else "none",
        codes=tuple(sorted(codes)),
        direction=direction,
        zone="",
        text=text,
        model_version="",
        was_random=False,
        kind=PROGRAM,
    )
