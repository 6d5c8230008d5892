"""The embedded SCIM server: a small, correct service provider to provision into.

It shares no code with the simulator, so that the two cannot agree by sharing a mistake, and
imports as little as it can, so that a child process is up in a fraction of a second.

    from entrasim_kit.scim_server.child import EmbeddedServer     # in a child process
    from entrasim_kit.scim_server.server import serve             # in the foreground
    from entrasim_kit.scim_server.config import Base, ServerConfig
    from entrasim_kit.scim_server.tokens import mint_token
"""
