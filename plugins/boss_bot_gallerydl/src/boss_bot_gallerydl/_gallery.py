"""The download of any site that gallery-dl knows, with the operator's settings of the plugin."""

from boss_bot_core.plugin import DownloadRequest, DownloadResult
from boss_bot_gallerydl._settings import GallerySettings
from boss_bot_gallerydl._site_profile import Options, SiteProfile
from boss_bot_gallerydl.engine import fetch


def download(request: DownloadRequest[GallerySettings]) -> DownloadResult:
    """Fetch the media that the site's extractor finds.

    Raises:
        DownloadFailedError: See `boss_bot_gallerydl.engine.fetch`.
    """
    return fetch(GalleryProfile(request))


class GalleryProfile(SiteProfile):
    """The profile for one link of any site."""

    def __init__(self, request: DownloadRequest[GallerySettings]) -> None:
        super().__init__(request)
        self._settings = request.settings
        self.max_files = request.settings.max_files

    def build_options(self) -> Options:
        """Set the User-Agent, if the operator has chosen one."""
        agent = self._settings.user_agent
        return {} if agent is None else {("extractor", "user-agent"): agent}
