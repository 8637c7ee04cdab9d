"""Digests of images compared with a bank of known ones: never an image, in or out."""
