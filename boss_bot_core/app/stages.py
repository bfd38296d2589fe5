"""Builds the parts of the stages that depend on the loaded plugins: the limits for one file, and post-processing."""

from pathlib import Path

from boss_bot_core.app.worker_setup import pack_plugin_settings
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.stages.job_builder import ConversionSetup
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import Settings

_POST_PROCESS = "bossbot_post_process"


def build_file_limits(settings: Settings, plugins: PluginManager) -> FileLimits:
    """Return the limits for one file, which depend on whether a plugin makes files fit."""
    is_converting = any(_POST_PROCESS in plugin.hooks for plugin in plugins.loaded.values())
    return FileLimits(cap_bytes=settings.download.max_file_size_bytes, is_converting=is_converting)


def build_conversion_setup(settings: Settings, plugins: PluginManager, ffmpeg: Path | None) -> ConversionSetup:
    """Return what every post-processing job gets: the settings of the plugins that post-process, and no others."""
    packed = pack_plugin_settings(plugins)
    return ConversionSetup(
        plugin_settings={name: packed[name] for name in packed if _POST_PROCESS in plugins.loaded[name].hooks},
        limits_by_kind=settings.conversion.limits_by_kind,
        threads=settings.conversion.conversion_threads,
        ffmpeg=ffmpeg,
    )
