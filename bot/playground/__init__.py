"""A throwaway Slack on this machine, and a fictional office to try Rejoinder in."""
