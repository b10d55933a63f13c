"""Take a picture of every page of a running site: on a desk, a phone, in the dark, in Arabic.

python tools/screenshots.py http://127.0.0.1:8000 pictures/ [--only home,campaign]
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

PAGES = {
    "home": "/",
    "shortlist": "/editions/2023/shortlist/",
    "edition": "/editions/2023/",
    "edition-held": "/editions/2018/",
    "editions": "/editions/",
    "initiative": "/initiatives/2023-cape-town/",
    "initiative-unknown": "/initiatives/2012-vienna/",
    "library": "/initiatives/",
    "focus": "/focus/",
    "focus-article": "/focus/one-earth-one-dream/",
    "seminars": "/seminars/",
    "seminar": "/seminars/2023/1/",
    "partners": "/partners/",
    "campaign": "/partners/metropolis/2023/",
    "how-we-count": "/how-we-count/",
    "ballot": "/vote/",
    "receipt": "/vote/2023/receipt/",
    "result": "/results/2023/",
    "demo": "/demo/",
    "mailbox": "/demo/mailbox/",
}
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LOOKS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": DESK},
    "phone": {"viewport": PHONE},
    "dark": {"viewport": DESK, "color_scheme": "dark"},
    "phone-ar": {"viewport": PHONE},
}
ARABIC = "phone-ar"


def main() -> None:
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    wanted = options.only.split(",") if options.only else list(PAGES)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=options.chromium, args=["--no-sandbox"]
        )
        for look, settings in LOOKS.items():
            if options.look and look not in options.look.split(","):
                continue
            context = browser.new_context(timezone_id="America/Bogota", **settings)
            page = context.new_page()
            for name in wanted:
                language = "/ar" if look == ARABIC and not PAGES[name].startswith("/demo") else ""
                page.goto(options.site + language + PAGES[name], wait_until="networkidle")
                _show_late_pictures(page)
                page.screenshot(path=options.folder / f"{name}-{look}.png", full_page=True)
                print(f"{name}-{look}.png")
            context.close()
        browser.close()


def _show_late_pictures(page: Any) -> None:
    """Pictures below the fold load when they come into view: bring them there."""
    page.evaluate(
        """async () => {
          for (const picture of document.images) picture.loading = "eager";
          await Promise.allSettled([...document.images].map((picture) => picture.decode()));
        }"""
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", help="the address of the running site")
    parser.add_argument("folder", type=Path, help="where the pictures go")
    parser.add_argument("--only", default="", help="names of pages, with commas between them")
    parser.add_argument("--look", default="", help="names of looks, with commas between them")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    return parser.parse_args()


if __name__ == "__main__":
    main()
