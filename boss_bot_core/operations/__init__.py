"""Operations beside the downloads: the storage sweep, the metrics and the alerts."""
