"""The reference explains every setting, and the template of config.toml is valid."""

from pathlib import Path

from boss_bot_core.settings import Settings, config_template, describe_settings, load, load_with_sources


def test_every_setting_is_explained() -> None:
    rows = describe_settings()
    assert all(len(row.help) > 20 and row.help.endswith(".") for row in rows)
    assert len({row.name for row in rows}) == len(rows)
    assert all(row.env == f"BOSS_BOT_{row.name.upper()}" for row in rows)


def test_current_values_and_their_sources_are_shown() -> None:
    loaded = load_with_sources(
        {"worker_memory_bytes": "1.5GB", "allowed_private_networks": "10.0.0.0/8, ::1/128"},
        environ={"BOSS_BOT_HOST_OVERRIDES": "x.com=127.0.0.1:8443"},
    )
    rows = {row.name: row for row in describe_settings(loaded)}
    assert (rows["worker_memory_bytes"].value, rows["worker_memory_bytes"].default) == ("1536MB", "1GB")
    assert rows["allowed_private_networks"].value == "10.0.0.0/8, ::1/128"
    assert (rows["host_overrides"].value, rows["host_overrides"].source) == ("x.com=127.0.0.1:8443", "environment")
    assert rows["max_queue_size"].source == "default"


def test_the_template_loads_with_all_its_lines_uncommented(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(config_template(), encoding="utf-8")
    assert load(environ={}, config_file=file) == Settings()
    (tmp_path / "x-cookies.txt").write_text("", encoding="utf-8")
    lines = [line.removeprefix("# ") for line in config_template().splitlines() if " = " in line or "# [" in line]
    file.write_text("\n".join(lines), encoding="utf-8")
    loaded = load_with_sources(environ={}, config_file=file)
    assert loaded.sources.keys() == {row.name for row in describe_settings()}
    assert loaded.settings.queue == Settings().queue
    assert loaded.settings.storage == Settings().storage
    assert list(loaded.settings.download.cookies) == ["twitter"]
