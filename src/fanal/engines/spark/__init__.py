"""
A session of Spark, on this machine or on several, for the engines that can be spread out.

It stands for what is too large for one process, and never for another answer: an engine gives Spark
its own functions to run. ``pyspark`` is loaded at first use, and it needs Java.
"""
