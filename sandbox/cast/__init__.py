"""Simulated people: they see and do what a person at the page sees and does, from a seed."""
