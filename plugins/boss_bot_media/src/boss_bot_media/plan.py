"""The plan of a file, as values: what is done with it, and why. One code makes a plan, another one carries it out."""

import attrs

from boss_bot_core.plugin import FitChoice
from boss_bot_media.targets import PictureTarget, SoundTarget


@attrs.frozen(kw_only=True)
class Keep:
    """The file stays as it is, because it fits and plays everywhere."""

    reason: str


@attrs.frozen(kw_only=True)
class Refuse:
    """The file stays as it is, although it does not fit or does not play everywhere: nothing can be done."""

    reason: str


@attrs.frozen(kw_only=True)
class Remux:
    """The streams are copied into another container.

    Attributes:
        reason: One sentence that says why.
        suffix: Extension of the container, with the dot.
        sound: The sound of the result; None for a file without sound.
    """

    reason: str
    suffix: str
    sound: SoundTarget | None = None


@attrs.frozen(kw_only=True)
class Transcode:
    """The picture is encoded anew.

    Attributes:
        reason: One sentence that says why.
        picture: The picture of the result.
        sound: The sound of the result; None for a file without sound.
    """

    reason: str
    picture: PictureTarget
    sound: SoundTarget | None = None


@attrs.frozen(kw_only=True)
class SoundOnly:
    """The result is a file with sound alone.

    Attributes:
        reason: One sentence that says why.
        sound: The sound of the result.
    """

    reason: str
    sound: SoundTarget


@attrs.frozen(kw_only=True)
class Parts:
    """The file is cut at key frames into parts that each fit.

    Attributes:
        reason: One sentence that says why.
        suffix: Extension of the parts' container, with the dot.
        picture: The picture of the parts, where the source's does not play everywhere; else None.
        sound: The sound of the parts; None for a file without sound.
    """

    reason: str
    suffix: str
    picture: PictureTarget | None = None
    sound: SoundTarget | None = None


@attrs.frozen(kw_only=True)
class ChoiceNeeded:
    """A person has to choose before anything is done.

    Attributes:
        reason: One sentence that says why.
        choices: What is possible.
    """

    reason: str
    choices: tuple[FitChoice, ...]


Plan = Keep | Refuse | Remux | Transcode | SoundOnly | Parts | ChoiceNeeded
