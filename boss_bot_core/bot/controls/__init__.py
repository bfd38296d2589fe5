"""What people do to a download with buttons, reactions and commands, and who may."""
