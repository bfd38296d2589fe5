"""Scripts of ``boss-bot sandbox --say``: send a user's messages, print the events, and decide the exit code."""
