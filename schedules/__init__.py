"""Time acts: due runs, reminders, closings, digests, deliveries."""
