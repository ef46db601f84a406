"""Reports being answered, as people work on them in Slack."""
