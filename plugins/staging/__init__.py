"""A build happens beside ``output/`` and replaces it when it is complete."""
