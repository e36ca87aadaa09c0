"""What stands in an author's entry of the data beside the name: a marker, a role, a title, a date, an address, the publisher."""

from __future__ import annotations

from collections.abc import Sequence

from checker.lexicon.agencies import Agencies
from checker.lexicon.dates import has_date
from checker.lexicon.name_frames import HOST, TRIM
from checker.lexicon.name_parts import Vocabulary, blanked, has_address
from checker.lexicon.name_runs import Name
from checker.text import fold


def surplus(text: str, names: Sequence[Name], words: Vocabulary, agencies: Agencies) -> tuple[str, ...]:
    """The kinds of other text in `text`, in which `names` were found; () where nobody is named."""
    if not names:
        return ()
    rest = text
    for name in names:
        rest = rest[: name.start] + "\t" * (name.end - name.start) + rest[name.end :]
    left = [word for part in fold(rest).split() if (word := part.strip(TRIM + "()[]"))]
    people = all(name.kind == "person" for name in names)
    found = {
        "marker": begins_with_marker(text, words),
        "role": any(word in words.roles for word in left),
        "title": people and _has_title(left, names, words),
        "date": has_date(rest, words.months),
        "address": has_address(rest) or any(HOST.fullmatch(word) and word not in words.titles and word not in words.credentials for word in left),
        "publisher": people
        and (
            any(word in words.organisations and word not in words.role_words for word in left) or agencies.inside(rest) or _has_initials(rest, words)
        ),
    }
    return tuple(kind for kind, there in found.items() if there)


def begins_with_marker(text: str, words: Vocabulary) -> bool:
    """Whether the text says at its beginning that authors follow."""
    work = blanked(text)
    if text[: len(work) - len(work.lstrip())].strip():
        return False  # it begins with an address or a remark
    mark = words.first_mark(work, fold(work))
    return mark is not None and mark[1]


def _has_title(left: list[str], names: Sequence[Name], words: Vocabulary) -> bool:
    first = [parts[0] for name in names if len(parts := fold(name.name).split()) > 1]
    return any(word in words.all_titles or f"{word}." in words.titles for word in left) or any(word in words.titles for word in first)


def _has_initials(rest: str, words: Vocabulary) -> bool:
    """Whether a station's or a paper's initials stand in it: "Jane Doe, CNN"."""
    bare = [part.strip(TRIM + "()[]") for part in rest.split()]
    return any(word.isalpha() and word.isupper() and word.isascii() and 1 < len(word) < 6 and fold(word) not in words.no_initials for word in bare)
