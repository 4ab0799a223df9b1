"""Random conditions, rulebooks and facts: every kind of fact, missing ones, other currencies, huge numbers, Chinese."""

from datetime import UTC, date, datetime
from fractions import Fraction

from hypothesis import strategies as st

from engine.core.durations import Duration, DurationUnit
from engine.core.money import ExactMoney, Money
from engine.core.rules.header import InForce
from tests.matching.making import ALL_YEAR, trigger

WORDS = ("partner", "direct", "展会", "直销 渠道", "5", "a\\'b", "")
ORDER = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
EQUAL = st.sampled_from(["=", "!="])
MONEY = st.sampled_from(["100 CNY", "99.99 CNY", "100 USD", "10万 CNY", "0.01 EUR", "10_000_000_000_000 CNY"])
NUMBER = st.sampled_from(["0", "5", "2.5", "2.50001", "9_007_199_254_740_993", "4_503_599_627_370_495", "1亿", "1"])
PERCENT = st.sampled_from(["10%", "12.5%", "0.00003%", "100%"])
DAY = st.sampled_from(["2026-02-02", "2026-02-03", "2026-03-31", "0001-01-01", "9999-12-31"])
INSTANT = st.sampled_from(["2026-02-03 04:05", "2026-02-03 04:06", "1600-01-01 00:00"])
QUOTED = st.sampled_from(WORDS).map(lambda word: '"' + word.replace("\\", "\\\\") + '"')
SORTS = (
    (("deal.amount", "deal.margin"), ORDER, MONEY),
    (("deal.units", "activity.duration_minutes"), ORDER, NUMBER),
    (("deal.discount", "deal.probability"), ORDER, PERCENT),
    (("event.on", "deal.close_on"), ORDER, DAY),
    (("event.at",), ORDER, INSTANT),
    (("deal.channel", "deal.name", "owner", "account.name"), EQUAL, QUOTED),
    (("deal.currency",), EQUAL, st.sampled_from(["CNY", "USD", '"EUR"'])),
    (("deal.closed", "deal.trial"), EQUAL, st.sampled_from(["true", "false"])),
)
COMPUTED = st.sampled_from(
    [
        "deal.margin / deal.amount >= 20%",
        "deal.amount > deal.margin",
        "deal.amount + deal.margin > 150 CNY",
        "10 / deal.units > 2",
        "owner in deal.team",
        '"展会" in deal.team',
        "event.on in 2026-Q1",
        "deal.close_on not in 2026-02",
        'text_contains(deal.name, "渠道")',
        "days_between(event.on, deal.close_on) < 30",
        "deal.notice >= 30 days",
        "deal.notice is set",
        "deal.team is not set",
        "deal.margin - deal.amount is set",
        "(if deal.closed then deal.trial else deal.amount > 100 CNY)",
        'deal.channel in ["展会", "direct", "5", "x", "y", "z"]',
        "true",
        "false",
    ]
)


@st.composite
def simple(draw) -> str:
    """A condition about one fact, or a computed one."""
    form = draw(st.integers(0, 9))
    if form == 9:
        return draw(COMPUTED)
    names, sign, constants = draw(st.sampled_from(SORTS))
    name = draw(st.sampled_from(names))
    if form == 0:
        return f"{name} is {draw(st.sampled_from(['set', 'not set']))}"
    if form == 1:
        options = draw(st.lists(constants, min_size=1, max_size=6, unique=True))
        return f"{name} {draw(st.sampled_from(['in', 'not in']))} [{', '.join(options)}]"
    if form == 2 and sign is ORDER:
        low, high = draw(constants), draw(constants)
        if low[-3:] == high[-3:] and low == high:
            return f"{name} between {low} and {high}"
    if form == 3:
        return f"{draw(constants)} {draw(sign)} {name}"
    if form == 4:
        return draw(st.sampled_from(["deal.closed", "deal.trial", "account.is_new"]))
    return f"{name} {draw(sign)} {draw(constants)}"


