"""What a reader of all the releases could work out, tried before he can."""
