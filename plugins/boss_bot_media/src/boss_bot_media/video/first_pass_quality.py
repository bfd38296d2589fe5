"""The quality of the first pass of an encoding: the constant one that fills the budget.

x264's own first pass guesses its way to a rate, and may give the first frames ten times the bits of the next ones. From
such statistics the second pass keeps neither the rate nor an even quality; from those of a constant quality it does.
"""

from typing import Final

from boss_bot_media.conversion import Conversion
from boss_bot_media.targets import PictureTarget
from boss_bot_media.video.crf_search import CrfPoint, choose_crf, is_near
from boss_bot_media.video.ladder import predict_rate
from boss_bot_media.video.samples import FIRST_CRF, encode_samples

_MAX_SAMPLES: Final = 5
_CLEAR_SHARE: Final = 0.7
"""A picture that needs less than this share of its budget at the best quality gets that quality at once."""


def find_crf(conversion: Conversion, picture: PictureTarget, rate_bps: float, lowest_crf: float) -> float | None:
    """Return the constant quality at which a picture has a rate, by samples; None if it needs far less than the rate.

    Args:
        conversion: The conversion.
        picture: The picture.
        rate_bps: The rate of the second pass.
        lowest_crf: The constant quality above which more bits are wasted.

    Raises:
        FfmpegError: The source cannot be decoded.
    """
    fps, samples = picture.fps or conversion.track.fps, conversion.conditions.samples
    points = [CrfPoint(FIRST_CRF, predict_rate(picture.width, picture.height, fps, FIRST_CRF, samples))]
    size = (picture.width, picture.height, fps)
    # Samples of the same size are no forecast, but a measurement.
    is_measured = samples is not None and (samples.width, samples.height, samples.fps) == size
    for _ in range(_MAX_SAMPLES):
        if is_measured and is_near(points[-1], rate_bps, lowest_crf):
            break
        crf = choose_crf(points, rate_bps, lowest_crf)
        found = CrfPoint(crf, encode_samples(conversion, picture, crf).rate_bps)
        points = [*points, found] if is_measured else [found]
        is_measured = True
    best = points[-1]
    return None if best.crf <= lowest_crf and best.rate_bps < rate_bps * _CLEAR_SHARE else best.crf
