"""
Pairs found and weighed by Spark: the functions of the engine, on parts of the file.

Every machine is given the records as numbers, without a name; what it answers is the same, to the
last bit, as one process alone would.
"""
