"""What the page asks for and what people do there, as JSON over HTTP."""
