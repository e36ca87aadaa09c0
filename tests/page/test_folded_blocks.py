from __future__ import annotations

import pytest

from checker.page.folded_blocks import FoldedBlocks
from checker.text import fold, tidy

TEXTS = ["By Ada\n Quill", "ADA QUILL", "Zoe\u0308 Marsh", "Ma\u00adrsh", "", "ΟΔΟΣ Σ", "İpek Kaya", "\u0301x", "Ｆｕｌｌ"]


@pytest.mark.parametrize("texts", [TEXTS, TEXTS[:2], [], ["a\0b", "Ada"]])
def test_folding_at_once_is_folding_one_by_one(texts: list[str]) -> None:
    folded = FoldedBlocks(texts)
    assert [" ".join(text.split()) for text in folded.texts] == [fold(tidy(text)) for text in texts]


def test_the_blocks_that_hold_all_words() -> None:
    folded = FoldedBlocks(TEXTS)
    assert folded.holding(["ada", "quill"]) == [0, 1]
    assert folded.holding(["zoë"]) == [2]
    assert folded.holding(["marsh"]) == [2, 3]
    assert folded.holding(["ada", "marsh"]) == []
    assert folded.holding(["nobody"]) == []
