"""Reports being answered, as they are worked on in Slack: taken in, confirmed, seen, reminded of."""
