"""The Chinese words of the pages: gathers every text from code and templates, and compiles what was translated.

`python -m webui.catalogues` brings `translations/zh/LC_MESSAGES/messages.po` up to date, keeps what is translated,
lists what is not, and writes the `.mo` that the pages read. English is the texts' own language and needs no catalogue.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE = Path(__file__).parent
PO = HERE / "translations" / "zh" / "LC_MESSAGES" / "messages.po"
SOURCES = (("**.py", "python"), ("**/templates/**.html", "jinja2"))
FIXED = datetime(2026, 1, 1, tzinfo=UTC)


def texts() -> frozenset[str]:
    """Every text that code and templates mark for translation."""
    found = extract_from_dir(HERE, [*SOURCES])
    return frozenset(str(message) for _file, _line, message, _comments, _context in found)


def translations() -> Catalog:
    """The catalogue as it is committed."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh")


def updated(old: Catalog) -> Catalog:
    """A catalogue of exactly the present texts, with the translations that are known; dates are fixed, so bytes are."""
    new = Catalog("zh", project="Dealwright", version="1", charset="utf-8", creation_date=FIXED, revision_date=FIXED)
    new.fuzzy, new.header_comment = False, "# Chinese words of the web interface."
    new.msgid_bugs_address = new.last_translator = new.language_team = "-"
    for text in sorted(texts()):
        known = old.get(text)
        new.add(text, known.string if known else "")
    return new


def main() -> int:
    """Write both files; 1 when something is not translated yet."""
    catalogue = updated(translations() if PO.exists() else Catalog("zh"))
    with PO.open("wb") as file:
        write_po(file, catalogue, no_location=True, sort_output=True, width=10_000)
    with PO.with_suffix(".mo").open("wb") as file:
        write_mo(file, catalogue)
    missing = [str(message.id) for message in catalogue if message.id and not message.string]
    sys.stdout.writelines(f"not translated: {text}\n" for text in missing)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
