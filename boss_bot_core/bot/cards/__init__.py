"""Cards: one Discord message per download, which shows its state and is edited while it runs."""
