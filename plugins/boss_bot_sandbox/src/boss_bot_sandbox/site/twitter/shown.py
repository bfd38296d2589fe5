"""Tweets that anybody can see, by what their media are."""

from typing import Final

from boss_bot_sandbox.site.twitter.accounts import FOX, OWL
from boss_bot_sandbox.site.twitter.model import Photo, Tweet, Video

SHOWN: Final = (
    Tweet(id="1800000000000000001", case="photo", author=OWL, text="One photo", media=(Photo(stem="photo-1"),)),
    Tweet(
        id="1800000000000000002",
        case="photos",
        author=OWL,
        text="Four photos with descriptions",
        media=tuple(Photo(stem=f"photo-{n}", alt=f"Stripes, picture {n}") for n in range(2, 6)),
    ),
    Tweet(id="1800000000000000003", case="video", author=OWL, text="A video", media=(Video(id="1800000000000000103"),)),
    Tweet(
        id="1800000000000000004",
        case="gif",
        author=OWL,
        text="A GIF",
        media=(Video(id="1800000000000000104", type="animated_gif", sizes=((320, 180),)),),
    ),
    Tweet(
        id="1800000000000000005",
        case="hls-only",
        author=OWL,
        text="A video with HLS alone",
        media=(Video(id="1800000000000000105", sizes=()),),
    ),
    Tweet(
        id="1800000000000000007",
        case="heavy-video",
        author=OWL,
        text="A video in a large and a small version",
        media=(Video(id="1800000000000000107", best_bytes=24 * 1_048_576),),
    ),
    Tweet(
        id="1800000000000000006",
        case="quote",
        author=FOX,
        text="Look at this",
        media=(Photo(stem="photo-6"),),
        quotes="1800000000000000003",
    ),
    Tweet(id="1800000000000000010", case="thread-1", author=OWL, text="Thread 1/3", media=(Photo(stem="photo-10"),)),
    Tweet(
        id="1800000000000000011",
        case="thread-2",
        author=OWL,
        text="Thread 2/3",
        media=(Photo(stem="photo-11"),),
        conversation="1800000000000000010",
        reply_to="1800000000000000010",
    ),
    Tweet(
        id="1800000000000000012",
        case="thread-3",
        author=OWL,
        text="Thread 3/3",
        media=(Photo(stem="photo-12"),),
        conversation="1800000000000000010",
        reply_to="1800000000000000011",
    ),
    Tweet(
        id="1800000000000000013",
        case="thread-stranger",
        author=FOX,
        text="@sandbox_owl nice",
        media=(Photo(stem="photo-13"),),
        conversation="1800000000000000010",
        reply_to="1800000000000000010",
    ),
)
