"""The zygote: a process without secrets that keeps the engines warm and forks a worker for each job.

Single-threaded, no asyncio: a fork copies locks and loops as they are, so there must be none.
"""
