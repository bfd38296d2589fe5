"""Everything the sandbox starts: a local Discord, a media site, and the real bot in between, as a child process.

``open_stage`` of ``boss_bot_sandbox.harness.harness`` starts it and takes it down again.
"""
