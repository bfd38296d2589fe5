"""gallery-dl as a function: the module that platform plugins build on.

`claim_link` matches the links of one site, and `fetch` runs one download; a process may call it once.
The names in `__all__` and the module `testing` are public; every other module of this package is private.
"""

from gallery_dl import config, downloader, exception, extractor
from gallery_dl.downloader.http import HttpDownloader
from gallery_dl.extractor.common import Extractor
from gallery_dl.job import DownloadJob
from gallery_dl.path import PathFormat

from boss_bot_core.plugin import DownloadResult, UnsupportedUrlError, check_names
from boss_bot_gallerydl import ENGINE
from boss_bot_gallerydl._download_run import DownloadRun
from boss_bot_gallerydl._error_tables import ErrorTable, build_error
from boss_bot_gallerydl._format_selector import VideoFormatSelector
from boss_bot_gallerydl._http_adapter import get_default_tls_context
from boss_bot_gallerydl._job import MediaJob
from boss_bot_gallerydl._links import find_extractor, find_extractor_in
from boss_bot_gallerydl._match import claim_link
from boss_bot_gallerydl._options import configure, write_ca_bundle
from boss_bot_gallerydl._result import build_result
from boss_bot_gallerydl._site_profile import Metadata, Options, SiteProfile
from boss_bot_gallerydl._traffic import ResponseSummary, TrafficRecord, collect_log_messages

__all__ = [
    "ENGINE",
    "ErrorTable",
    "Metadata",
    "Options",
    "ResponseSummary",
    "SiteProfile",
    "TrafficRecord",
    "VideoFormatSelector",
    "build_error",
    "claim_link",
    "fetch",
    "find_extractor",
    "warm_up",
]

_UNKNOWN_ADDRESS = "https://nothing.invalid/"


def warm_up(url: str | None = None) -> None:
    """Import all extractors and read the certificate store, so that forked workers start with both; no I/O.

    Args:
        url: An address of the plugin's site. The site's extractor then opens and closes one session, whose TLS settings
            all later sessions share.

    Raises:
        ImportError: The installed gallery-dl lacks something that a download uses.
    """
    _check_engine()
    find_extractor_in({""}, _UNKNOWN_ADDRESS)
    downloader.find("https")
    get_default_tls_context()
    if url is not None and (site := find_extractor(url)) is not None:
        site.initialize()
        site.session.close()


def _check_engine() -> None:
    """Check what the modules of a download use of gallery-dl beyond the names that they import."""
    check_names(config, "clear", "set")
    check_names(extractor, "extractors", "find")
    check_names(Extractor, "category", "exc", "from_url", "initialize", "request", "session", "wait")
    check_names(DownloadJob, "dispatch", "download", "handle_directory", "handle_queue", "handle_skip", "handle_url")
    check_names(DownloadJob, "downloaders", "extractor", "get_downloader", "out", "pathfmt", "run", "visited")
    check_names(PathFormat, "build_path", "part", "realpath", "temppath")
    check_names(HttpDownloader, "maxsize")
    check_names(exception, "AuthenticationError", "AuthorizationError", "ChallengeError", "ExtractionError")
    check_names(exception, "HttpError", "NoExtractorError", "NotFoundError", "StopDownload", "StopExtraction")


def fetch(profile: SiteProfile) -> DownloadResult:
    """Fetch the media behind the address of a profile's request.

    A process may call this once, because gallery-dl's configuration is global. A second call in the same directory, in
    a new process, continues what the first one left.

    Args:
        profile: The request, and how its site is fetched from.

    Raises:
        DownloadFailedError: The download failed; its type decides about a retry and about the next plugin.
    """
    profile.check_request()
    request = profile.request
    categories = profile.categories or {request.media_key.partition(":")[0]}
    found = find_extractor_in(categories, request.url)
    if found is None or (profile.categories is not None and found.category not in profile.categories):
        raise UnsupportedUrlError("gallery-dl cannot read this link.")
    ca_bundle = write_ca_bundle(request)
    try:
        configure(profile, ca_bundle)
        run = DownloadRun(profile=profile)
        # A new extractor, because extractors read the configuration when they are created.
        job = MediaJob(found.from_url(request.url), download_run=run)
        with collect_log_messages(run.traffic):
            job.run()
        return build_result(run, job.failure)
    finally:
        if ca_bundle is not None:
            ca_bundle.unlink(missing_ok=True)
