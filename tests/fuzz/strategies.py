"""Changes that turn any input into a near one: bytes taken out, put in, or repeated."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

_ODD = (b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r\n", b"<", b'"', b"99999999999999999999", b"&", b"\x1b[31m", b"-1")
# Where, as a share of a hundred thousand of the length; how many bytes go; what comes; how often.
Change = tuple[int, int, bytes, int]


def changes(words: Sequence[bytes] = _ODD) -> st.SearchStrategy[list[Change]]:
    """A few changes, which fit inputs of any length."""
    instead = st.sampled_from(words) | st.binary(max_size=4)
    return st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 20), instead, st.sampled_from((0, 1, 1, 1, 30))), min_size=1, max_size=4)


def change(data: bytes, made: Sequence[Change]) -> bytes:
    """The input with these changes."""
    for where, gone, instead, often in made:
        at = len(data) * where // 100_000
        data = data[:at] + instead * often + data[at + gone :]
    return data


def changed(inputs: st.SearchStrategy[bytes], words: Sequence[bytes] = _ODD) -> st.SearchStrategy[bytes]:
    """Inputs with a few changes."""
    return st.builds(change, inputs, changes(words))
