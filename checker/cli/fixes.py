"""`check --fix`: repairs the pages of a run as their reports pass by, and says what was repaired and what was left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Self, TypeVar

import click

from checker.errors import BadConfig, BadOutput
from checker.model import PageReport, Source

if TYPE_CHECKING:
    from checker.facts import Page
    from checker.fix.files import Rewrites
    from checker.fix.repair import Repair, Workshop
    from checker.lexicon import Lexicon
    from checker.scale.task import CheckJob
    from checker.sources.inputs import Inputs, Item

F = TypeVar("F", bound=Callable[..., Any])


def fix_options(command: F) -> F:
    """Whether pages are repaired, how far, and whether that is only shown."""
    options = (
        click.option("--fix", is_flag=True, help="Repair local pages where that is safe: add sponsored to the rel of links that certainly pay."),
        click.option("--unsafe", is_flag=True, help="With --fix: put the notice of the profile before the first paid paragraph too."),
        click.option("--diff", is_flag=True, help="With --fix: print what it would change, and write nothing."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: nothing, to repair, or only to show it (`diff`); `unsafe`: sentences are put in too."""

    fix: bool = False
    unsafe: bool = False
    diff: bool = False

    @classmethod
    def of(cls, *, fix: bool, unsafe: bool, diff: bool) -> Self:
        """Raises BadConfig for what means nothing without --fix."""
        lone = [name for name, given in (("--unsafe", unsafe), ("--diff", diff)) if given and not fix]
        if lone:
            raise BadConfig(f"{' and '.join(lone)} {'mean' if len(lone) > 1 else 'means'} nothing without --fix; write --fix {' '.join(lone)}")
        return cls(fix, unsafe, diff)

    def outputs(self, outputs: tuple[str, ...], *, typed: bool) -> tuple[str, ...]:
        """The reports of the run: a diff has standard output for itself, but for a text report that was asked for. Raises BadOutput."""
        if not self.diff:
            return outputs
        kept = outputs if typed else tuple(each for each in outputs if each.split("=")[0] != "text" or _has_file(each))
        for each in kept:
            if not _has_file(each) and each.split("=")[0] != "text":
                raise BadOutput(f"--diff prints on standard output; give the {each} report a file: --output {each.split('=')[0]}=PATH")
        return kept


def _has_file(output: str) -> bool:
    return output.partition("=")[2].strip() not in ("", "-")


class Fixing:
    """The repairs of one run. Use as a context: a run that does not end well leaves every page as it was."""

    def __init__(
        self,
        wish: Wish,
        inputs: Inputs,
        job: CheckJob,
        joined: Callable[[PageReport], PageReport] = lambda report: report,
        show: Callable[[str], None] | None = None,
    ) -> None:
        """`joined` brings to a page what other pages of its story have to say; `show` prints a diff."""
        self._wish = wish
        self._job = job
        self._joined = joined
        self._show = show or _printed
        self._items: dict[str, Item | None] = {}
        for item in inputs.items if wish.fix else ():
            local = item.path is not None and item.given is None and not item.foreign
            # Names of bytes that are no text may look alike.
            self._items[item.name] = item if local and item.name not in self._items else None
        self._files: Rewrites | None = None
        self._judge: Callable[[Item], PageReport] | None = None
        self.findings = self.pages = 0
        self.left_alone: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._files is not None:
            self._files.drop()

    def after(self, told: Callable[[PageReport], PageReport] | None) -> Callable[[PageReport], PageReport] | None:
        """What becomes of each report: what `told` makes of it, and then its repair."""
        if not self._wish.fix:
            return told
        return lambda report: self.repaired(told(report) if told else report)

    def repaired(self, report: PageReport) -> PageReport:
        """The report of the page as it stands afterwards. Raises BadOutput for a page that cannot be written."""
        from checker.fix.edits import Refused
        from checker.fix.repair import worth_trying

        if report.status != "checked" or not worth_trying(report, self._job.rules(), unsafe=self._wish.unsafe):
            return report
        try:
            done = self._repair(report)
        except Refused as fault:
            self.left_alone.append(f"{report.source}: {fault}")
            self._joined(report)
            return report
        self.left_alone += [f"{report.source}: {why}" for why in done.refused]
        if done.repaired:
            self.findings += len(done.repaired)
            self.pages += 1
        left = done.report.without_facts() if done.repaired and not self._wish.diff else report
        # Other pages are held against this one as it is left, not as it was tried.
        self._joined(left)
        return left

    def finish(self) -> None:
        """Write the pages. Raises BadOutput, and then nothing is repaired."""
        if self._files is not None:
            self._files.finish()

    def told(self, sentence: str) -> str:
        """The last sentence of the run with what was repaired; what was left alone is said on standard error before it."""
        if not self._wish.fix:
            return sentence
        from checker.report.paint import one_line

        for line in self.left_alone:
            click.echo(one_line(f"disclosure-checker: left alone: {line}"), err=True)
        how = "can be repaired" if self._wish.diff else "repaired"
        return f"{sentence}; {self.findings} {how} in {self.pages} {'file' if self.pages == 1 else 'files'}"

    def _repair(self, report: PageReport) -> Repair:
        from checker.fix.difference import difference
        from checker.fix.edits import Refused
        from checker.fix.repair import Repair, repair
        from checker.sources.files import load

        item = self._items.get(report.source)
        if item is None or item.path is None:
            raise Refused("only local files are repaired")
        source = load(item)
        workshop, before = self._judged(item, source)
        if before.sha256 != report.sha256 or source.body is None:
            raise BadOutput(f"cannot write {item.name}: it was changed while it was checked; nothing was repaired, run the command again")
        done = repair(source.body, replace(before, findings=report.findings), workshop, unsafe=self._wish.unsafe)
        if not done.repaired:
            return Repair(source.body, report, (), done.refused)
        if self._wish.diff:
            self._show(difference(item.name, source.body, done.body))
        else:
            if self._files is None:
                from checker.fix.files import Rewrites

                self._files = Rewrites()
            self._files.add(item.path, source.body, done.body)
        return done

    def _judged(self, item: Item, source: Source) -> tuple[Workshop, PageReport]:
        from checker.fix.repair import Workshop
        from checker.scale.rulebook import lexicon

        judge = self._judge = self._judge or self._job.prepare()
        words = lexicon(self._job.packs)

        def again(body: bytes) -> PageReport:
            other = replace(source, body=body)
            return replace(self._joined(judge(replace(item, path=None, given=other))), page=self._facts(other, words))

        return Workshop(self._job.rules(), words, again), again(source.body or b"")

    def _facts(self, source: Source, words: Lexicon) -> Page | None:
        """The facts, which reports travel without."""
        from checker.page.reader import CannotRead, read

        site = self._job.choice.site
        url = site.url(source.name) if source.url is None else source.url
        try:
            return read(replace(source, url=url), words, site).page
        except CannotRead:
            return None


def _printed(text: str) -> None:
    """On standard output as it is, line ends too."""
    try:
        click.echo(text.encode("utf-8", "backslashreplace"), nl=False)
    except BrokenPipeError:
        raise  # whoever read has read enough
    except OSError as fault:
        raise BadOutput(f"cannot write to standard output: {fault.strerror}") from fault
