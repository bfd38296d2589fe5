"""Names that a newcomer understands: modules are nouns, one name is one thing, and short modules have a reason."""

import re

import grimp

from tests.architecture.sources import CORE, core_modules, module_name, plugin_modules
from tests.architecture.structure import names_in_several_packages, slivers

VERB_FORMS = re.compile(r"(?:ing|ed)$")

NOUNS_IN_ING = {"matching", "routing", "setting", "staging", "testing", "timing", "wiring"}
"""Words in -ing that name a thing: link matching, the routing package, a setting, a staging folder, …"""

SAME_NAME_ON_PURPOSE = {
    "bossbot_inspect_file": "the hook's specification and the core's own implementation of it",
    "bossbot_warm_up": "the hook's specification and the core's own implementation of it",
    "main": "the entry point of the command line, and of the zygote's process",
    "upgrade": "Alembic's name for the step of each migration",
}
"""Public names that several packages define, and why."""

SLIVERS_ON_PURPOSE = {
    "boss_bot_core.app.stages": "depends on which plugins are loaded; the engine's start does not",
    "boss_bot_core.bot.command_translator": "what the list of commands says in each language, without a command",
    "boss_bot_core.bot.texts.alerts": "every sentence for Discord stands in this package",
    "boss_bot_core.cli.get.open_question": "the only part of the command that continues a finished download",
    "boss_bot_core.cli.plugin_commands": "imports the settings and the contract, which `--version` does without",
    "boss_bot_core.database.migrate": "imported at every start; the Alembic import behind it is slow",
    "boss_bot_core.database.upgrade": "imports Alembic, which most starts do not need",
    "boss_bot_core.plugin._engine_guard": "part of Python's import system, which the checks of the contract are not",
    "boss_bot_core.plugin._warm_up": "knows which engines are warm; the registry knows which plugins are in use",
    "boss_bot_core.storage.record": "what metadata.json says of a download; staging knows its folders",
    "boss_bot_core.verification.inspection": "imports the decoders, which the bot's own process never loads",
}
"""Modules below 40 lines with one importer in their own package, and why they stand alone."""


DEPRECATED = {"fetching"}
"""Aliases of the public testing tools, which go with version 0.2."""


def last_word(stem: str) -> str:
    return stem.strip("_").rpartition("_")[2]


def test_modules_are_nouns() -> None:
    modules = [*core_modules(), *plugin_modules()]
    verbs = [
        path
        for path in modules
        if VERB_FORMS.search(path.stem) and last_word(path.stem) not in NOUNS_IN_ING | DEPRECATED
    ]
    assert [str(path.relative_to(CORE.parent)) for path in verbs] == []


def test_a_public_name_is_defined_in_one_package() -> None:
    found = {name: modules for name, modules in names_in_several_packages().items() if name not in SAME_NAME_ON_PURPOSE}
    assert found == {}


def test_every_exception_for_a_name_is_needed() -> None:
    assert names_in_several_packages().keys() >= SAME_NAME_ON_PURPOSE.keys()


def test_a_short_module_has_several_importers_or_a_reason(imports: grimp.ImportGraph) -> None:
    assert {module_name(path) for path in slivers(imports)} == SLIVERS_ON_PURPOSE.keys()
