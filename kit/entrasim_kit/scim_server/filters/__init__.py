"""Filters: reading them (RFC 7644, section 3.4.2.2) and applying them to resources.

The parser is our own. scim2-models has one, which brings pydantic and lark along: too slow to
import in a child process that has to be up at once, and to run in every request.
scim2-filter-parser does not know `emails[type eq "work"].value eq "x"`, which Entra sends.
"""
