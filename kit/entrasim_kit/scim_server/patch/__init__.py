"""PATCH, in the form of RFC 7644, section 3.5.2, and in both forms that Entra sends.

Each departure from the RFC is a function with the source of the departure beside it.
"""
