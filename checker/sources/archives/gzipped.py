"""One page in a gzip file: `story.html.gz`."""

from __future__ import annotations

from checker.model import NotCheckedReason, Source
from checker.sources.archives.one_page import OnePage
from checker.sources.archives.unpacked import GZIP, Damaged, TooMuch, Trailing, Unpacked
from checker.sources.files import judged

_HEAD = 65_536


class GzippedPage(OnePage):
    """The page of a gzip file, of one or several members; what follows them and is not compressed is no part of it."""

    def _source(self) -> Source:
        most = self.limits.body_bytes
        body = bytearray()
        try:
            with open(self.path, "rb") as file:  # noqa: PTH123 - a str path: names that are no UTF-8 must survive
                # A page is one thing, whose size is bounded by itself.
                stream = Unpacked(file, 0, most)
                while len(body) <= most and (piece := stream.read(_HEAD)):
                    body += piece
        except Trailing:
            pass
        except Damaged as fault:
            return Source(self.name, reason=NotCheckedReason.DAMAGED, detail=f"{fault}: {len(body)} bytes were read")
        except TooMuch:
            return Source(self.name, reason=NotCheckedReason.CAPPED, detail=f"it unpacks to more than {most // (1024 * 1024)} MB")
        except OSError as fault:
            return Source(self.name, reason=NotCheckedReason.UNREADABLE, detail=f"it cannot be read: {fault.strerror or type(fault).__name__}")
        return judged(Source(self.name, bytes(body)), most)


def head_of_gzip(path: str) -> bytes:
    """The first unpacked bytes of a file, as far as they can be unpacked; none where it is no gzip file."""
    head = b""
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            if file.peek(len(GZIP)).startswith(GZIP):
                stream = Unpacked(file, 0, _HEAD * 16)
                while len(head) < _HEAD and (piece := stream.read(_HEAD - len(head))):
                    head += piece
    except (Damaged, TooMuch, OSError):
        pass
    return head
