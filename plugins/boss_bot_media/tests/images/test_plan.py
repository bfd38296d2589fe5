"""The plan for a picture: one decision for each case, and what holds for all of them."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from boss_bot_media.images.encodings import list_encodings
from boss_bot_media.images.facts import ImageFacts
from boss_bot_media.images.plan import MAX_PIXELS, SHOWN_FORMATS, ImageAction, plan_image

PHOTO = ImageFacts(format="JPEG", width=4000, height=3000, size_bytes=4_000_000, stripped_bytes=4_000_000)
ANIMATION = ImageFacts(format="GIF", width=400, height=300, frames=90, size_bytes=900, stripped_bytes=900)
LIMIT = 5_000_000


@pytest.mark.parametrize(
    ("facts", "action", "reason"),
    [
        (PHOTO, ImageAction.KEEP, "fits"),
        (attrs.evolve(PHOTO, stripped_bytes=3_900_000), ImageAction.STRIP, "It has metadata"),
        (attrs.evolve(PHOTO, size_bytes=6_000_000, stripped_bytes=4_000_000), ImageAction.STRIP, "metadata"),
        (attrs.evolve(PHOTO, stripped_bytes=3_900_000, orientation=6), ImageAction.CONVERT, "turned"),
        (attrs.evolve(PHOTO, stripped_bytes=None), ImageAction.CONVERT, "cannot be cut out"),
        (attrs.evolve(PHOTO, format="HEIF", stripped_bytes=None), ImageAction.CONVERT, "not show HEIC"),
        (attrs.evolve(PHOTO, format="AVIF", stripped_bytes=None), ImageAction.CONVERT, "not show AVIF"),
        (attrs.evolve(PHOTO, size_bytes=6_000_000, stripped_bytes=6_000_000), ImageAction.SHRINK, "5.7 MB, and 4.8 MB"),
        (attrs.evolve(PHOTO, width=9000, height=9000), ImageAction.REFUSE, "more pixels"),
        (ANIMATION, ImageAction.KEEP, "fits"),
        (attrs.evolve(ANIMATION, size_bytes=6_000_000, stripped_bytes=6_000_000), ImageAction.TO_VIDEO, "are allowed"),
        (
            attrs.evolve(ANIMATION, size_bytes=6_000_000, stripped_bytes=6_000_000, is_opaque=False),
            ImageAction.SHRINK,
            "are allowed",
        ),
        (
            attrs.evolve(ANIMATION, format="AVIF", frames=5000),
            ImageAction.REFUSE,
            "too many frames",
        ),
        (
            attrs.evolve(ANIMATION, size_bytes=6_000_000, stripped_bytes=6_000_000, frames=99_000),
            ImageAction.REFUSE,
            "too many frames",
        ),
    ],
)
def test_each_case_has_its_action(facts: ImageFacts, action: ImageAction, reason: str) -> None:
    plan = plan_image(facts, LIMIT, strip=True, has_ffmpeg=True)
    assert plan.action is action
    assert reason in plan.reason


def test_without_the_setting_metadata_stay_unless_only_they_are_too_much() -> None:
    tagged = attrs.evolve(PHOTO, stripped_bytes=3_900_000, orientation=6)
    assert plan_image(tagged, LIMIT, strip=False, has_ffmpeg=True).action is ImageAction.KEEP
    upright = attrs.evolve(tagged, size_bytes=6_000_000, orientation=1)
    assert plan_image(upright, LIMIT, strip=False, has_ffmpeg=True).action is ImageAction.STRIP


def test_without_ffmpeg_an_animation_stays_a_picture() -> None:
    large = attrs.evolve(ANIMATION, size_bytes=6_000_000, stripped_bytes=6_000_000)
    assert plan_image(large, LIMIT, strip=True, has_ffmpeg=False).action is ImageAction.SHRINK


FACTS = st.builds(
    ImageFacts,
    format=st.sampled_from(["JPEG", "MPO", "PNG", "GIF", "WEBP", "AVIF", "HEIF", "BMP", "TIFF"]),
    width=st.integers(1, 20_000),
    height=st.integers(1, 20_000),
    frames=st.integers(1, 3000),
    size_bytes=st.integers(1, 20_000_000),
    stripped_bytes=st.one_of(st.none(), st.integers(1, 20_000_000)),
    orientation=st.integers(1, 8),
    is_opaque=st.booleans(),
    is_lossless=st.booleans(),
)


@given(facts=FACTS, limit_bytes=st.integers(1, 20_000_000), strip=st.booleans(), has_ffmpeg=st.booleans())
def test_what_holds_for_every_picture(
    facts: ImageFacts,
    limit_bytes: int,
    strip: bool,  # noqa: FBT001
    has_ffmpeg: bool,  # noqa: FBT001
) -> None:
    plan = plan_image(facts, limit_bytes, strip=strip, has_ffmpeg=has_ffmpeg)
    assert plan.reason.endswith(".")
    match plan.action:
        case ImageAction.KEEP:
            assert facts.format in SHOWN_FORMATS
            assert facts.size_bytes <= limit_bytes
            assert not strip or facts.stripped_bytes == facts.size_bytes
        case ImageAction.STRIP:
            assert facts.stripped_bytes is not None
            assert facts.stripped_bytes <= limit_bytes
            assert not facts.is_turned
        case ImageAction.TO_VIDEO:
            assert has_ffmpeg
            assert facts.is_animated
            assert facts.size_bytes > limit_bytes
    if facts.width * facts.height > MAX_PIXELS:
        assert plan.action is ImageAction.REFUSE


@given(facts=FACTS)
def test_encodings_keep_transparency_and_lose_nothing_before_they_have_to(facts: ImageFacts) -> None:
    encodings = list_encodings(facts)
    assert encodings[-1].highest_quality is not None
    exact = [encoding.highest_quality is None for encoding in encodings]
    assert exact == sorted(exact, reverse=True)
    fits_webp = max(facts.width, facts.height) <= 16_383
    if not fits_webp and facts.format != "WEBP":
        assert "WEBP" not in {encoding.format for encoding in encodings}
    elif not facts.is_opaque and facts.format not in {"JPEG", "MPO"}:
        assert "JPEG" not in {encoding.format for encoding in encodings}
