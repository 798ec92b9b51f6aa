"""``kaeru demo``: a synthetic shop with planted truth."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path
from typing import Annotated, Final

import typer

from orchestration.commands.desk import LanguageFlag, ShopFlag, report_failures
from orchestration.commands.init import EXISTS, make_shop
from orchestration.folder import SETTINGS_FILE, ShopFolder
from orchestration.landing.inbox import SETTLING_SECONDS
from orchestration.wording import Words, WrongUseError, parse_language

DEFAULT_LINES: Final = 20_000
DEFAULT_SEED: Final = 20261031

NO_FOLDER: Final = Words(
    ja="フォルダを指定してください: kaeru demo DIR",
    en="Name the folder: kaeru demo DIR",
)
BAD_SCENARIO: Final = Words(
    ja="--scenario は {known} のどれかです（{found} は使えません）。",
    en="--scenario is one of {known}, not {found}.",
)
WRITING: Final = Words(ja="作成中: {done} / {total}", en="Writing: {done} of {total}")
MADE: Final = Words(
    ja="{folder} に合成データのショップを作りました（注文明細 {lines:,} 行、ファイル {files} 件、"
    "{first_day} 〜 {until}）。\n答え合わせ用の真の値は truth/ にあります。\n"
    "次は: `kaeru run --shop {folder}`",
    en="Made a synthetic shop in {folder} ({lines:,} order lines, {files} files, "
    "{first_day} to {until}).\nThe planted truth is in truth/.\n"
    "Next: `kaeru run --shop {folder}`",
)


def demo(
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="The folder to make. 作るフォルダ。")
    ] = None,
    *,
    lines: Annotated[
        int, typer.Option(min=1, help="Order lines. 注文明細の行数。")
    ] = DEFAULT_LINES,
    seed: Annotated[int, typer.Option(min=0, help="Same seed, same bytes.")] = DEFAULT_SEED,
    scenario: Annotated[
        str, typer.Option(metavar="flat|growth|promotion|policy_change", help="What happens.")
    ] = "flat",
    shop: ShopFlag = None,
    language: LanguageFlag = None,
) -> None:
    """Write a synthetic shop, ready for ``kaeru run``."""
    with report_failures(language):
        from orchestration.demo.calendar import SCENARIOS
        from orchestration.demo.drafting import write_draft
        from orchestration.demo.generate import generate_demo_shop
        from orchestration.demo.words import DEMO_SETTINGS

        target = folder or shop
        if target is None:
            raise WrongUseError(NO_FOLDER)
        if ShopFolder(target).settings_file.exists():
            raise WrongUseError(EXISTS, folder=target, file=SETTINGS_FILE)
        chosen = next((one for one in SCENARIOS if one == scenario), None)
        if chosen is None:
            raise WrongUseError(BAD_SCENARIO, known=", ".join(SCENARIOS), found=scenario)
        spoken = parse_language(language) if language else DEMO_SETTINGS["language"]
        values = {**DEMO_SETTINGS, "language": spoken}
        # Made-up customers need no secret, and with this key a demo is the same on every machine.
        key = hashlib.sha256(f"kaeru demo {seed}".encode("ascii")).digest()
        speaker = make_shop(target, values=values, key=key)
        made = generate_demo_shop(
            target,
            lines=lines,
            seed=seed,
            scenario=chosen,
            progress=lambda done, total: speaker.tell(WRITING, done=done, total=total),
        )
        write_draft(target)
        _settle(ShopFolder(target).inbox)
        facts = {"files": made.files, "first_day": made.first_day, "until": made.until}
        speaker.answer(MADE, folder=target, lines=made.order_lines, **facts)


def _settle(inbox: Path) -> None:
    """Date the files back: they are complete, and a run need not wait for them to settle."""
    settled = time.time() - 2 * SETTLING_SECONDS
    for path in inbox.iterdir():
        os.utime(path, (settled, settled))
