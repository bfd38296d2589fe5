"""The zygote process: has no secrets, keeps the plugins loaded and forks a worker for each job.

It is single-threaded and uses no asyncio: a fork copies locks and event loops as they are, so none may exist.
"""
