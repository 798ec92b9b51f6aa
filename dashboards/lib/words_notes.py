"""Words of the notes on the list: who works on a row, and how far."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

STATES: Final = {
    "open": Words(ja="未着手", en="open"),
    "working": Words(ja="対応中", en="working"),
    "waiting": Words(ja="待ち", en="waiting"),
    "done": Words(ja="完了", en="done"),
    "dismissed": Words(ja="見送り", en="dismissed"),
}
NO_OWNER: Final = Words(ja="担当なし", en="no owner")
EDIT_LABEL: Final = Words(
    ja="{name} の担当・状態・覚え書きを書く。{note}",
    en="Write owner, state and note of {name}. {note}",
)
TITLE: Final = Words(ja="担当・状態・覚え書き", en="Owner, state and note")
OWNER: Final = Words(ja="担当", en="Owner")
STATE: Final = Words(ja="状態", en="State")
NOTE: Final = Words(ja="覚え書き", en="Note")
ABOUT: Final = Words(
    ja="{name}。保存すると店の inbox に 1 行のファイルができ、次の更新のあと、表に出ます。",
    en="{name}. Saving puts a file of one row into the shop’s inbox. It shows after the next run.",
)
SAVE: Final = Words(ja="保存する", en="Save")
SAVED: Final = Words(
    ja="{name} の覚え書きを保存しました（{file}）。次の更新のあと、表に出ます。",
    en="The note on {name} is saved ({file}). It shows after the next run.",
)
NOT_SAVED: Final = Words(
    ja="保存できませんでした。店の inbox に書けるか確かめてください。",
    en="It could not be saved. Please check that the shop’s inbox can be written.",
)
