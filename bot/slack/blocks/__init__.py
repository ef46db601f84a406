"""What people see in Slack: pure functions from what is known to messages and views."""
