"""When something was last changed, as sitemaps and feeds write it, and whether that is since a given time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from checker.errors import BadConfig

# What a time without a zone may mean at the latest: that of UTC-12.
_LATEST_ZONE = timedelta(hours=12)
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?").fullmatch


def since(text: str) -> datetime:
    """What `--since` means: a day (from its beginning, UTC) or a time. Raises BadConfig.

    >>> since("2026-11-01").isoformat()
    '2026-11-01T00:00:00+00:00'
    """
    try:
        told = datetime.fromisoformat(text.strip())
    except ValueError:
        raise BadConfig(f"--since: {text!r} is no date; give one like 2026-11-01 or 2026-11-01T06:00+01:00") from None
    return told if told.tzinfo else told.replace(tzinfo=UTC)


def latest(text: str | None) -> datetime | None:
    """The last moment that a date or time can mean; None where it means nothing.

    >>> latest("2026-11"), latest("2026-11-01T10:00+02:00"), latest("yesterday")
    (datetime.datetime(2026, 12, 1, 12, 0, tzinfo=datetime.timezone.utc), datetime.datetime(2026, 11, 1, 8, 0, tzinfo=datetime.timezone.utc), None)
    """
    text = (text or "").strip()
    if not text or len(text) > 60:
        return None
    try:
        day = _DATE(text)
        if day is not None:
            return _end(int(day[1]), int(day[2] or 0), int(day[3] or 0)) + _LATEST_ZONE
        told = _time(text)
        return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC) + _LATEST_ZONE
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def _end(year: int, month: int, day: int) -> datetime:
    if not year:
        raise ValueError
    if day:
        last = date(year, month, day) + timedelta(days=1)
    elif month:
        last = date(year + month // 12, month % 12 + 1, 1)
    else:
        last = date(year + 1, 1, 1)
    return datetime(last.year, last.month, last.day, tzinfo=UTC)


def _time(text: str) -> datetime:
    if text[:1].isdigit() and text[4:5] == "-":
        return datetime.fromisoformat(text)
    from email.utils import parsedate_to_datetime  # RSS

    return parsedate_to_datetime(text)
