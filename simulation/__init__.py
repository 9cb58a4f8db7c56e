"""The judge of a simulation: it reads the plan, the ritual files and the trace, and nothing of Muster or the sandbox."""
