"""Pages that are judged now and then: one process stays between the times, so that a page that is saved is judged at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from checker.model import PageReport
from checker.scale.lost import Lost
from checker.scale.pool import Pool
from checker.scale.run import cores, lost_report
from checker.sources.inputs import Item

# A second process takes half a second to start, in which the first has judged so many pages.
_BATCH = 32


class Lasting:
    """Judges as a run does; a page that kills its process or takes longer than `seconds` is not checked. `folder`: see `page_key`."""

    def __init__(self, prepare: Callable[[], Callable[[Item], PageReport]], jobs: int | None, seconds: float, folder: str = "") -> None:
        """No process is started before there is a page. `jobs`: how many at most, None for as many as cores."""
        # Threads that serve reports may be at work.
        self._pool: Pool[Item, PageReport] = Pool(prepare, jobs or cores(), seconds, _BATCH, threaded=True, lasting=True)
        self._folder = folder

    def judged(self, items: Sequence[Item]) -> Iterator[tuple[Item, PageReport]]:
        """Each with its report, in their order. Raises `pool.Unfit` where no page can be judged."""
        for place, result in self._pool.run(items):
            item = items[place]
            yield item, lost_report(item.name, result, self._folder) if isinstance(result, Lost) else result

    def close(self) -> None:
        """End what is left."""
        self._pool.close()
