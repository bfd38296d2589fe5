"""Operations beside the downloads: the storage sweep and the metrics."""
