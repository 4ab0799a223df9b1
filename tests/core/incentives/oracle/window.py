"""One window of one payee: credits come and go in their order, and each carries what its coming and going is worth."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from engine.core.records import Credit
from engine.core.rules.plan import Commission, Plan
from tests.core.incentives.oracle import table
from tests.core.incentives.oracle.calendar import Window
from tests.core.incentives.oracle.entries import ONE, Entry, Known, Tally, Undone, undone


class Story:
    """A window as it is told, credit by credit."""

    def __init__(
        self, plan: Plan, component: Commission, window: Window, credits: Sequence[Credit], known: Known
    ) -> None:
        self.plan, self.component, self.known = plan, component, known
        self.credits = [c for c in credits if self._counts(c, window)]
        self.position = Fraction(0)
        self.present: list[Entry] = []
        self.rated: list[tuple[int, Entry]] = []
        self.rated_at: Fraction | None = None
        self.flat_paid = Fraction(0)
        self.in_stead: dict[str, Fraction] = {}
        self.total = Fraction(0)
        self.tallies: dict[str, Tally] = {}
        self.entries = {credit.id: self._entry(credit) for credit in self.credits}

    def _counts(self, credit: Credit, window: Window) -> bool:
        span = self.component.in_force
        named = credit.name in (self.component.of, self.component.measure)
        inside = named and window.holds(credit.on) and credit.on <= self.known.as_of
        return inside and (span is None or span.covers(credit.on))

    def _entry(self, credit: Credit) -> Entry:
        component, facts = self.component, {**dict(credit.cause.facts), **self.known.facts}
        factor = ONE if component.multiply is None else component.multiply.value(facts)
        gate = component.gate is None
        if component.gate is not None:
            gate = component.gate.holds(self.known.facts if component.gate_kind == "from_first" else facts)
        by, place = component.rates.by, None
        if by == "formula":
            assert component.rates.by_formula is not None
            value = component.rates.by_formula.value(facts)
            place = value if isinstance(value, Fraction) else None
        paid = credit.id in self.known.own and gate and (by != "formula" or place is not None)
        amount = Fraction(credit.amount.minor if credit.name == component.of else 0)
        factor = (factor or Fraction(0)) * credit.pays
        return Entry(credit, amount, self._length(credit, place), factor, paid, place)

    def _length(self, credit: Credit, place: Fraction | None) -> Fraction:
        """How far the credit moves the measure: not at all where that is another credit's."""
        by, weighed = self.component.rates.by, credit.amount.minor * credit.weight
        if credit.name != self.component.measure:
            return Fraction(0)
        if by == "attainment":
            return weighed / (self.known.quota or 1)
        return {"count": credit.units, "amount": weighed, "formula": place or Fraction(0)}[by]

    def tell(self) -> dict[str, Tally]:
        """Every own credit's tally by its id, and that of `carried`."""
        if self.known.carried is not None:
            self._book("carried", Fraction(self.known.carried))
        for _, going, credit in sorted(self._movements()):
            entry = self.entries[credit]
            if going is None:
                self._come(entry)
            else:
                self._go(entry, going)
        return {name: tally for name, tally in self.tallies.items() if self._shown(name, tally)}

    def _shown(self, name: str, tally: Tally) -> bool:
        """A credit that only measures has a line where its coming or going brought something to it."""
        if name == "carried":
            return True
        moved = tally.earned or tally.withheld or tally.taken
        return name in self.known.own and bool(moved or self.entries[name].credit.name == self.component.of)

    def _movements(self) -> Iterator[tuple[tuple[object, ...], Undone | None, str]]:
        for c in self.credits:
            yield (c.on, 0, c.at, c.event, c.id), None, c.id
            going = undone(c, self.component, self.known.as_of)
            if going is not None and c.undone_on is not None:
                yield (max(c.undone_on, c.on), 1, c.at, c.event, c.id), going, c.id

    def _come(self, entry: Entry) -> None:
        worth = self._coming(entry)
        self._book(entry.credit.id, worth if entry.paid else Fraction(0))

    def _rerates(self, entry: Entry) -> bool:
        """True where the coming or going of a paid credit rates the others anew."""
        return entry.place is None and table.rerates(self.component.rates)

    def _coming(self, entry: Entry) -> Fraction:
        """What the credit is worth as it comes, with bounds and factor."""
        rates = self.component.rates
        if entry.place is not None:
            return self._bounded(entry, self._alone(entry))
        start, fixed = self.position, self._fixed()
        self.position += entry.length
        self.present.append(entry)
        if self._rerates(entry):
            entry.units = table.units(rates, start, self.position)
            return self._rated_anew(1, entry, start) if entry.paid else Fraction(0)
        if table.pays_once(rates):
            fixed = self._flat_so_far(entry)
        return self._bounded(entry, self._along(entry, start) + self._fixed() - fixed)

    def _flat_so_far(self, entry: Entry) -> Fraction:
        """What the flat table has paid so far; the credit that is paid now brings it to the tier reached."""
        before = self.flat_paid
        if entry.paid:
            self.flat_paid = self._fixed()
        return before

    def _fixed(self) -> Fraction:
        """The fixed amounts of tiers as they are due now."""
        return table.fixed(self.component.rates, self._counted(self.position), self._highest())

    def _highest(self) -> Fraction | None:
        """The highest position that those who are here have reached, one after the other; None before any did."""
        position, highest = Fraction(0), None
        for entry in self.present:
            position += entry.length
            counted = self._counted(position)
            highest = counted if highest is None else max(highest, counted)
        return highest

    def _counted(self, position: Fraction) -> Fraction:
        """The position, or the one above which nothing counts."""
        highest = self.component.rates.highest
        return position if highest is None else min(position, highest)

    def _part(self, entry: Entry, start: Fraction) -> Fraction:
        """The part of a credit that counts, from a position on; what has no length counts whole."""
        if entry.length == 0:
            return ONE
        return (self._counted(start + entry.length) - self._counted(start)) / entry.length

    def _along(self, entry: Entry, start: Fraction) -> Fraction:
        """What the credit is worth on its stretch of the scale, from a position on; without the tiers' fixed amounts."""
        rates, end = self.component.rates, self._counted(start + entry.length)
        part, start = self._part(entry, start), self._counted(start)
        amount = abs(entry.amount) * part
        if table.pays_once(rates) or part == 0:
            return Fraction(0)
        worth = table.stretch(rates, min(start, end), max(start, end), amount)
        return worth if entry.length > 0 or (entry.length == 0 and entry.amount > 0) else -worth

    def _alone(self, entry: Entry) -> Fraction:
        """A credit that is rated by itself stands from nothing to its own place."""
        rates, place = self.component.rates, entry.place
        assert place is not None
        if rates.method == "formula":
            return entry.amount * place
        if table.rerates(rates):
            flat = rates.tiers[table.reached(rates, place)].flat
            worth = table.at_tier(rates, place, entry.amount, table.units(rates, Fraction(0), place))
            return worth if flat is None else Fraction(flat.minor)
        worth = Fraction(0)
        if not table.pays_once(rates):
            worth = table.stretch(rates, Fraction(0), place, entry.amount)
        return worth + table.fixed(rates, place, place)

    def _rated_anew(self, sign: int, entry: Entry, start: Fraction, share: Fraction = ONE) -> Fraction:
        """What everything comes to more when the part of a credit that counts from a position on joins (1) or leaves (-1)."""
        before = self._everything()
        self.rated.append((sign, replace(entry, amount=entry.amount * self._part(entry, start))))
        self.rated_at = self.position if self.present else None
        return self._everything() - before + self._fixed_in_stead(entry, share)

    def _everything(self) -> Fraction:
        """All that is rated, at the tier last reached: each within its bounds and with its factor; fixed amounts left out."""
        rates, found = self.component.rates, Fraction(0)
        for sign, e in self.rated if self.rated_at is not None else ():
            assert self.rated_at is not None
            found += sign * self._bounded(e, table.at_tier(rates, self._counted(self.rated_at), e.amount, e.units))
        return found

    def _fixed_in_stead(self, entry: Entry, share: Fraction) -> Fraction:
        """How the fixed amount of a tier that rates nothing changes; a tier with a rate takes back what all of them paid."""
        tiers, before = self.component.rates.tiers, self.flat_paid
        at = None if self.rated_at is None else tiers[table.reached(self.component.rates, self._counted(self.rated_at))]
        self.flat_paid = Fraction(0) if at is None or at.flat is None else Fraction(at.flat.minor)
        if at is None or at.flat is None:
            paid = sum(self.in_stead.values(), Fraction(0))
            self.in_stead = {}
            return -paid
        change = self._bounded(entry, self.flat_paid - before)
        self.in_stead[entry.credit.id] = self.in_stead.get(entry.credit.id, Fraction(0)) + change * share
        return change

    def _bounded(self, entry: Entry, worth: Fraction) -> Fraction:
        return table.within(worth, self.component.per_deal) * entry.factor

    def _go(self, entry: Entry, going: Undone) -> None:
        tally = self.tallies[entry.credit.id]
        lost = self._leaving(entry, going)
        if going.from_top:
            before = tally.earned
            self._book(entry.credit.id, -lost if entry.paid else Fraction(0))
            tally.taken = before - tally.earned
        else:
            mode = self.plan.rounding.value
            kept = tally.earned - table.whole_number(going.share * tally.earned, mode)
            if going.of_paid:
                paid = table.whole_number(tally.earned * self._released_by(entry.credit), mode)
                tally.all_paid = True
                kept = paid - table.whole_number(going.share * paid, mode)
            tally.taken = tally.earned - kept
            tally.earned = kept
            if tally.withheld and self.component.cap is not None and self.component.cap.excess == "carried_forward":
                tally.withheld -= table.whole_number(going.share * tally.withheld, mode)

    def _released_by(self, credit: Credit) -> Fraction:
        """The share of a credit's earning that was payable by the day on which it was undone."""
        assert credit.undone_on is not None
        return self.known.released_by(credit, credit.undone_on)

    def _leaving(self, entry: Entry, going: Undone) -> Fraction:
        """What everything loses when the credit leaves as if it had never been there; exactly, it is no longer rated."""
        rates = self.component.rates
        if entry.place is not None:
            return going.share * self._bounded(entry, self._alone(entry))
        fixed = self._fixed()
        if going.reverses:
            self.position -= entry.length
            self.present = [other for other in self.present if other is not entry]
        if not going.from_top:
            self.rated = [(sign, other) for sign, other in self.rated if other.credit is not entry.credit]
            self.in_stead.pop(entry.credit.id, None)
            return Fraction(0)
        if self._rerates(entry):
            return -going.share * self._rated_anew(-1, entry, self.position, going.share) if entry.paid else Fraction(0)
        if table.pays_once(rates):
            fixed = self._flat_so_far(entry)
        lost = self._along(entry, self.position) + fixed - self._fixed()
        return self._bounded(entry, lost) * going.share

    def _book(self, source: str, worth: Fraction) -> None:
        """Adds to the running total; a source earns what the rounded and capped total rises by."""
        tally = self.tallies.setdefault(source, Tally())
        before = self._whole(self.total)
        self.total += worth
        after = self._whole(self.total)
        tally.earned += after[1] - before[1]
        tally.withheld += (after[0] - after[1]) - (before[0] - before[1])

    def _whole(self, total: Fraction) -> tuple[int, int]:
        """The running total as whole minor units: without and with the cap."""
        cap, mode = self.component.cap, self.plan.rounding.value
        capped = total if cap is None or cap.at_most is None else min(total, Fraction(cap.at_most.minor))
        return table.whole_number(total, mode), table.whole_number(capped, mode)
