"""The gateway: a WebSocket with identify, heartbeat, dispatch and resume, as Discord has it."""
