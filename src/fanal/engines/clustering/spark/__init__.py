"""
Texts read, and pairs found and compared, by Spark: the functions of the engine, on parts of the
corpus.
"""
