"""Video: the plan of a file, its conversion, and the check of the result."""
