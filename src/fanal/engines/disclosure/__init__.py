"""
Tables on children that betray nobody: what to hide, and proof that it stays hidden.

A pure engine: tables and counts go in, a pattern, an audit or a refusal comes out.
"""
