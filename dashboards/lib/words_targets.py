"""Words of the targets of the month."""

from __future__ import annotations

from typing import Final

from dashboards.lib.language import Words

TARGETS: Final = Words(ja="今月の目標", en="Targets of this month")
CAPTION: Final = Words(
    ja="{month}、{day}まで。店の全体で、目標と同じ単位。",
    en="{month}, until {day}. The whole shop, in the unit of each target.",
)
METRIC: Final = Words(ja="数字", en="Metric")
TARGET: Final = Words(ja="目標", en="Target")
REACHED: Final = Words(ja="いま", en="So far")
DISTANCE: Final = Words(ja="目標との差", en="Distance")
OWNER: Final = Words(ja="担当", en="Owner")
STATES: Final = {
    "unknown_metric": Words(ja="この名前の数字はありません", en="no metric has this name"),
    "not_by_month": Words(ja="月ごとには測れない数字です", en="this metric has no months"),
    "not_measurable": Words(ja="測れません。ないもの:", en="not measurable, without"),
    "nothing_known": Words(ja="この月の記録がまだありません", en="nothing of this month yet"),
}
