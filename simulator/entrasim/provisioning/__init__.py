"""The provisioning service: a job, and one cycle of it. No I/O."""
