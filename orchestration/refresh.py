"""What the job reports to the command that runs it."""

from __future__ import annotations

from dataclasses import dataclass, field

from orchestration.publication import CheckCounts, Publication


@dataclass(frozen=True)
class RefreshResult:
    """How one execution of the job ended: the answer of ``orchestration.job.execute_refresh``.

    Attributes
    ----------
    publication : Publication or None
        None when nothing was published; readers keep the last version.
    models : int
        Models that were built.
    tests : CheckCounts
    failure : str or None
        What went wrong, in one line; None on success.
    """

    publication: Publication | None
    models: int = 0
    tests: CheckCounts = field(default_factory=CheckCounts)
    failure: str | None = None
