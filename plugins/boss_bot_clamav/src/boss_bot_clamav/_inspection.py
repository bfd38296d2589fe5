"""Decides by the operator's mode what a scan, or a scan that is not possible, means for a file."""

import logging

from boss_bot_clamav._clamd import ScannerError, Verdict, ping, scan_file
from boss_bot_clamav._settings import ClamavSettings
from boss_bot_core.plugin import (
    FileRejectedError,
    FileToInspect,
    ServiceAddress,
    ServiceUnavailableError,
    SuspiciousFileError,
    format_size,
)

_LOG = logging.getLogger("clamav")
_HEALTH_TIMEOUT_S = 0.5
_RETRY_AFTER_S = 60.0
"""A daemon that restarts reads its signatures again, which takes clamd about half a minute."""

_silent: set[ServiceAddress] = set()
"""The scanners that did not answer this worker, whose further files do not wait for them: it lives for one download."""


def inspect_file(file: FileToInspect[ClamavSettings]) -> None:
    """Let the file pass, or raise.

    Raises:
        SuspiciousFileError: Clamd found a signature.
        FileRejectedError: A scan is required, and the file is larger than clamd scans.
        ServiceUnavailableError: A scan is required, and clamd does not answer.
    """
    settings = file.settings
    if settings.mode == "off" or settings.address is None:
        return
    is_required = settings.mode == "required"
    if settings.address in _silent and not is_required:
        return
    try:
        fits = file.size_bytes <= settings.max_stream_bytes
        verdict = scan_file(file.path, settings.address, settings.timeout_s) if fits else Verdict(is_complete=False)
    except ScannerError as error:
        if is_required:
            _LOG.error("Held a file until it can be scanned: clamd %s.", error)
            raise ServiceUnavailableError("The virus scanner does not answer.", retry_after_s=_RETRY_AFTER_S) from error
        _silent.add(settings.address)
        _LOG.warning("A file passed without a scan, and so do the next ones of this download: clamd %s.", error)
        return
    if verdict.signature is not None:
        raise SuspiciousFileError(f"The virus scanner found {verdict.signature} in the file.")
    if not verdict.is_complete:
        size = format_size(file.size_bytes)
        if is_required:
            raise FileRejectedError(
                f"The file has {size}, more than the virus scanner takes.", advice="Ask for a smaller version."
            )
        _LOG.warning("A file of %s passed without a scan: it is larger than clamd scans.", size)


def check_health(settings: ClamavSettings) -> tuple[str, ...]:
    """Return why files are not scanned, if they are not."""
    if settings.mode == "off":
        return ("off: no file is scanned",)
    if settings.address is None:
        return ("no file is scanned: set plugins.clamav.address to where clamd listens, such as /run/clamav/clamd.ctl",)
    try:
        ping(settings.address, _HEALTH_TIMEOUT_S)
    except ScannerError as error:
        effect = "files are held until it does" if settings.mode == "required" else "files pass without a scan"
        return (f"clamd {error}; {effect}: start clamd, or correct plugins.clamav.address",)
    return ()
