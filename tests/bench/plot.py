"""Measurements as one SVG, readable on light and on dark ground: where the time of a page goes, and how the program stands beside others."""

from __future__ import annotations

import math
from typing import Any
from xml.sax.saxutils import escape

_WIDTH, _LEFT, _RIGHT, _ROW = 800, 330, 90, 26
_STYLE = """
  text { font: 14px system-ui, -apple-system, "Segoe UI", sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .small { font-size: 12px; fill: #59636e }
  .bar { fill: #8c959f } .ours { fill: #0969da } .grid { stroke: #d1d9e0 }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc } .small { fill: #9198a1 } .bar { fill: #6e7681 } .ours { fill: #4493f8 } .grid { stroke: #3d444d }
  }
"""


def plot(results: dict[str, Any]) -> str:
    """The picture, with what it says in words for those who do not see it."""
    parts: list[str] = []
    told: list[str] = []
    top = 0
    if "steps" in results:
        ratios = results["steps"]["ratios"]
        rows = [(name, ratio, True) for name, ratio in ratios.items()]
        drawn, top = _panel("Steps of a page, in times the bare parse", rows, top, logarithmic=False)
        parts += drawn
        told += [f"{name} {ratio:.2f}" for name, ratio in ratios.items()]
    if "peers" in results:
        rows = [(name, one["ratio"], name.startswith("disclosure-checker")) for name, one in results["peers"]["table"].items()]
        drawn, top = _panel("Beside others, in times the bare parse (each mark is ten times the one before)", rows, top, logarithmic=True)
        parts += drawn
        told += [f"{name} {ratio:.2f}" for name, ratio, _ in rows]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" height="{top}" role="img" aria-labelledby="t d">\n'
        f'<title id="t">Time of a page in times the bare parse</title>\n<desc id="d">{escape("; ".join(told))}</desc>\n<style>{_STYLE}</style>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _panel(title: str, rows: list[tuple[str, float, bool]], top: int, *, logarithmic: bool) -> tuple[list[str], int]:
    """Bars under a heading, and where the next panel begins."""
    room = _WIDTH - _LEFT - _RIGHT
    most = max((value for _, value, _ in rows), default=1.0)
    # A bar of a logarithmic panel begins at a tenth of the parse.
    decades = max(1, math.ceil(math.log10(max(most, 1)))) + 1
    parts = [f'<text class="title" x="12" y="{top + 26}">{escape(title)}</text>']
    first, last = top + 40, top + 40 + len(rows) * _ROW
    if logarithmic:
        for decade in range(decades + 1):
            x = _LEFT + room * decade / decades
            parts.append(f'<line class="grid" x1="{x:.1f}" y1="{first}" x2="{x:.1f}" y2="{last}"/>')
            parts.append(f'<text class="small" x="{x:.1f}" y="{last + 16}" text-anchor="middle">{10 ** (decade - 1):g}</text>')
    for number, (name, value, ours) in enumerate(rows):
        y = first + number * _ROW
        length = room * (math.log10(max(value, 0.1)) + 1) / decades if logarithmic else room * value / most
        parts.append(f'<text x="{_LEFT - 10}" y="{y + 18}" text-anchor="end">{escape(name)}</text>')
        parts.append(f'<rect class="{"ours" if ours else "bar"}" x="{_LEFT}" y="{y + 4}" width="{max(length, 1):.1f}" height="{_ROW - 8}" rx="2"/>')
        parts.append(f'<text x="{_LEFT + max(length, 1) + 8:.1f}" y="{y + 18}">{value:.2f}</text>')
    return parts, last + (30 if logarithmic else 14)
