"""A job's way: claimed by the dispatcher, run stage by stage, settled with an outcome that is written before it is told."""
