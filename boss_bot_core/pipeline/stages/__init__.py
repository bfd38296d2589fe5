"""The stages of a job, one module each: reuse, download, verify, post-process and store."""
