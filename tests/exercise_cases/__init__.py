"""Right answers in other forms, and wrong ones, for every exercise of the bank."""
