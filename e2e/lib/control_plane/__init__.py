"""A real Kubernetes control plane on 127.0.0.1, and what tests need to talk to it.

Python's standard library only. README: docs/testing.md.
"""
