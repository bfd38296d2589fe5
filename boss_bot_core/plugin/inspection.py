"""The request and the result of the inspection hook."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Generic

import attrs

from boss_bot_core.plugin.declared_settings import SettingsT_co
from boss_bot_core.plugin.download_result import FileKind
from boss_bot_core.plugin.matching import ExtraFileType


@attrs.frozen(kw_only=True)
class FileToInspect(Generic[SettingsT_co]):
    """A fetched file that is not verified yet.

    Attributes:
        path: Absolute path; the hook may read the file but not change it.
        kind: Kind of file, as the source names it: a hint, because the content decides.
        size_bytes: Size in bytes.
        extra_types: Types that the platform declares beside images, video and audio.
        settings: The plugin's own settings; None if it declares none.
    """

    path: Path
    kind: FileKind
    size_bytes: int
    extra_types: tuple[ExtraFileType, ...] = ()
    settings: SettingsT_co = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class FileFacts:
    """What an inspection found out about a file's content; an unknown fact is None.

    Attributes:
        mime_type: MIME type of the content.
        extension: Usual extension for the MIME type, with the dot.
        width: Width in pixels.
        height: Height in pixels.
        duration_s: Length in seconds.
    """

    mime_type: str | None = None
    extension: str | None = None
    width: int | None = None
    height: int | None = None
    duration_s: float | None = None


def merge_facts(answers: Iterable[FileFacts | None]) -> FileFacts:
    """Return the facts of several inspections; a later one only fills in missing facts."""
    known: dict[str, Any] = {}
    for facts in answers:
        found = {} if facts is None else attrs.asdict(facts)
        known.update({field: value for field, value in found.items() if known.get(field) is None})
    return FileFacts(**known)
