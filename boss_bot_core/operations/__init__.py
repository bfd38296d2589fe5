"""Operations beside the downloads: the clean-ups of storage and the metrics."""
