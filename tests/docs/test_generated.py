"""Generated pages are what the generator gives, links lead somewhere, nothing goes unmentioned."""

import importlib.util
import re
from pathlib import Path

import pytest
from tests.kit.cli.conftest import ROOT

PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(ROOT.glob("*/*.md")),
    *sorted(ROOT.glob("docs/*/*.md")),
]
PAGES = [page for page in PAGES if "node_modules" not in page.parts and ".venv" not in page.parts]


def generator_pages() -> dict[Path, str]:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    pages: dict[Path, str] = module.pages()
    return pages


@pytest.mark.parametrize("name", ["commands.md", "expressions.md", "fidelity.md"])
def test_a_generated_page_is_current(name: str) -> None:
    """If this fails, run `make docs`."""
    page = ROOT / "docs" / name

    assert page.read_text(encoding="utf-8") == generator_pages()[page]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    relative = [link for link in links if not re.match(r"https?:", link)]

    missing = [link for link in relative if not (page.parent / link).exists()]

    assert missing == []


def test_every_scenario_has_its_line() -> None:
    told = set(re.findall(r"scenarios/([\w-]+)\.yaml", (ROOT / "docs/scenarios.md").read_text()))

    assert told == {path.stem for path in (ROOT / "scenarios").glob("*.yaml")}


def test_every_record_of_a_decision_is_numbered() -> None:
    numbers = [path.name[:4] for path in sorted((ROOT / "docs/decisions").glob("*.md"))]

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
