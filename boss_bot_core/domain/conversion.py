"""The progress of the conversion of a download's files."""

import attrs


@attrs.frozen(kw_only=True)
class ConversionUpdate:
    """Progress of a conversion, as far as the plugin reports it.

    Attributes:
        filename: The file that is converted.
        fraction: Share of all files that is done, 0 to 1.
        file_index: Number of the file, from 1.
        file_count: Number of files.
        eta_seconds: Seconds left, or None while unknown.
    """

    filename: str
    fraction: float
    file_index: int
    file_count: int
    eta_seconds: float | None = None
