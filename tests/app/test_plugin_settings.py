"""The operator's settings for plugins, with the plugins that are installed here."""

from pathlib import Path

import pytest

from boss_bot_core.app.plugin_reference import build_plugin_template, describe_plugin_settings
from boss_bot_core.app.plugin_settings import load_plugins, plugin_warnings
from boss_bot_core.errors import SettingsError
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import Settings, load
from boss_bot_gallerydl._settings import GallerySettings
from boss_bot_ytdlp._settings import YtdlpSettings


def load_settings(folder: Path, text: str = "", **environ: str) -> Settings:
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    return load(environ=environ, config_file=file)


def reasons(plugins: PluginManager) -> dict[str, str]:
    return {failure.name: failure.reason for failure in plugins.failures}


def test_a_plugin_without_written_values_has_its_defaults(tmp_path: Path) -> None:
    plugins = load_plugins(load_settings(tmp_path))
    assert plugins.get_settings("gallerydl") == GallerySettings()
    assert plugins.get_settings("reddit") is None
    assert plugins.get_settings("nothing") is None


def test_the_environment_overrides_the_table_of_the_plugin(tmp_path: Path) -> None:
    text = '[plugins.gallerydl]\nmax_files = 5\nuser_agent = "A"\n[plugins.ytdlp]\nprefer_h264 = false\n'
    settings = load_settings(tmp_path, text, BOSS_BOT_PLUGIN_GALLERYDL_MAX_FILES="7")
    plugins = load_plugins(settings)
    assert plugins.get_settings("gallerydl") == GallerySettings(max_files=7, user_agent="A")
    assert plugins.get_settings("ytdlp") == YtdlpSettings(prefer_h264=False)
    rows = {row.name: row for row in describe_plugin_settings(settings, plugins)}
    agent, files = rows["plugins.gallerydl.user_agent"], rows["plugins.gallerydl.max_files"]
    assert (agent.value, agent.default, agent.source) == ("A", "", str(tmp_path / "config.toml"))
    assert (files.value, files.default, files.source) == ("7", "100", "environment")
    assert files.env == "BOSS_BOT_PLUGIN_GALLERYDL_MAX_FILES"
    assert files.help == "Most files of an album, a profile or a search; the first ones are fetched."


def test_wrong_values_end_the_use_of_their_plugin_only_and_are_all_told(tmp_path: Path) -> None:
    text = "[plugins.gallerydl]\nmax_files = 0\nmax_file = 3\n[plugins.twitter]\ncolour = 1\n"
    settings = load_settings(tmp_path, text, BOSS_BOT_PLUGIN_GALLERYDL_AGENT="x")
    plugins = load_plugins(settings)
    file = tmp_path / "config.toml"
    assert reasons(plugins) == {
        "gallerydl": (
            f"plugins.gallerydl.max_files ({file}): expected a whole number from 1 to 1000, got 0; "
            f"plugins.gallerydl.max_file ({file}): unknown setting; did you mean max_files?; "
            "BOSS_BOT_PLUGIN_GALLERYDL_AGENT (environment): unknown setting; did you mean user_agent?"
        ),
        "twitter": f"plugins.twitter.colour ({file}): unknown setting",
    }
    assert {"ytdlp", "reddit"} <= plugins.loaded.keys()
    assert f"Plugin twitter is not in use: {reasons(plugins)['twitter']}" in plugin_warnings(settings, plugins)
    with pytest.raises(SettingsError, match=r"(?s)^4 problems in the settings:.*max_files.*max_file.*AGENT.*colour"):
        describe_plugin_settings(settings, PluginManager.load())


def test_the_settings_of_a_plugin_that_is_switched_off_are_not_checked(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, 'disabled_plugins = ["ytdlp"]\n[plugins.ytdlp]\nprefer_h264 = "maybe"\n')
    plugins = load_plugins(settings)
    assert reasons(plugins) == {"ytdlp": "switched off in the settings"}
    assert list(plugin_warnings(settings, plugins)) == []


def test_the_settings_of_a_plugin_that_is_not_installed_cause_a_warning(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, "[plugins.ytdl]\nprefer_h264 = true\n", BOSS_BOT_PLUGIN_OLD_KEY="x")
    plugins = load_plugins(settings)
    assert plugins.failures == []
    unused = "is a setting of a plugin that is not installed: nobody uses it."
    assert list(plugin_warnings(settings, plugins)) == [
        f"plugins.ytdl.prefer_h264 ({tmp_path / 'config.toml'}) {unused}",
        f"BOSS_BOT_PLUGIN_OLD_KEY (environment) {unused}",
    ]


@pytest.mark.parametrize("text", ["plugins = 1", "plugins.ytdlp = 1"])
def test_plugins_that_are_no_tables_are_a_problem_of_the_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(
        SettingsError, match=r"plugins \(.*\): expected a table for each plugin, such as \[plugins.ytdlp\]"
    ):
        load_settings(tmp_path, text)


def test_the_template_explains_the_settings_of_plugins_and_changes_nothing(tmp_path: Path) -> None:
    template = build_plugin_template(PluginManager.load())
    assert (
        "# Most files of an album, a profile or a search; the first ones are fetched.\n# max_files = 100\n" in template
    )
    lines = [line.removeprefix("# ") for line in template.splitlines() if " = " in line or "# [" in line]
    plugins = load_plugins(load_settings(tmp_path, "\n".join(lines)))
    assert plugins.failures == []
    assert plugins.get_settings("gallerydl") == GallerySettings()
    assert plugins.get_settings("ytdlp") == YtdlpSettings()


def test_every_setting_of_an_installed_plugin_is_explained() -> None:
    rows = describe_plugin_settings(Settings(), PluginManager.load())
    assert rows
    assert all(len(row.help) > 20 and row.help.endswith(".") for row in rows)
