"""A job's way: claimed by the dispatcher, run stage by stage, settled by an outcome that is written, then told."""
