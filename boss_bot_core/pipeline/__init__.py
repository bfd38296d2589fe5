"""The pipeline: jobs are claimed by the dispatcher and run in stages; outcomes are recorded, then published."""
