"""entrasim: an offline stand-in for the provisioning service of Microsoft Entra."""
