"""What the pages of the pipeline say in words."""
