"""What happens when data arrives: load, check, match, merge, copy, score, segment."""
