"""Plain text, `.txt`."""

from pipelines.language.house import ANY, House
from pipelines.reading import metadata, structure
from pipelines.reading.article import Article


def read(text: str, *, id: str, path: str, sha256: str, house: House = ANY) -> Article:  # noqa: A002
    """The article that the file's text is."""
    blocks = structure.blocks(text, house=house)
    return Article(
        id=id,
        path=path,
        sha256=sha256,
        format="text",
        text=text,
        blocks=tuple(blocks),
        headline=metadata.headline(text, blocks),
        published=metadata.publication(text, blocks),
        byline=metadata.byline(text, blocks),
        source=metadata.source(text, blocks),
    )
