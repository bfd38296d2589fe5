"""`boss-bot get`: downloads links into a folder, with progress, and tells the result to people and to programs."""
