"""People in the sandbox: what they see on their screens and what they do with it."""
