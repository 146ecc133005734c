"""The recogniser: what columns mean and what a table holds, from headings and content."""
