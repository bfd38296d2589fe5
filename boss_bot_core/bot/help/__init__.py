"""Help, made from the commands themselves and the installed platforms."""
