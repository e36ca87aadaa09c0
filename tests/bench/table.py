"""Measurements as Markdown, and their place in the README between two marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

START, END = "<!-- bench:start -->", "<!-- bench:end -->"
_GOALS = (
    # What, where it stands, the goal, whether it must be at most that (or at least), how it is written.
    ("all rules of `us`, full facts: times the bare parse", ("steps", "check", "ratio"), 3.0, True, "{:.2f}"),
    ("the 99th page of 100: times its own parse", ("steps", "check", "p99 page"), 12.0, True, "{:.1f}"),
    ("writing the report: share of the run", ("steps", "shares", "report"), 0.05, True, "{:.1%}"),
    ("`--version`: times `python -c pass`", ("start", "--version"), 3.0, True, "{:.1f}"),
    ("`check` of one page: times `python -c pass`", ("start", "check, one page"), 6.0, True, "{:.1f}"),
    ("a byte of 10 MB: times one of 100 KB", ("growth",), 1.3, True, "{:.2f}"),
    ("a byte of the worst case: times one of a quarter of it", ("worst",), 1.3, True, "{:.2f}"),
    ("two processes: times as fast as one", ("runs", "speed-up of two"), 1.8, False, "{:.2f}"),
)


def summary(results: dict[str, Any]) -> str:
    """What the README shows: goals, steps, peers."""
    parts = [_where(results), _goals(results)]
    if "steps" in results:
        parts.append(_steps(results["steps"]))
    if "peers" in results:
        parts.append(_peers(results["peers"]))
    return "\n\n".join(parts)


def full(results: dict[str, Any]) -> str:
    """Everything that was measured."""
    parts = ["# Measured speed", summary(results)]
    rows: list[tuple[str, ...]]
    if "steps" in results:
        rows = [(f"`{name}`", f"{share:.1%}") for name, share in results["steps"]["reports"].items()]
        parts += ["## Reports", _table(("format", "share of a run that writes only this"), rows)]
    if "start" in results:
        rows = [(f"`{name}`" if name[0] == "-" else name, f"{value:.2f}") for name, value in results["start"].items() if "seconds" not in name]
        parts += ["## Starting", f"`python -c pass` takes {1000 * results['start']['seconds of python -c pass']:.0f} ms of CPU time."]
        parts.append(_table(("call", "times `python -c pass`"), rows))
    if "memory" in results:
        parts += ["## Memory", _table(("what", "adds at most, MB"), [(name, f"{value:.1f}") for name, value in results["memory"].items()])]
    if "growth" in results:
        rows = [
            (f"{row['bytes']:,.0f}", f"{(parse := row['parse ns a byte']):.1f}", f"{(check := row['check ns a byte']):.1f}", f"{check / parse:.1f}")
            for row in results["growth"]
        ]  # fmt: skip
        parts += ["## Growth", _table(("bytes", "parse, ns a byte", "check, ns a byte", "ratio"), rows)]
    if "worst" in results:
        rows = [
            (row["page"], f"{row['bytes'] / 1e6:.1f}", f"{row['seconds']:.2f}", f"{row['times its parse']:.0f}", f"{row['growth a byte']:.2f}")
            for row in results["worst"]
        ]
        head = ("page", "MB", "CPU seconds", "times its parse", "a byte: times that of a quarter as many")
        parts += ["## Worst cases", _table(head, rows)]
    if "runs" in results:
        parts += ["## Many pages", _table(("what", "measured"), [(name, f"{value:,.2f}") for name, value in results["runs"].items()])]
    return "\n\n".join(parts) + "\n"


def put(text: str, readme: str) -> str:
    """The README with this text between its marks. Raises ValueError where they are not there, once each and in order."""
    if readme.count(START) != 1 or readme.count(END) != 1 or readme.index(START) > readme.index(END):
        raise ValueError(f"{START} and {END} must stand in it, once each and in this order")
    before, _, rest = readme.partition(START)
    return f"{before}{START}\n{text}\n{END}{rest.partition(END)[2]}"


def write(text: str, path: Path) -> None:
    """Put it into a file."""
    path.write_text(put(text, path.read_text("utf-8")), "utf-8")


def goal_of(results: dict[str, Any], way: Sequence[str]) -> float | None:
    """The number that a goal is about; None where it was not measured."""
    part = results.get(way[0])
    if part is None:
        return None
    if way == ("growth",):
        cost = {round(row["bytes"], -5): float(row["check ns a byte"]) for row in part}
        return cost[10_000_000] / cost[100_000] if {100_000, 10_000_000} <= cost.keys() else None
    if way == ("worst",):
        return max(float(row["growth a byte"]) for row in part)
    for name in way[1:]:
        part = part[name]
    return float(part)


def _where(results: dict[str, Any]) -> str:
    at, pages = results["machine"], results["pages"]
    return (
        f"Measured on {at['processor']} ({at['cores']} cores, {at['system']}), {at['python']}, lxml {at['lxml']} with libxml2 {at['libxml2']}, "
        f"disclosure-checker {at['disclosure-checker']}, {at['date']}; {pages['count']:,} {pages['named']}, {pages['bytes'] / 1e6:.0f} MB, "
        f"median {pages['median'] / 1000:.0f} KB; {pages['rounds']} rounds, CPU time of one process.\n"
        "The yardstick is `lxml.etree.fromstring(page, HTMLParser())` on the same pages, run before and after each pass."
    )


def _goals(results: dict[str, Any]) -> str:
    rows = []
    for what, way, goal, at_most, form in _GOALS:
        value = goal_of(results, way)
        if value is not None:
            met = value <= goal if at_most else value >= goal
            rows.append((what, form.format(value), f"{'at most' if at_most else 'at least'} {form.format(goal)}", "yes" if met else "**no**"))
    return _table(("what", "measured", "goal", "met"), rows)


def _steps(found: dict[str, Any]) -> str:
    rows = [
        (name, f"{found['milliseconds'][name]:.2f}", f"{share:.1%}", "", "", f"{found['ratios'][name]:.2f}")
        for name, share in found["shares"].items()
    ]
    for name, title in (("check", "**all steps**"), ("parse", "bare parse")):
        one = found[name]
        spread = f" ({one['least']:.2f}–{one['most']:.2f})" if name == "check" else ""
        rows.append(
            (
                title,
                f"{one['milliseconds a page']:.2f}",
                "",
                f"{one['pages a second']:.0f}",
                f"{one['MB a second']:.1f}",
                f"{one['ratio']:.2f}{spread}",
            )
        )
    head = ("step", "ms a page", "share", "pages a second", "MB a second", "times the bare parse")
    check = found["check"]
    pages = f"the median page takes {check['median page']:.1f} times, the 99th of 100 {check['p99 page']:.1f} times"
    return f"{_table(head, rows)}\n\nMeasured against its own parse, {pages}."


def _peers(found: dict[str, Any]) -> str:
    rows = [
        (
            f"**{name}**" if name.startswith("disclosure-checker") else name,
            f"{one['ratio']:.2f} ({one['least']:.2f}–{one['most']:.2f})", f"{one['milliseconds a page']:.1f}", f"{one['pages a second']:.0f}",
            f"{one['MB a second']:.1f}", f"{one['p99 page']:.1f}", f"{one['failed']}",
        )
        for name, one in found["table"].items()
    ]  # fmt: skip
    head = ("program", "times the bare parse", "ms a page", "pages a second", "MB a second", "99th page of 100", "failed")
    versions = ", ".join(f"{name} {version}" for name, version in sorted(found["versions"].items()))
    absent = f"; not installed here: {', '.join(found['missing'])}" if found["missing"] else ""
    return f"{_table(head, rows)}\n\nOn {found['pages']} of the pages; {versions}{absent}."


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
