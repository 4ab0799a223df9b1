"""One reason of a counterfactual: a code with particulars, where the rule stands, and the condition behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from engine.core.formulas import Facts, Formula
from engine.core.incentives.estimate_texts import REASON_WORDS
from engine.core.problems import Language, Place
from engine.core.rules.header import Title

NO_NAMES: Mapping[str, Title] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, in one respect. `code` is of REASON_WORDS; `condition` is what did not hold, asked of `facts`."""

    code: str
    particulars: tuple[tuple[str, str], ...]
    place: Place
    condition: Formula | None = None
    facts: tuple[tuple[str, object], ...] = ()

    def words(self, names: Mapping[str, Title] = NO_NAMES) -> Title:
        """The reason in both languages; what it names by an id of `names` is said by its title."""
        en, zh = REASON_WORDS[self.code]
        return Title(en.format_map(self._told(names, "en")), zh.format_map(self._told(names, "zh")))

    def _told(self, names: Mapping[str, Title], language: Language) -> dict[str, str]:
        told = {**dict(self.particulars), "place": str(self.place)}
        return {name: _named(text, names, language) for name, text in told.items()}


NOWHERE = Place("")


def reason(
    code: str, place: Place = NOWHERE, asked: Formula | None = None, facts: Facts | None = None, /, **told: str
) -> Reason:
    """A reason with its particulars by name; of the facts, those that the condition reads."""
    read = sorted(asked.reads & facts.keys()) if asked and facts else ()
    return Reason(code, tuple(sorted(told.items())), place, asked, tuple((name, facts[name]) for name in read if facts))


def _named(text: str, names: Mapping[str, Title], language: Language) -> str:
    """The text with the titles of the ids that it lists."""
    parts = [names[part].show(language) if part in names else part for part in text.split(", ")]
    return ("、" if language == "zh" and len(parts) > 1 else ", ").join(parts)
