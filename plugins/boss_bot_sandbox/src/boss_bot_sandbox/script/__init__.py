"""``--say``: a person's messages in the sandbox's channel, and what comes of them, in the terminal."""
