"""What Muster promises, a module each: every one reads the case and writes down what it counted and what was broken."""
