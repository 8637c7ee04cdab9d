"""All territories together: each leans on the others as far as it has little to say."""
