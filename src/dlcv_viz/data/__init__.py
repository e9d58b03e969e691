"""Seeded synthetic data: nothing is downloaded or read from a file."""
