"""A child process that computes, so that the event loop never does: `client.Compute` is its door.

Imports nothing: the child starts through this package and stays small.
"""
