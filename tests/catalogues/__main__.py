"""Brings the catalogues up to date: `uv run python -m tests.catalogues`, and with a language it begins a new one."""

import sys

from babel.messages.catalog import Catalog

from boss_bot_core.bot.language import DOMAIN, LOCALES
from tests.catalogues.tool import to_text, update_all

for language in sys.argv[1:]:
    path = LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(to_text(Catalog(locale=language, project="boss-bot-core")))
for changed in update_all():
    print(f"written: {changed}")
