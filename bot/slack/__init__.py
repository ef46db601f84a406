"""The only home of Slack: what staff see there and what they can do there."""
