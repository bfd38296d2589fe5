"""`boss-bot get`: downloads links into a folder, shows the progress, and prints the results."""
