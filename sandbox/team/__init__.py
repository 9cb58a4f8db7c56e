"""What goes on in a workspace, whoever does it: the state changes, the app hears of it, the pages are told."""
