"""Durations as rules write them: `3 business days`, `30 days`, `6 months`.

Business time and calendar time are different units. They never convert and never compare, because how many days are
three business days is a question for a calendar. The same holds between months and days, and between days and hours
(a day on which clocks change has 23 or 25).
"""

import re
from dataclasses import dataclass
from enum import Enum

from engine.core.numerals import Unreadable, nearest, refuse_full_width


class DurationUnit(Enum):
    """A unit of time. The value is its plural as rules spell it."""

    BUSINESS_DAYS = "business days"
    BUSINESS_HOURS = "business hours"
    BUSINESS_MINUTES = "business minutes"
    YEARS = "years"
    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    HOURS = "hours"
    MINUTES = "minutes"

    @property
    def base(self) -> tuple["DurationUnit", int]:
        """The smallest unit that this one is a fixed number of, and that number: weeks are 7 days."""
        return _BASES.get(self, (self, 1))

    @property
    def in_business_time(self) -> bool:
        """True when a calendar of working time is needed to count it."""
        return self.value.startswith("business")


_BASES = {
    DurationUnit.WEEKS: (DurationUnit.DAYS, 7),
    DurationUnit.YEARS: (DurationUnit.MONTHS, 12),
    DurationUnit.HOURS: (DurationUnit.MINUTES, 60),
    DurationUnit.BUSINESS_HOURS: (DurationUnit.BUSINESS_MINUTES, 60),
}

_IN_CHINESE = {
    DurationUnit.BUSINESS_DAYS: "个工作日", DurationUnit.BUSINESS_HOURS: "个工作小时",
    DurationUnit.BUSINESS_MINUTES: "个工作分钟", DurationUnit.YEARS: "年", DurationUnit.MONTHS: "个月",
    DurationUnit.WEEKS: "周", DurationUnit.DAYS: "天", DurationUnit.HOURS: "小时", DurationUnit.MINUTES: "分钟",
}  # fmt: skip

_BY_SPELLING = {unit.value: unit for unit in DurationUnit} | {unit.value[:-1]: unit for unit in DurationUnit}
_DURATION = re.compile(r"(\S+)\s+([A-Za-z]+(?:\s+[A-Za-z]+)?)", re.ASCII)
_LARGEST_COUNT = 100_000


@dataclass(frozen=True, slots=True, eq=False)
class Duration:
    """A count of one unit. Equal when the same time in the same kind of unit: 2 weeks are 14 days.

    Order between kinds of unit (business days and days, months and days) is a TypeError. A difference of dates may be
    negative; a written duration never is.
    """

    count: int
    unit: DurationUnit

    @classmethod
    def parse(cls, text: str) -> "Duration":
        """The duration a text spells, singular or plural. Unreadable: R160 full-width, R170 anything else."""
        refuse_full_width(text)
        match = _DURATION.fullmatch(text.strip())
        unit = _BY_SPELLING.get(" ".join(match[2].split())) if match else None
        if match is None or unit is None:
            near = nearest(match[2] if match else text, [unit.value for unit in DurationUnit]) or "days"
            raise Unreadable("R170", found=text.strip(), near=near)
        if not (match[1].isascii() and match[1].isdigit() and len(match[1]) <= 6 and int(match[1]) <= _LARGEST_COUNT):
            raise Unreadable("R170", found=text.strip(), near=unit.value)
        return cls(int(match[1]), unit)

    @property
    def days(self) -> int:
        """The calendar days of days or weeks; a TypeError for any other unit."""
        unit, size = self.unit.base
        if unit is not DurationUnit.DAYS:
            raise TypeError(f"{self} is not a number of days")
        return self.count * size

    def comparable(self, other: "Duration") -> bool:
        """True when both count the same kind of unit, so that order means something."""
        return self.unit.base[0] is other.unit.base[0]

    def _size(self, other: "Duration") -> tuple[int, int]:
        if not isinstance(other, Duration) or not self.comparable(other):
            raise TypeError(f"{self} and {other} do not compare")
        return self.count * self.unit.base[1], other.count * other.unit.base[1]

    def __lt__(self, other: "Duration") -> bool:
        mine, theirs = self._size(other)
        return mine < theirs

    def __le__(self, other: "Duration") -> bool:
        mine, theirs = self._size(other)
        return mine <= theirs

    def __gt__(self, other: "Duration") -> bool:
        return other < self

    def __ge__(self, other: "Duration") -> bool:
        return other <= self

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Duration) or not self.comparable(other):
            return False
        mine, theirs = self._size(other)
        return mine == theirs

    def __hash__(self) -> int:
        unit, size = self.unit.base
        return hash((self.count * size, unit))

    def __str__(self) -> str:
        """As a rule spells it: `1 business day`, `30 days`."""
        return f"{self.count} {self.unit.value[:-1] if self.count == 1 else self.unit.value}"

    @property
    def zh(self) -> str:
        """The same in Chinese: `3 个工作日`."""
        return f"{self.count} {_IN_CHINESE[self.unit]}"
