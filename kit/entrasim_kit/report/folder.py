"""The report folder: files that are written while a run goes on, and those written at its end."""

from collections.abc import Sequence
from pathlib import Path

import orjson

from entrasim.provisioning.outcome import LogEntry
from entrasim.provisioning.provisioning_log import LogRenderer
from entrasim.scenario.report import ScenarioReport
from entrasim.wire.recording import Exchange
from entrasim_kit.report.har import HarFile
from entrasim_kit.report.json_report import run_json
from entrasim_kit.report.junit import write_junit
from entrasim_kit.report.provisioning_log import ProvisioningLogFile
from entrasim_kit.version import VERSION


class ReportFolder:
    """A folder for the reports of one run; a sink for log and exchanges.

    Raises:
        OSError: the folder cannot be made or written to.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self._log = ProvisioningLogFile(folder / "provisioning-log.json")
        self._har = HarFile(folder / "traffic.har", VERSION)

    def exchange(self, exchange: Exchange) -> None:
        """Write an exchange."""
        self._har.exchange(exchange)

    def entry(self, renderer: LogRenderer, entry: LogEntry) -> None:
        """Write an entry of the provisioning log."""
        self._log.entry(renderer, entry)

    def close(self, reports: Sequence[ScenarioReport]) -> None:
        """End all files and write the reports of the run, as far as it went."""
        self._log.close()
        self._har.close()
        report = orjson.dumps(run_json(reports), option=orjson.OPT_INDENT_2)
        (self.folder / "report.json").write_bytes(report + b"\n")
        write_junit(self.folder / "junit.xml", reports)
