"""The last page that an extractor read: when the extractor finds nothing, the page may say why."""

from typing import Any

from yt_dlp.extractor.common import InfoExtractor

from boss_bot_core.plugin import MAX_BODY_BYTES, DownloadFailedError, explain_text, is_page


class LastPage:
    """The beginning of the last page that was read, and its address."""

    def __init__(self) -> None:
        self._text = self._url = ""

    def install(self) -> None:
        """Record every page; a worker process serves one download, so the class of all extractors may be changed."""
        read_content = InfoExtractor._webpage_read_content  # noqa: SLF001 - every extractor reads its pages with it

        def read_recorded(extractor: Any, response: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - yt-dlp ships no types
            content = read_content(extractor, response, *args, **kwargs)
            if isinstance(content, str):
                self._text, self._url = content[:MAX_BODY_BYTES], response.url
            return content

        InfoExtractor._webpage_read_content = read_recorded  # noqa: SLF001 - see above

    def explain(self) -> DownloadFailedError | None:
        """Return the error that the page explains, such as a login that is missing, or None."""
        return explain_text(self._text, self._url, has_no_media=True) if is_page(self._text) else None
