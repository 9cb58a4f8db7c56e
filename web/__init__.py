"""A person or a program acts over HTTP: Slack's requests, and whether Muster is well."""
