"""The files of a rule folder that are made, not written: JSON Schemas, the READMEs' reference, the problem pages."""

from pathlib import Path

from engine.core.problems import Language
from engine.rulefiles.json_schemas import schema_texts
from engine.rulefiles.pages.reference import problem_page, reference

BEGIN, END = "<!-- reference begins: made by `dealwright schema` -->\n", "<!-- reference ends -->\n"
_READMES: dict[str, Language] = {"README.md": "en", "README.zh.md": "zh"}
_PROBLEMS: dict[str, Language] = {"PROBLEMS.md": "en", "PROBLEMS.zh.md": "zh"}


def made_files(folder: Path) -> dict[str, str]:
    """The text of every made file by its path below the rule folder; of a README only the reference is made."""
    texts = {f"schema/{name}": text for name, text in schema_texts().items()}
    texts |= {name: problem_page(language) for name, language in _PROBLEMS.items()}
    for name, language in _READMES.items():
        if (folder / name).is_file():
            texts[name] = with_reference((folder / name).read_text(encoding="utf-8"), language)
    return texts


def with_reference(text: str, language: Language) -> str:
    """A README with the reference between its marks; unchanged when it has none."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    return f"{before}{BEGIN}\n{reference(language)}\n{END}{after}" if begin and end else text


def write_made_files(folder: Path) -> tuple[str, ...]:
    """Writes the made files that differ, and says which."""
    changed = []
    for name, text in made_files(folder).items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            changed.append(name)
    return tuple(changed)
