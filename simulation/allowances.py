"""How much time things may take before the judge calls them late or lost."""

from datetime import timedelta

PUNCTUAL = timedelta(minutes=2)
"""What is due at a moment has come by then: a message a second to each conversation, five a second in all."""
SETTLES = timedelta(minutes=10)
"""What nothing hinders is through by then: a lease of a minute, half a minute more after an uncertain outcome, a few
tries. What is younger than that when the trace ends is not judged. After a trouble it is through as long after it:
waits double up to five minutes."""
RECOVERS = timedelta(minutes=75)
"""The same after a refusal that somebody has to mend, such as a revoked token: waits double up to an hour."""
GRACE = timedelta(hours=2)
"""What is younger when Muster is back after an outage is sent late, older is missed."""
CONFIRMED = timedelta(minutes=15)
"""Membership counts if Slack has confirmed it within that time, so what leaves within it may still be shown."""
EFFECT = timedelta(minutes=1)
"""How long after it was sent a post may take effect."""
