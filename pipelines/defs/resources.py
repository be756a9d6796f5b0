"""Where the desk keeps things: the articles, the store, the report."""

from pathlib import Path

from dagster import ConfigurableResource
from pydantic import Field

from pipelines.configuration import Settings, find
from pipelines.partitions import Months, hashed, parts_of
from pipelines.store import Store

MONTHS = Months()


class Desk(ConfigurableResource[None]):
    """The folders of one desk, relative to where Dagster was started unless absolute, and its settings, from the file
    that the command line reads too (`corrigenda.toml`, or `[tool.corrigenda]` in `pyproject.toml`)."""

    root: str = Field(default=".", description="The corpus's root: paths in reports are relative to it.")
    articles: str = Field(default="seeds", description="The folder of the articles, below the root.")
    store: str = Field(
        default="", description="The folder for the record tables, below the root; without it, as the settings say."
    )
    report: str = Field(
        default="", description="The folder for the HTML report, below the root; without it, as the settings say."
    )
    report_url: str = Field(
        default="", description="Where a web server serves the report's folder, for links to its pages."
    )

    @property
    def corpus_root(self) -> Path:
        return Path(self.root).absolute()

    @property
    def articles_folder(self) -> Path:
        return self.corpus_root / self.articles

    @property
    def settings(self) -> Settings:
        """What the newsroom has set. Raises ConfigurationError."""
        return find(self.corpus_root).settings

    @property
    def report_folder(self) -> Path:
        return self.corpus_root / (self.report or self.settings.report)

    @property
    def tables(self) -> Store:
        return Store(self.corpus_root / (self.store or self.settings.store))

    def parts(self) -> dict[str, list[Path]]:
        """The articles' files by partition key."""
        settings = self.settings
        hashes = hashed(self.articles_folder)
        return parts_of(hashes, self.articles_folder, settings.partitions, settings.house, MONTHS)
