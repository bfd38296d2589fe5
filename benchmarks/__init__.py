"""What the bot costs, as ratios against what a person would run instead: the engines' own command lines."""
