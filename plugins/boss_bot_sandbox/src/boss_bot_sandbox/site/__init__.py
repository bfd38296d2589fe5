"""A small media site on loopback: file routes with faults on request, and stand-ins for X and Reddit.

Tests, benchmarks and the sandbox download from it instead of the internet. All files are made at run time and can be
decoded. ``MediaSite.start(directory)`` runs the site in this event loop, ``site_process(directory)`` in a child
process, and ``python -m boss_bot_sandbox.site --directory D [--ports-file F]`` from a shell. The last one prints one
line of JSON when it is ready, and ends when its standard input closes or its parent process ends.

Every route answers over http and https. The Host header alone selects the stand-in, so a client must use the public
name: ``host_overrides`` lists the names that a proxy has to connect to this site, and ``ca_file`` is the authority to
trust.

**Plain files** (any host not named below, such as ``media.example.com``). ``{name}`` is one of ``clip.mp4``,
``clip-640x360.mp4``, ``silent.mp4``, ``audio.m4a``, ``clip.webm``, ``tone.mp3``, ``photo-N.jpg``/``.png``/``.webp``,
``animation.gif``, and the hostile ``eicar.jpg``, ``bomb.png``, ``program.exe``, ``page.html``, ``truncated.mp4``,
``corrupt.mp4``. ``?size_bytes=N`` pads an mp4 to exactly N bytes; it remains playable.

=============================================  ======================================================================
``/files/{name}``                              with Content-Length and Range
``/unsized/{name}``  ``/norange/{name}``       without Content-Length; with it, but Range is ignored
``/throttled/{bytes_s}/{name}``                limited to that rate; ``/trickle/{name}`` is 1 KB/s
``/stalling/{bytes}/{name}``                   that many bytes, then nothing
``/replaced/{how}/{bytes}/{name}``            breaks off once, then has another file; ``how``: see ``replaced_routes``
``/cut/{bytes}/{times}/{name}``                connection reset after that many bytes, for the first ``times`` requests
``/endless/{name}``                            no Content-Length, never ends
``/redirect[/{name}]?to=URL[&status=]``        redirect to any address, also a private one
``/status/{code}[/{name}][?retry_after=]``     that status
``/flaky/{code}/{times}/{name}``               that status for the first ``times`` requests, then the file
``/disguised/{real}/{claimed}``                the bytes of one file under the name and type of another
``/members/{name}[/watch]``                    the file for the cookie ``sess=good``, else 401
``/public/{name}[/watch]``                     the file, but 401 for a cookie ``sess`` that is not good
``/attachment/{name}?filename=``               any text as the name in Content-Disposition
``/gzip-bomb/{name}[?unpacked_bytes=]``        100 KB of gzip that unpack to 100 MiB
``/page/{name}[?src=URL][&title=]``            a page with one ``<video>``
``/hls/{kind}/master.m3u8``                    HLS; kind is clear, encrypted, video (silent) or audio
``/hls/{kind}/playlist.m3u8[?key=][&segments=]``  the playlist, its key and segments at any address
``/dash/manifest.mpd[?base=]``                 DASH, its segments at any address
``/-/requests``, POST ``/-/reset``             the request log as JSON; empty the log and all counters
POST ``/-/guest-tokens?status=``               the status of X's answer to a request for a guest token
=============================================  ======================================================================

**X** (``x.com``, ``api.x.com``, ``cdn.syndication.twimg.com``, ``pbs``/``video``/``abs.twimg.com``, ``t.co``;
``twitter.com``, ``fxtwitter.com`` and ``vxtwitter.com`` redirect): guest tokens, ``TweetResultByRestId``,
``TweetDetail`` (only with the cookie ``auth_token=sandbox-auth-token``), embeds, media. The tweets: ``TWEETS``.

**Reddit** (``www``/``old``/``oauth.reddit.com``, ``i``/``v``/``preview``/``external-preview.redd.it``, ``redd.it``):
``…/comments/ID/.json``, tokens, share links (``SHARES``), galleries, ``v.redd.it`` with DASH, HLS and CMAF files
with separate sound. The posts: ``POSTS``.
"""

from boss_bot_sandbox.site.media import MediaLibrary
from boss_bot_sandbox.site.process import RemoteSite, site_process
from boss_bot_sandbox.site.reddit import POSTS, SHARES
from boss_bot_sandbox.site.request_log import RecordedRequest, RequestLog
from boss_bot_sandbox.site.server import MediaSite
from boss_bot_sandbox.site.twitter import TWEETS

__all__ = [
    "POSTS",
    "SHARES",
    "TWEETS",
    "MediaLibrary",
    "MediaSite",
    "RecordedRequest",
    "RemoteSite",
    "RequestLog",
    "site_process",
]
