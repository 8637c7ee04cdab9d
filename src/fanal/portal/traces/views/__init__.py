"""The screens of the traces: the officer's, the référent's, and the young person's."""
