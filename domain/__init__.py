"""The rules of Muster: no I/O, no clock, no Slack."""
