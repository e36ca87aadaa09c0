"""How the notices, paid links, credits and bylines of each page look in a browser: what was measured, with no verdict in it."""

from __future__ import annotations

from collections.abc import Iterator

from checker.model import PageReport
from checker.report.drawing import drawn_at, not_measurable
from checker.report.kinds import is_unread
from checker.report.paint import Paint, cells, one_line
from checker.report.run import Closing, Look, Run
from checker.sight import Sight, View
from checker.text import clip

_KINDS = (("notices", "notice"), ("links", "link"), ("credits", "credit"), ("authors", "author"))
# Of each kind, at one size.
_MOST = 12
_TEXT = 60


class Sights:
    """A block a page: at each size a line for each thing that was looked for, then the pictures."""

    def __init__(self, look: Look) -> None:
        self._paint = Paint(look)

    def start(self, run: Run) -> str:
        """Nothing yet."""
        del run
        return ""

    def page(self, report: PageReport) -> str:
        """The page's block."""
        name = self._paint(one_line(report.source), "bold")
        if is_unread(report):
            return f"{name}: {self._paint('not checked', 'red')}: {report.reason}: {one_line(report.detail or '')}".rstrip(": ") + "\n"
        if report.drawn is None:
            return ""
        lines = [name]
        lines += [f"  {line}" for line in (drawn_at(report),) if line]
        lines += [self._paint(f"  not measurable {why}", "red") for why in (not_measurable(report),) if why]
        for view in report.drawn.views:
            lines += [f"  {self._paint(view.name, 'bold')}  {_about(view)}", *(f"    {line}" for line in self._things(view))]
        lines += [f"  picture: {one_line(picture.path)}" for picture in report.pictures]
        return "\n".join(lines) + "\n\n"

    def end(self, closing: Closing) -> str:
        """How the run ended."""
        return f"{one_line(closing.exit_message)}\n"

    def _things(self, view: View) -> Iterator[str]:
        for kind, word in _KINDS:
            sights: tuple[Sight | None, ...] = getattr(view, kind)
            told = [(number, sight) for number, sight in enumerate(sights, 1) if sight is not None]
            for number, sight in told[:_MOST]:
                how = "seen" if sight.is_seen else self._paint(f"not seen: {str(sight.unseen).replace('_', ' ')}", "yellow")
                text = clip(one_line(sight.text), _TEXT)
                yield f"{word} {number}{' ' * (10 - len(word) - len(str(number)))}{text}{' ' * max(1, _TEXT + 2 - cells(text))}{how}{_figures(sight)}"
            if len(told) > _MOST:
                yield f"and {len(told) - _MOST} more {word}s"


def _about(view: View) -> str:
    parts = []
    if view.text_size is not None:
        parts.append(f"text {view.text_size:g} px" + (f", contrast {view.text_contrast:.1f}" if view.text_contrast is not None else ""))
    if view.page_height is not None:
        parts.append(f"page {view.page_height / view.height:.1f} windows long")
    return ", ".join(parts)


def _figures(sight: Sight) -> str:
    parts = []
    if sight.size is not None:
        parts.append(f"{sight.size:g} px" + (f" ({sight.ratio:.0%} of the text)" if sight.ratio is not None else ""))
    if sight.contrast is not None:
        parts.append(f"contrast {sight.contrast:.1f}{' by pixels' if sight.by_pixels else ''}")
    if sight.screens is not None:
        parts.append(f"{sight.screens:.1f} windows down")
    parts += [sight.stuck] if sight.stuck else []
    parts += [f"written by a style sheet: {one_line(text)!r}" for text in (sight.before, sight.after) if text]
    return f", {', '.join(parts)}" if parts else ""
