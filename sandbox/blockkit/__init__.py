"""What blocks may look like, and Slack's words for what is wrong with them."""
