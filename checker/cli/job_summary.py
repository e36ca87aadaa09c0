"""The page that GitHub shows of a job: a run that prints GitHub's commands adds its findings to it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from checker.report.outputs import Target


def with_job_summary(targets: Sequence[Target]) -> list[Target]:
    """The targets, and where one is `github` and GitHub names a file for the summary of the step, Markdown behind what that file holds."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path or all(each.format != "github" for each in targets):
        return list(targets)
    return [*targets, Target("markdown", Path(path), append=True)]
