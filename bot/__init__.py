"""What staff do: ask, and see where each word of an answer stands."""
