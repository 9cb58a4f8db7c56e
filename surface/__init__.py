"""What people see, as functions of data, and the only Slack client."""
