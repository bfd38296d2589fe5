"""The controls of a download: the actions of buttons, reactions and the cancel command, and their permissions."""
