"""The plan of a post-processing hook: files that stay as they are, or only lose some of their bytes."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import attrs
from loguru import logger

from boss_bot_core.plugin.hook_results import check_returns
from boss_bot_core.plugin.post_process import PostProcessRequest


@attrs.frozen(kw_only=True)
class ByteRange:
    """Bytes of a file that are kept.

    Attributes:
        start: Position of the first byte.
        stop: Position behind the last byte.
    """

    start: int
    stop: int


@attrs.frozen(kw_only=True)
class PostProcessPlan:
    """What becomes of files for which `bossbot_post_process` has to do nothing else.

    Attributes:
        kept: For each of the request's files the parts that are kept, in order; None for a file that stays as it is.
        notes: Descriptions of the changes, for the stored metadata.
    """

    kept: tuple[tuple[ByteRange, ...] | None, ...]
    notes: tuple[str, ...] = ()


def merge_plans(
    request: PostProcessRequest[Any],
    hooks: Iterable[tuple[str, Callable[..., object] | None]],
    get_settings: Callable[[str], object],
) -> PostProcessPlan | None:
    """Return the common plan of all post-processing plugins.

    Args:
        request: The files.
        hooks: The plugins' hooks; None for a plugin that does not plan.
        get_settings: Returns the settings of a plugin, or None.

    Returns:
        None when a plugin has to be called: it has no plan, it broke, or it would get a file that another one changes.
    """
    plans = []
    for plugin, hook in hooks:
        own = attrs.evolve(request, settings=get_settings(plugin))
        plan = None if hook is None else _call_hook(plugin, hook, own)
        if plan is None:
            return None
        plans.append(plan)
    changing = [plan for plan in plans if any(ranges is not None for ranges in plan.kept)]
    if not plans or len(changing) > 1:
        return None
    return attrs.evolve((changing or plans)[0], notes=tuple(note for plan in plans for note in plan.notes))


def _call_hook(plugin: str, hook: Callable[..., object], request: PostProcessRequest[Any]) -> PostProcessPlan | None:
    try:
        plan = check_returns(plugin, "bossbot_plan_post_process", hook, PostProcessPlan)(request=request)
    except Exception:  # noqa: BLE001 - the hook that converts is called then, and its own error counts
        logger.exception("The plan of plugin {} failed.", plugin)
        return None
    if plan is not None and len(plan.kept) != len(request.files):
        logger.error("Plugin {} planned {} of {} files.", plugin, len(plan.kept), len(request.files))
        return None
    return plan


def copy_ranges(source: Path, ranges: Iterable[ByteRange], target: int) -> None:
    """Append parts of a file to an open one.

    Args:
        source: The file.
        ranges: The parts.
        target: Descriptor of the open file.

    Raises:
        OSError: The disk is full, for example.
        EOFError: A part lies outside the file.
    """
    with source.open("rb") as stream:
        for part in ranges:
            position = part.start
            while position < part.stop:
                count = os.sendfile(target, stream.fileno(), position, part.stop - position)
                if count == 0:
                    raise EOFError
                position += count
