"""Documents in, passages worth showing out."""
