import pytest

from checker.model import Severity
from checker.report.summary import Summary
from checker.scale.gate import FAIL_ON, Exit, Gate, facts_sentence

_CLEAN = "no violation on 1 page; 0 need review; 0 not checked; "


def summary(*, errors: int = 0, warnings: int = 0, infos: int = 0, review: int = 0, checked: int = 1, not_checked: int = 0, **more: int) -> Summary:
    counts = Summary(checked=checked, not_checked=not_checked, needs_review=review, pages_with_violations=int(errors + warnings + infos > 0))
    counts.violations = {Severity.ERROR: errors, Severity.WARNING: warnings, Severity.INFO: infos}
    for name, value in more.items():
        setattr(counts, name, value)
    return counts


@pytest.mark.parametrize(
    ("counts", "by_threshold"),
    [
        (summary(), "00000"),
        (summary(errors=1), "11110"),
        (summary(warnings=1), "01110"),
        (summary(infos=1), "00110"),
        (summary(review=1), "00010"),
        (summary(not_checked=1), "33333"),
        (summary(errors=1, not_checked=1), "11113"),
        (summary(infos=1, not_checked=1), "33113"),
        (summary(rule_crashes=1), "33333"),
        (summary(checked=0), "44444"),
        (summary(checked=0, skipped=2), "44444"),
        (summary(checked=0, not_checked=1), "33333"),
    ],
)
def test_the_exit_code(counts: Summary, by_threshold: str) -> None:
    assert "".join(str(int(Gate(fail_on).decide(counts))) for fail_on in FAIL_ON) == by_threshold


def test_the_default_gate_fails_on_warnings() -> None:
    assert Gate().decide(summary(warnings=1)) is Exit.FINDINGS
    assert Gate().decide(summary(infos=5, review=5)) is Exit.OK


@pytest.mark.parametrize(("allowed", "code"), [(0, 3), (1, 3), (2, 0), (None, 0)])
def test_some_may_stay_unchecked(allowed: int | None, code: int) -> None:
    assert Gate(allow_incomplete=allowed).decide(summary(not_checked=1, rule_crashes=1)) == code


def test_allowing_never_hides_findings() -> None:
    assert Gate(allow_incomplete=None, allow_empty=True).decide(summary(errors=1, not_checked=1)) is Exit.FINDINGS


def test_stale_entries_fail_only_where_that_is_asked() -> None:
    for fail_on in FAIL_ON:
        assert Gate(fail_on).decide(summary(stale_baseline=1)) is Exit.OK
        assert Gate(fail_on, strict_baseline=True).decide(summary(stale_baseline=1, not_checked=1)) is Exit.FINDINGS
        assert Gate(fail_on, strict_baseline=True).decide(summary(baselined=1)) is Exit.OK


def test_no_page_may_be_allowed() -> None:
    assert Gate(allow_empty=True).decide(summary(checked=0)) is Exit.OK


@pytest.mark.parametrize(
    ("gate", "counts", "sentence"),
    [
        (
            Gate(),
            summary(errors=3, warnings=2, review=1, checked=9, suppressed=4),
            "exit 1 (findings): 3 errors and 2 warnings on 1 page of 9; 1 needs review; 0 not checked; 4 suppressed",
        ),
        (Gate(), summary(), "exit 0 (ok): no violation on 1 page; 0 need review; 0 not checked"),
        (Gate("error"), summary(warnings=1), "exit 0 (ok): 1 warning on 1 page of 1, none at or above --fail-on error; 0 need review; 0 not checked"),
        (Gate("never"), summary(errors=1), "exit 0 (ok): 1 error on 1 page of 1, and --fail-on never; 0 need review; 0 not checked"),
        (Gate(), summary(not_checked=2), "exit 3 (incomplete): no violation on 1 page; 0 need review; 2 not checked"),
        (Gate(allow_incomplete=None), summary(not_checked=2), "exit 0 (ok): no violation on 1 page; 0 need review; 2 not checked (allowed)"),
        (
            Gate(),
            summary(rule_crashes=1, deduplicated=2),
            "exit 3 (incomplete): no violation on 1 page; 0 need review; 0 not checked; a rule crashed on 1 page; 2 duplicates",
        ),
        (
            Gate(),
            summary(baselined=12, stale_baseline=3),
            "exit 0 (ok): " + _CLEAN + "12 baselined; 3 stale baseline entries (run baseline prune)",
        ),
        (
            Gate(strict_baseline=True),
            summary(stale_baseline=1),
            "exit 1 (findings): " + _CLEAN + "1 stale baseline entry, and --strict-baseline (run baseline prune)",
        ),
        (Gate(), summary(checked=0, skipped=2), "exit 4 (no inputs): no page to check (2 places searched)"),
    ],
)
def test_the_sentence(gate: Gate, counts: Summary, sentence: str) -> None:
    assert gate.sentence(counts) == f"disclosure-checker: {sentence}"


def test_the_sentence_of_facts() -> None:
    assert facts_sentence(summary(checked=2, not_checked=1), Exit.INCOMPLETE) == "disclosure-checker: exit 3 (incomplete): 2 pages read; 1 not read"
    assert facts_sentence(summary(checked=0), Exit.NO_INPUTS).startswith("disclosure-checker: exit 4 (no inputs)")
