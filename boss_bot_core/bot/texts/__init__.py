"""The sentences that users read in Discord, one module per area. All functions are pure."""
