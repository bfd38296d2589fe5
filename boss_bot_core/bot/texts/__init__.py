"""Every sentence that people read in Discord, one module for each area; all functions are pure."""
