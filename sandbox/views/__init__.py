"""Forms and Home pages: what is open, what is typed, what an app may answer."""
