"""The list of all pages for search engines."""

import datetime
import urllib.parse
from collections.abc import Container, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write(
    site: Path,
    site_url: str,
    without: Container[str] = (),
    changed: Mapping[str, datetime.date] | None = None,
) -> None:
    """Write `sitemap.xml` for a site hosted at `site_url`; without that address there can be none.

    Args:
        site: The built site.
        site_url: Where it will be hosted.
        without: Addresses of pages that are left out.
        changed: Address -> day of the last change, where that is known.

    It replaces the one of MkDocs, which knows neither the filled pages nor how to be the same twice.
    """
    for stale in ("sitemap.xml", "sitemap.xml.gz"):
        (site / stale).unlink(missing_ok=True)
    if not site_url:
        return
    found = (path.relative_to(site).as_posix() for path in site.rglob("index.html"))
    addresses = (name.removesuffix("index.html") for name in found)
    pages = sorted(address for address in addresses if address not in without)
    base = site_url.rstrip("/") + "/"
    urls = [f"  <url>{_entry(base, page, (changed or {}).get(page))}</url>" for page in pages]
    lines = [f'<urlset xmlns="{_NAMESPACE}">', *urls, "</urlset>"]
    (site / "sitemap.xml").write_text(_HEAD + "\n".join(lines) + "\n", encoding="utf-8")


def _entry(base: str, page: str, day: datetime.date | None) -> str:
    address = escape(base + urllib.parse.quote(page))
    date = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<loc>{address}</loc>{date}"
