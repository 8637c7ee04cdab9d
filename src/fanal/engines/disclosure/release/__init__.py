"""A release, from the request to the folder that is published."""
