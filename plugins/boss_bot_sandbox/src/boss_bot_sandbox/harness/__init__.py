"""The test harness: a local Discord, a media site, and the real bot between them as a child process.

``open_harness`` of ``boss_bot_sandbox.harness.harness`` starts and stops all of them.
"""
