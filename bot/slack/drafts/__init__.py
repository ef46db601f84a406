"""Drafts on the items of a case, as people ask for them, read them and decide on them in Slack."""
