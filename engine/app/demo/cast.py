"""Who works at the sample company, its partners and its customers."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Member:
    """One person: names in both languages, role, team, manager, region, first day and first day gone (None: here).

    `share` is how much of the new deals comes to them, as a weight; 0 for those who do not sell.
    """

    id: str
    name: str
    name_zh: str
    role: str
    team: str
    manager: str
    region: str
    joined_on: date
    left_on: date | None = None
    share: int = 0


_LONG_AGO = date(2024, 1, 2)

PEOPLE: tuple[Member, ...] = (
    Member("zhou-ming", "Zhou Ming", "周明", "director", "sales", "", "china", _LONG_AGO),
    Member("wu-fang", "Wu Fang", "吴芳", "sales_manager", "china", "zhou-ming", "china", _LONG_AGO),
    Member("thomas-brandt", "Thomas Brandt", "托马斯·勃兰特", "sales_manager", "international", "zhou-ming", "europe", _LONG_AGO),
    Member("chen-wei", "Chen Wei", "陈伟", "account_executive", "china", "wu-fang", "north", _LONG_AGO, share=17),
    Member("li-na", "Li Na", "李娜", "account_executive", "china", "wu-fang", "east", _LONG_AGO, share=16),
    Member("wang-lei", "Wang Lei", "王磊", "account_executive", "china", "wu-fang", "south", _LONG_AGO, share=12),
    Member("liu-yang", "Liu Yang", "刘洋", "account_executive", "china", "wu-fang", "north", _LONG_AGO, date(2026, 1, 1), 10),
    Member("sun-jie", "Sun Jie", "孙杰", "account_executive", "china", "wu-fang", "east", date(2025, 9, 1), share=9),
    Member("anna-keller", "Anna Keller", "安娜·凯勒", "account_executive", "international", "thomas-brandt", "europe",
           _LONG_AGO, share=17),
    Member("marco-rossi", "Marco Rossi", "马可·罗西", "account_executive", "international", "thomas-brandt", "europe",
           date(2025, 6, 2), share=9),
    Member("zhao-min", "Zhao Min", "赵敏", "account_executive", "international", "thomas-brandt", "asia", _LONG_AGO, share=11),
    Member("emily-clark", "Emily Clark", "艾米莉·克拉克", "account_executive", "international", "thomas-brandt", "americas",
           date(2025, 8, 1), share=8),
    Member("he-jing", "He Jing", "何静", "sdr", "china", "wu-fang", "china", _LONG_AGO),
    Member("ben-okafor", "Ben Okafor", "本·奥卡福", "sdr", "international", "thomas-brandt", "europe", date(2025, 7, 1)),
    Member("xu-qing", "Xu Qing", "徐晴", "partner_manager", "channels", "zhou-ming", "china", _LONG_AGO),
    Member("guo-hua", "Guo Hua", "郭华", "ops", "operations", "zhou-ming", "china", _LONG_AGO),
    Member("he-ping", "He Ping", "何平", "finance", "finance", "", "china", _LONG_AGO),
    Member("deng-li", "Deng Li", "邓丽", "finance", "finance", "", "china", _LONG_AGO),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reseller:
    """One partner with its channel, its manager with us, and the share of deals that it brings (in percent)."""

    id: str
    name: str
    channel: str
    manager: str
    joined_on: date
    brings: int


PARTNERS: tuple[Reseller, ...] = (
    Reseller("huaxin", "华信自动化 Huaxin Automation", "partner", "xu-qing", date(2025, 2, 3), 6),
    Reseller("nordwind", "Nordwind Technik GmbH", "partner", "xu-qing", date(2025, 4, 1), 4),
    Reseller("lanhai", "蓝海商城 Lanhai Marketplace", "marketplace", "xu-qing", date(2025, 9, 15), 5),
)

_PLACES = ("北京", "上海", "苏州", "深圳", "成都", "青岛", "宁波", "武汉", "Hamburg", "Stuttgart", "Lyon", "Milano",
           "Chicago", "Monterrey", "São Paulo", "Toronto")  # fmt: skip
_TRADES = (("machinery", "机械", "Werke"), ("electronics", "电子", "Electronics"), ("automotive", "汽车部件", "Automotive"),
           ("medical", "医疗器械", "Medical"), ("energy", "能源", "Energy"))  # fmt: skip
_CHINESE = 8


def account_name(number: int) -> tuple[str, str, str, str]:
    """The id, name, industry and region of the numbered customer; the same number is always the same customer."""
    place = _PLACES[number % len(_PLACES)]
    industry, zh, en = _TRADES[(number // len(_PLACES)) % len(_TRADES)]
    chinese = number % len(_PLACES) < _CHINESE
    serial = number // (len(_PLACES) * len(_TRADES)) + 1
    name = (
        f"{place}{zh}{serial if serial > 1 else ''}有限公司"
        if chinese
        else f"{place} {en}{f' {serial}' if serial > 1 else ''}"
    )
    return f"A-{number:04d}", name, industry, "china" if chinese else "abroad"


_GIVEN = (("Zhang Min", "张敏"), ("Wang Fang", "王芳"), ("Liu Qiang", "刘强"), ("Chen Jing", "陈静"), ("Yang Lei", "杨磊"),
          ("Zhao Ting", "赵婷"), ("Huang Yong", "黄勇"))  # fmt: skip
_ABROAD = ("Julia Becker", "Marc Dupont", "Giulia Conti", "Emma Clark", "Pedro Alves", "Sofia Ramos", "Noah Tremblay")
_TITLES = (("Purchasing manager", "采购经理"), ("Head of production", "生产总监"), ("Quality engineer", "质量工程师"))


def contact_of(number: int) -> tuple[str, dict[str, object]]:
    """The id of the numbered customer's contact and what is known of them; the mail domain and the range of telephone
    numbers are kept free for stories."""
    account, *_, region = account_name(number)
    title_en, title_zh = _TITLES[number % len(_TITLES)]
    if region == "china":
        name, zh = _GIVEN[number % len(_GIVEN)]
        known = {"name": name, "name_zh": zh, "job_title": title_zh, "language": "zh"}
    else:
        known = {"name": _ABROAD[number % len(_ABROAD)], "job_title": title_en, "language": "en"}
    mail = f"{known['name'].split()[0].lower()}@{account.lower()}.example"
    reach = {"phone": f"+44 20 7946 0{number % 1000:03d}", "email": mail}
    return f"C-{number:04d}", {**known, "account": account, **reach}
