"""`provisioning-log.json`: records in the shape of Graph's provisioningObjectSummary."""

from pathlib import Path

from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.provisioning_log import LogRenderer
from entrasim.wire.recording import Exchange
from entrasim_kit.report.files import JsonArrayFile


class ProvisioningLogFile:
    """Writes the log as it grows, in the order of the changes."""

    def __init__(self, path: Path) -> None:
        self._file = JsonArrayFile(path)

    def exchange(self, exchange: Exchange) -> None:
        """Exchanges go elsewhere."""

    def entry(self, renderer: LogRenderer, entry: LogEntry) -> None:
        """Write one record."""
        self._file.write(renderer.record(entry))

    def close(self) -> None:
        """End the file."""
        self._file.close()
