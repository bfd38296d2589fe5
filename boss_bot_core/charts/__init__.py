"""Charts as pictures. They are drawn by a child process: the bot's own process loads no picture library."""
