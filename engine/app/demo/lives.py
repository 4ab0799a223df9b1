"""The life of one deal, written in advance as a list of events: from the first call to the last instalment, or the end."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from engine.app.demo.cast import Member, Reseller
from engine.app.demo.chance import Chance
from engine.core.events import Event
from engine.core.money import Money
from engine.core.records import Share

ZONE = ZoneInfo("Asia/Shanghai")
SOURCE = "demo"
_LOSSES = ("price", "competitor", "no budget", "no decision", "timing")
_PRODUCTS = (("hardware", 60), ("software", 15), ("service", 25))
_DECIDERS = ("Head of production 生产总监", "Purchasing 采购部", "Managing director 总经理", "Chief engineer 总工程师")
_OPEN_STAGES = ("qualified", "proposal", "negotiation")


@dataclass(frozen=True, slots=True)
class Birth:
    """What is settled when a deal begins. `account_is_new` False: the customer has bought before."""

    number: int
    on: date
    owner: Member
    account: str
    account_name: str
    contact: str
    currency: str
    source: str
    sdr: str
    colleague: str
    partner: Reseller | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """An event and the moment at which we hear of it; a late correction is heard of long after its own moment."""

    at: datetime
    event: Event


class Life:
    """Makes the events of one deal in order. Everything hangs on the seed and the deal's number."""

    def __init__(self, birth: Birth, seed: int) -> None:
        self.birth = birth
        self.chance = Chance(seed, f"deal-{birth.number}")
        self.id = f"D-{birth.number:05d}"
        self.clock = _working(birth.on, self.chance)
        self.count = 0
        self.amount = _amount(self.chance, birth.currency)

    def deliveries(self) -> Iterator[Delivery]:
        """All events of the deal, in the order in which they happen."""
        yield self._event("deal.created", **self._opening())
        yield from self._calls(self.chance.between(2, 5), "no_answer")
        if self.chance.percent(18):
            yield from self._lost()
            return
        yield from self._first_contact()
        for stage in _OPEN_STAGES[1:]:
            yield from self._calls(self.chance.between(2, 5), "replied")
            if self.chance.percent(16):
                yield from self._lost()
                return
            if self.chance.percent(8):
                return
            self._wait(3, 16)
            if self.amount.minor * _RATES[self.amount.currency] >= 150_000_00:
                yield self._event("activity.logged", kind="visit", outcome="connected", duration_minutes=90)
            yield self._event("deal.stage_asked", stage=stage)
        yield from self._ending()

    def _opening(self) -> dict[str, object]:
        birth = self.birth
        team = self._team()
        product = self.chance.weighted(_PRODUCTS)
        facts: dict[str, object] = {
            "name": f"{birth.account_name} · {product}", "account": birth.account, "contact": birth.contact, "owner": birth.owner.id, "amount": self.amount,
            "source": birth.source, "channel": birth.source, "product_line": product,
            "close_on": birth.on + timedelta(days=self.chance.between(30, 120)),
        }  # fmt: skip
        if birth.partner:
            facts |= {"partner": birth.partner.id, "referred_by": birth.partner.id}
        found_by = {"sdr": birth.sdr} if birth.sdr and self.chance.percent(45) else {}
        return facts | found_by | ({"team": team} if team else {})

    def _team(self) -> tuple[Share, ...]:
        """One deal in eight is shared with a colleague who opened the door."""
        if not self.birth.colleague or not self.chance.percent(12):
            return ()
        return (Share(self.birth.colleague, Fraction(self.chance.one_of((10, 20, 30)), 100)),)

    def _first_contact(self) -> Iterator[Delivery]:
        """The call that reaches somebody, the budget, and the move to qualified; some ask too early and are refused."""
        if self.chance.percent(6):
            yield self._event("deal.stage_asked", stage="qualified")
        self._wait(1, 4)
        yield self._event(
            "activity.logged", kind="call", outcome="connected", duration_minutes=self.chance.between(4, 35)
        )
        budget = Money(self.amount.minor * self.chance.between(90, 130) // 100, self.amount.currency)
        rival, decider = self.chance.one_of(("none", "aurora", "meridian")), self.chance.one_of(_DECIDERS)
        yield self._event("deal.changed", budget=budget, competitor=rival, decision_maker=decider)
        self._wait(0, 3)
        yield self._event("deal.stage_asked", stage="qualified")

    def _calls(self, number: int, outcome: str) -> Iterator[Delivery]:
        for _ in range(number):
            self._wait(1, 5)
            kind = self.chance.weighted((("call", 50), ("email", 25), ("message", 15), ("visit", 10)))
            result = outcome if self.chance.percent(60) else self.chance.one_of(("connected", "no_answer"))
            yield self._event("activity.logged", kind=kind, outcome=result, duration_minutes=self.chance.between(1, 40))

    def _lost(self) -> Iterator[Delivery]:
        self._wait(2, 15)
        yield self._event("deal.lost", loss_reason=self.chance.one_of(_LOSSES))

    def _ending(self) -> Iterator[Delivery]:
        yield from self._calls(self.chance.between(2, 5), "replied")
        self._wait(4, 20)
        fate = self.chance.between(1, 100)
        if fate > 92:
            return
        if fate > 62:
            yield from self._lost()
            return
        if self.chance.percent(15):
            self.amount = Money(self.amount.minor * self.chance.between(80, 98) // 100, self.amount.currency)
            yield self._event("deal.changed", amount=self.amount)
        if self.chance.percent(5):
            yield self._event("deal.won")
            self._wait(1, 2)
        yield self._event("deal.changed", contract_signed=True)
        yield self._event("deal.won")
        yield from self._after_the_win()

    def _after_the_win(self) -> Iterator[Delivery]:
        """Instalments; now and then a correction that comes late, or a cancellation."""
        won_at = self.clock
        if self.chance.percent(4):
            yield from self._correction(won_at)
        if self.chance.percent(4):
            self._wait(15, 120)
            yield self._event("deal.cancelled", reason="customer withdrew")
            return
        yield from self._instalments()

    def _correction(self, won_at: datetime) -> Iterator[Delivery]:
        """Weeks later somebody notices that the contract said less: told as of an hour before the win."""
        self.amount = Money(self.amount.minor * 90 // 100, self.amount.currency)
        told = self._event("deal.changed", amount=self.amount)
        at = won_at - timedelta(hours=1)
        event = replace(told.event, at=at, on=at.astimezone(ZONE).date())
        yield Delivery(told.at + timedelta(days=self.chance.between(20, 50)), event)

    def _instalments(self) -> Iterator[Delivery]:
        parts = self.chance.weighted(((1, 60), (2, 25), (3, 15)))
        self._wait(1, 6)
        yield self._event("invoice.issued", amount=self.amount, invoice=f"I-{self.id}")
        paid = 0
        for part in range(1, parts + 1):
            self._wait(8, 40)
            minor = self.amount.minor - paid if part == parts else self.amount.minor // parts
            paid += minor
            yield self._event(
                "payment.received",
                amount=Money(minor, self.amount.currency),
                payment=f"P-{self.id}-{part}",
                instalment=part,
            )

    def _wait(self, least: int, most: int) -> None:
        """Some working days pass; the moment lies in working hours and after the one before."""
        days = self.chance.between(least, most)
        on = self.clock.astimezone(ZONE).date() + timedelta(days=days)
        later = _working(on, self.chance)
        self.clock = max(later, self.clock + timedelta(minutes=self.chance.between(2, 50)))

    def _event(self, type: str, **body: object) -> Delivery:
        self.count += 1
        self.clock += timedelta(minutes=1)
        on = self.clock.astimezone(ZONE).date()
        key = f"{self.id}-{self.count:03d}"
        return Delivery(self.clock, Event(type, self.id, SOURCE, key, self.clock, on, self.birth.owner.id, body))


def _working(on: date, chance: Chance) -> datetime:
    """A moment between nine and half past five on that day, or on the Monday after a weekend."""
    on += timedelta(days=(7 - on.weekday()) if on.weekday() > 4 else 0)
    return datetime.combine(on, time(9), ZONE).astimezone(ZoneInfo("UTC")) + timedelta(minutes=chance.between(0, 510))


_RATES: Mapping[str, int] = {"CNY": 1, "USD": 7, "EUR": 8}


def _amount(chance: Chance, currency: str) -> Money:
    """Many small deals, some of a middle size, a few large; abroad the same worth in another currency."""
    low, high = chance.weighted((((2_000, 12_000), 62), ((12_000, 40_000), 30), ((60_000, 260_000), 8)))
    return Money(chance.between(low, high) // _RATES[currency] * 100, currency)
