"""Drafts on an item: the scaffold, the model's paragraph, the text that a person edits."""
