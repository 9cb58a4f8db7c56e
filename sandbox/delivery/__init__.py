"""How payloads reach the app, and how it may answer later."""
