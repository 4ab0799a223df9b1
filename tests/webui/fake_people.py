"""Made-up people for the pages' tests: two teams, two in finance, one in operations, an administrator without a person.

Each payee's amounts are built on a number of their own, so that an amount in an answer tells whose pay leaked.
"""

from engine.app.views.choices import Belongs
from engine.app.views.users import User
from engine.core.money import Money
from engine.core.rules.header import Title

PASSWORD = "correct horse battery staple"


def user(name: str, shown: tuple[str, str], role: str, person: str = "", language: str = "zh") -> User:
    """A user whose person is `p-<name>` unless said otherwise."""
    return User(name, Title(*shown), person or f"p-{name}", (role,), language)  # type: ignore[arg-type]


USERS = {
    each.name: each
    for each in (
        user("lin", ("Lin Xiao", "林晓"), "rep"),
        user("chen", ("Chen Wei", "陈伟"), "rep"),
        user("zhao", ("Zhao Min", "赵敏"), "rep"),
        user("wang", ("Wang Fang", "王芳"), "manager"),
        user("liu", ("Liu Yang", "刘洋"), "manager", language="en"),
        user("sun", ("Sun Jie", "孙洁"), "ops"),
        user("qian", ("Qian Duo", "钱多"), "finance"),
        user("hu", ("Hu Ping", "胡平"), "finance"),
        User("root", Title("Administrator", "管理员"), "", ("admin",), "zh"),
    )
}
PERSONS = {each.person: each for each in USERS.values() if each.person}
MANAGERS = {"p-lin": "p-wang", "p-chen": "p-wang", "p-zhao": "p-liu"}

CANARIES = {
    "p-lin": 7_131_719,
    "p-chen": 8_234_543,
    "p-zhao": 9_345_857,
    "p-wang": 6_421_091,
    "p-liu": 5_712_383,
    "p-sun": 4_218_797,
    "p-qian": 3_918_653,
    "p-hu": 2_817_641,
    "partner-kunlun": 1_619_887,
}
STEP = 100_003
FEWEST, MOST = 0, 60


def pay(payee: str, number: int = 0) -> Money:
    """The payee's amount of that number."""
    return Money(CANARIES[payee] + number * STEP, "CNY")


def texts_of(payee: str) -> tuple[str, ...]:
    """Every way in which an amount of this payee may be written: with and without separators, and in minor units."""
    amounts = [pay(payee, number) for number in range(FEWEST, MOST)]
    written = [text for amount in amounts for text in (str(amount)[:-4], amount.plain(), str(amount.minor))]
    return tuple(dict.fromkeys(written))


def belongs_to(person: str) -> Belongs:
    """Somebody's own thing, below their manager."""
    manager = MANAGERS.get(person)
    return Belongs(frozenset({person}), frozenset({manager} if manager else ()))
