"""Operations beside the downloads: the clean-ups of storage, the metrics and the alerts."""
