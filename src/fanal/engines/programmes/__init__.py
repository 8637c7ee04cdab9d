"""
Linear programmes, whole or not: the house's thin layer on HiGHS, for the engines that need it.

``highspy`` is loaded at first use.
"""
