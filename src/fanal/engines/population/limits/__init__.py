"""Between which numbers a population lies: by draws, and by what is supposed."""
