"""The plan of files that need no conversion: those that stay as they are, and pictures that only lose their metadata.

It is made where the core inspects files, and saves a worker. A video always gets one, because its thumbnail is written.
"""

import warnings
from pathlib import Path
from typing import Final

from boss_bot_core.plugin import ByteRange, FileRejectedError, PostProcessPlan, PostProcessRequest
from boss_bot_media._settings import MediaSettings
from boss_bot_media.conditions import build_conditions
from boss_bot_media.content_family import read_family
from boss_bot_media.images.decoders import register_decoders
from boss_bot_media.images.facts import read_facts
from boss_bot_media.images.metadata import find_kept_ranges
from boss_bot_media.images.plan import ImageAction, plan_image
from boss_bot_media.plan import Keep
from boss_bot_media.planner import plan_file
from boss_bot_media.probe.reader import read_probe
from boss_bot_media.probe.source import find_picture_stream, open_source

_MOST_RANGES: Final = 1_000
"""Parts of one file above which its cut is left to the worker: a plan has to stay short."""
_WHOLE: Final = (None, None)

Request = PostProcessRequest[MediaSettings]


def plan_kept_files(request: Request) -> PostProcessPlan | None:
    """Return the plan of a request's files; None when one of them needs more than a cut."""
    kept, notes = [], []
    for path in request.files:
        family = read_family(path)
        planned = _plan_image(request, path) if family == "image" else _WHOLE
        if planned is None or (family == "stream" and not _is_kept_sound(request, path)):
            return None
        ranges, note = planned
        kept.append(ranges)
        notes += [note] if note else []
    return PostProcessPlan(kept=tuple(kept), notes=tuple(notes))


def _plan_image(request: Request, path: Path) -> tuple[tuple[ByteRange, ...] | None, str | None] | None:
    """Return the parts of a picture that are kept, with a note; None when it has to be processed."""
    if "image" not in request.settings.kinds:
        return _WHOLE
    register_decoders()
    content, limit_bytes = path.read_bytes(), request.max_file_size_bytes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        facts = read_facts(content, limit_bytes)
        strip = request.settings.strip_image_metadata
        plan = plan_image(facts, limit_bytes, strip=strip, has_ffmpeg=request.ffmpeg is not None)
        if plan.action is ImageAction.KEEP:
            return _WHOLE
        ranges = find_kept_ranges(content, facts.format) if plan.action is ImageAction.STRIP else None
        if ranges is None or len(ranges) > _MOST_RANGES:
            return None
    return ranges, plan.strip_note


def _is_kept_sound(request: Request, path: Path) -> bool:
    """Return whether a file has no picture, and its sound stays as it is."""
    try:
        with open_source(path) as container:
            if find_picture_stream(container) is not None:
                return False
        probe = read_probe(path)
    except FileRejectedError:
        return True  # subtitles, which their platform declares
    return isinstance(plan_file(probe, build_conditions(request)), Keep)
