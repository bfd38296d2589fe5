"""Discord's REST API, version 10: one module per resource, and the middleware of all requests."""
