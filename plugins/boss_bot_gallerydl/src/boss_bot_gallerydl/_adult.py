"""What a site marks as adult.

gallery-dl has no common flag: each site words it in its own way, and a site that has nothing else does not word it.
"""

from collections.abc import Mapping
from typing import Any, Final

_FLAGS: Final = frozenset(
    {"over_18", "nsfw", "is_nsfw", "sensitive", "possibly_sensitive", "is_adult", "adult", "mature", "is_mature"}
)
_RATINGS: Final = frozenset({"e", "q", "explicit", "questionable", "adult", "mature", "nsfw", "r-18", "r-18g", "r18"})

# Category names of gallery-dl, as one text because one name a line would bury the code below.
_SITE_NAMES: Final = """
8muses adultempire adultphotosets agnph ahottie allporncomic coomer coomerfans cosplayrule34 e621 eporner erome exhentai
fansly fapachi fapello fikfap fitnakedgirls furry34 gelbooru girlsreleased girlswithmuscle hdoujin hentai2read
hentaifoundry hentaihand hentaihere hentainexus hitomi hotleak hypnohub idolcomplex imagefap leakgallery luscious
motherless myhentaigallery nhentai nozomi nsfwalbum nudostar okporn onlyhaven paheal pornhub pornpics pornstarstube
realbooru redgifs rule34 rule34hentai rule34us rule34vault rule34xyz sakuhentai sankaku scatbooru schalenetwork
scrolller sexcom simplyhentai sxypix thefap thehentaiworld tmohentai vipergirls xasiat xbooru xhamster xvideos yiffverse
yourlesbians
"""
_SITES: Final = frozenset(_SITE_NAMES.split())


def is_adult(post: Mapping[str, Any]) -> bool:
    """Tell whether a post's own flags, its rating, or the site as such say adult."""
    if any(post.get(flag) is True for flag in _FLAGS):
        return True
    if str(post.get("rating") or "").lower() in _RATINGS:
        return True
    limit = post.get("age_limit")
    return (isinstance(limit, int) and limit >= 18) or post.get("category") in _SITES
