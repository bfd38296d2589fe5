"""Asks what becomes of a file that does not fit, and replaces it by its sound, or what counts as such."""

import wave
from pathlib import Path

import attrs

from boss_bot_core.plugin import (
    ChoiceNeededError,
    ConversionProgress,
    PostProcessRequest,
    PostProcessResult,
    ProcessedFile,
    SkippedFile,
    hookimpl,
)


@attrs.frozen
class FittingSettings:
    """The settings of the plugin."""

    note: str = "nothing"
    """The note in the history of a file."""


@hookimpl
def bossbot_settings() -> type:
    return FittingSettings


@hookimpl
def bossbot_post_process(request: PostProcessRequest[FittingSettings]) -> PostProcessResult:
    files, skipped = [], []
    for number, source in enumerate(request.files, 1):
        if source.stat().st_size <= request.max_file_size_bytes:
            files.append(ProcessedFile(path=source, source=source))
        elif request.options.fit is None:
            raise ChoiceNeededError("It is too large for this place.", choices=("parts", "sound"))
        elif request.options.fit == "parts":
            skipped.append(SkippedFile(name=source.name, reason="It cannot be cut."))
        else:
            for tenth in range(11):
                request.report(
                    ConversionProgress(
                        filename=source.name,
                        fraction=tenth / 10,
                        file_index=number,
                        file_count=len(request.files),
                    )
                )
            files.append(_take_sound(request.directory, source, request.media.caption))
    return PostProcessResult(files=tuple(files), notes=(request.settings.note,), skipped=tuple(skipped))


def _take_sound(directory: Path, source: Path, caption: str | None) -> ProcessedFile:
    path, thumbnail = directory / f"{source.stem}.wav", directory / f"{source.stem}.jpg"
    with wave.open(str(path), "wb") as sound:
        sound.setparams((1, 2, 8_000, 0, "NONE", "not compressed"))
        sound.writeframes(b"\0\0" * 800)
    thumbnail.write_bytes(b"a small picture")
    return ProcessedFile(path=path, source=source, thumbnail=thumbnail, description=f"The sound of {caption}")
