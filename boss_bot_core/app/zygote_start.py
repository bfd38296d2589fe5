"""Starts the zygote as the settings say, before anything else is imported or opened."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from boss_bot_core.app.start_errors import translate_start_errors
from boss_bot_core.settings import Settings
from boss_bot_core.worker import Zygote, ZygoteOptions
from boss_bot_core.zygote_launch import LaunchedZygote


@asynccontextmanager
async def start_zygote(
    settings: Settings, *, is_eager: bool, launched: LaunchedZygote | None = None
) -> AsyncIterator[Zygote]:
    """Start the zygote, and shut it down at the end of the block; does not wait until it is ready.

    Args:
        settings: The settings.
        is_eager: Whether every engine is warmed up, or only those that links need.
        launched: A zygote that has been launched already.

    Raises:
        SettingsError: This machine lets no process start.
    """
    options = ZygoteOptions(
        disabled=frozenset(settings.download.disabled_plugins),
        extra_environment=settings.download.read_worker_environment(),
        is_eager=is_eager,
    )
    async with AsyncExitStack() as stack:
        with translate_start_errors():
            zygote = await stack.enter_async_context(Zygote(options, launched=launched))
        yield zygote
