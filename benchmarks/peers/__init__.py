"""The tools that the course is measured against, used the way their own documentation shows."""
