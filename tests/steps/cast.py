"""The cast of every feature: the sample company's people and partners by the names that sentences use."""

from collections.abc import Mapping

from engine.app.demo.cast import PARTNERS, PEOPLE, Member

LONG_AGO = PEOPLE[0].joined_on
NEWCOMER = Member("qian-duo", "Qian Duo", "钱多", "account_executive", "china", "wu-fang", "north", LONG_AGO)
"""Somebody of whom nobody has told yet; a scenario lets them join."""

EVERYBODY: Mapping[str, Member] = {member.id: member for member in (*PEOPLE, NEWCOMER)}
PEOPLE_NAMES: Mapping[str, str] = {
    name: member.id for member in EVERYBODY.values() for name in (member.name, member.name_zh)
}
PARTNER_NAMES: Mapping[str, str] = {
    "Huaxin Automation": "huaxin",
    "华信自动化": "huaxin",
    "Nordwind Technik": "nordwind",
    "北风技术": "nordwind",
    "Lanhai Marketplace": "lanhai",
    "蓝海商城": "lanhai",
}
PARTNER_IDS = tuple(partner.id for partner in PARTNERS)
ROLE_NAMES: Mapping[str, str] = {
    "sales development representative": "sdr", "销售开发代表": "sdr",
    "account executive": "account_executive", "客户经理": "account_executive",
    "sales manager": "sales_manager", "销售经理": "sales_manager",
    "director": "director", "销售总监": "director",
}  # fmt: skip
SIGN_IN_ROLES: Mapping[str, tuple[str, ...]] = {
    "sdr": ("rep",), "account_executive": ("rep",), "sales_manager": ("manager",), "director": ("manager",),
    "partner_manager": ("rep",), "ops": ("ops",), "finance": ("finance",),
}  # fmt: skip
"""What somebody of a role may do at the screens."""


def payee_id(name: str) -> str:
    """The id of a person or partner of the cast."""
    return PEOPLE_NAMES.get(name) or PARTNER_NAMES[name]


def payee_name(id: str, language: str) -> str:
    """The name of a person or partner as a feature of that language writes it."""
    names = [name for name, of in {**PEOPLE_NAMES, **PARTNER_NAMES}.items() if of == id]
    return names[-1 if language == "zh" else 0] if names else id
