"""Tweets that X withholds, or that something is wrong with."""

from typing import Final

from boss_bot_sandbox.site.twitter.accounts import HOSTILE_TEXT, METADATA_ADDRESS, MOLE, OWL
from boss_bot_sandbox.site.twitter.model import Photo, Tweet, Video

DIFFICULT: Final = (
    Tweet(id="1800000000000000020", case="text", author=OWL, text="Only words"),
    Tweet(
        id="1800000000000000021",
        case="sensitive",
        author=OWL,
        text="Marked as sensitive",
        media=(Photo(stem="photo-21", warnings=("adult_content",)),),
        sensitive=True,
    ),
    Tweet(id="1800000000000000022", case="deleted", author=OWL, availability="deleted"),
    Tweet(id="1800000000000000023", case="suspended", author=OWL, availability="suspended"),
    Tweet(
        id="1800000000000000024",
        case="protected",
        author=MOLE,
        text="For followers",
        media=(Photo(stem="photo-24"),),
        availability="protected",
    ),
    Tweet(id="1800000000000000025", case="tombstone", author=OWL, availability="tombstone"),
    Tweet(
        id="1800000000000000026",
        case="adult",
        author=OWL,
        text="Shown to logged-in adults alone",
        media=(Photo(stem="photo-26", warnings=("adult_content",)),),
        sensitive=True,
        availability="adult",
    ),
    Tweet(
        id="1800000000000000027",
        case="rate-limited",
        author=OWL,
        text="Behind a rate limit",
        media=(Video(id="1800000000000000127"),),
        availability="rate-limited",
    ),
    Tweet(id="1800000000000000028", case="hostile", author=OWL, text=HOSTILE_TEXT, media=(Photo(stem="photo-28"),)),
    Tweet(id="1800000000000000029", case="private-link", author=OWL, text="See", link=METADATA_ADDRESS),
    Tweet(
        id="1800000000000000030",
        case="mixed",
        author=OWL,
        text="A photo and a video",
        media=(Photo(stem="photo-30"), Video(id="1800000000000000130")),
    ),
)
