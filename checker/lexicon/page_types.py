"""Words that tell a page's type from its headline and its address. Data in `words/page_types.toml`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from checker import packs


@dataclass(frozen=True, slots=True)
class PageTypes:
    """`review_words`: language to words of a headline; `paths`: page type to first path segments."""

    review_words: dict[str, tuple[str, ...]]
    paths: dict[str, frozenset[str]]

    @classmethod
    def load(cls, folders: Sequence[Path]) -> PageTypes:
        """The words of all packs, joined."""
        review_words: dict[str, tuple[str, ...]] = {}
        paths: dict[str, frozenset[str]] = {}
        for folder in folders:
            for table in packs.tables(folder, "words", "page_types.toml"):
                for language, words in table.data.get("review_words", {}).items():
                    review_words[language] = (*review_words.get(language, ()), *words)
                for page_type, segments in table.data.get("paths", {}).items():
                    paths[page_type] = paths.get(page_type, frozenset()) | frozenset(segments)
        return cls(review_words, paths)
