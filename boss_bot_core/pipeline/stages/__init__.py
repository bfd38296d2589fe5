"""The stages of a job, each a module: download, verify, post-process, organise, deliver."""
