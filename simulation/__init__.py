"""The judge of a simulation: it reads the plan, the ritual files and the trace; it imports nothing of Muster."""
