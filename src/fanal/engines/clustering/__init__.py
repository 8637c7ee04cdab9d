"""Neutral texts linked by what they share, each link with its reason; never a decision."""
