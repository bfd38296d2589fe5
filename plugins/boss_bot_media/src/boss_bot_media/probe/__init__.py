"""The facts about a file that its plan needs: read once, without decoding."""