def _joined(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    several = st.lists(inner, min_size=2, max_size=4)
    return st.one_of(
        several.map(lambda items: "(" + " and ".join(items) + ")"),
        several.map(lambda items: "(" + " or ".join(items) + ")"),
        inner.map(lambda item: f"(not ({item}))"),
        st.tuples(inner, inner, inner).map(lambda three: "(if {} then {} else {})".format(*three)),
    )


CONDITIONS = st.recursive(simple(), _joined, max_leaves=6)
SPANS = st.sampled_from([ALL_YEAR, InForce(date(2026, 3, 1)), InForce(date(2020, 1, 1), date(2026, 2, 3))])
EVENT_TYPES = ("deal.changed", "deal.created")


@st.composite
def rulebooks(draw):
    """One to ten triggers on two event types, now and then one that always holds."""
    texts = draw(st.lists(st.one_of(*[CONDITIONS, simple()] * 4, st.none()), min_size=2, max_size=12))
    types = st.sampled_from(EVENT_TYPES)
    return tuple(trigger(f"rule-{number}", text, draw(types), draw(SPANS)) for number, text in enumerate(texts))


MINOR = st.one_of(st.sampled_from([9_999, 10_000, 10_001, 10**15, 10**17, 2**53, -(2**63), 10**30, 0]), st.integers())
AMOUNTS = st.one_of(
    st.builds(Money, MINOR, st.sampled_from(["CNY", "CNY", "USD", "EUR"])),
    st.builds(ExactMoney, st.fractions(9_999, 10_001), st.just("CNY")),
)
NUMBERS = st.one_of(
    st.sampled_from([0, 1, 5, Fraction(5, 2), Fraction(250001, 100000), 9_007_199_254_740_993, 9_007_199_254_740_992]),
    st.sampled_from([4_503_599_627_370_495, 4_503_599_627_370_496, -(10**40)]),
    st.fractions(0, 6),
    st.integers(),
)
SHARES = st.one_of(st.sampled_from([Fraction(1, 10), Fraction(1, 8), 1, Fraction(3, 10**7)]), st.fractions(0, 1))
DAYS = st.sampled_from([date(2026, 2, 2), date(2026, 2, 3), date(2026, 2, 4), date(2026, 3, 31), date.min, date.max])
MOMENTS = st.one_of(
    st.sampled_from([datetime(2026, 2, 3, 4, 5, tzinfo=UTC), datetime(2026, 2, 3, 4, 5, 59, 999_999, tzinfo=UTC)]),
    st.datetimes(min_value=datetime(1500, 1, 1), max_value=datetime(2900, 1, 1), timezones=st.just(UTC)),
)
TEXTS = st.one_of(st.sampled_from(WORDS), st.text(max_size=4))
VALUES: dict[str, st.SearchStrategy[object]] = {
    **dict.fromkeys(("deal.amount", "deal.margin"), AMOUNTS),
    **dict.fromkeys(("deal.units", "activity.duration_minutes"), NUMBERS),
    **dict.fromkeys(("deal.discount", "deal.probability"), SHARES),
    **dict.fromkeys(("event.on", "deal.close_on"), DAYS),
    "event.at": MOMENTS,
    **dict.fromkeys(("deal.channel", "deal.name", "owner", "account.name"), TEXTS),
    "deal.currency": st.sampled_from(["CNY", "USD", "EUR"]),
    **dict.fromkeys(("deal.closed", "deal.trial", "account.is_new"), st.booleans()),
    "deal.team": st.lists(TEXTS, max_size=2).map(tuple),
    "deal.notice": st.sampled_from([Duration(30, DurationUnit.DAYS), Duration(3, DurationUnit.BUSINESS_DAYS)]),
}
FACT_SETS = st.fixed_dictionaries(
    {name: st.one_of(some, some, some, st.none()) for name, some in list(VALUES.items())[:9]},
    optional=dict(list(VALUES.items())[9:]),
)
"""Facts, of which any may be None or absent."""
