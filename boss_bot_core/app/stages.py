"""Builds the parts of the stages that depend on the loaded plugins: the limits for one file, and post-processing."""

from pathlib import Path

from boss_bot_core.app.worker_setup import pack_plugin_settings
from boss_bot_core.pipeline.file_limits import FileLimits
from boss_bot_core.pipeline.hook_runner import HookRunner
from boss_bot_core.pipeline.stages.post_process import ConversionSetup, PostProcessStage
from boss_bot_core.pipeline.stages.verify import VerifyStage
from boss_bot_core.plugin.manager import PluginManager
from boss_bot_core.settings import Settings

_POST_PROCESS = "bossbot_post_process"


def build_file_limits(settings: Settings, plugins: PluginManager) -> FileLimits:
    """Return the limits for one file, which depend on whether a plugin makes files fit."""
    is_converting = any(_POST_PROCESS in plugin.hooks for plugin in plugins.loaded.values())
    return FileLimits(cap_bytes=settings.download.max_file_size_bytes, is_converting=is_converting)


def build_post_process_stage(
    settings: Settings,
    plugins: PluginManager,
    limits: FileLimits,
    hook_runner: HookRunner,
    verify_stage: VerifyStage,
    ffmpeg: Path | None,
) -> PostProcessStage:
    """Build the stage; its workers get the settings of the plugins that post-process, and no others."""
    packed = pack_plugin_settings(plugins)
    setup = ConversionSetup(
        plugin_settings={name: packed[name] for name in packed if _POST_PROCESS in plugins.loaded[name].hooks},
        limits_by_kind=settings.conversion.limits_by_kind,
        threads=settings.conversion.conversion_threads,
        ffmpeg=ffmpeg,
    )
    return PostProcessStage(hook_runner, verify_stage, limits, setup)
