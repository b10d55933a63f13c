"""The pages that are the site's own (home, standard pages, news, the letter), and imports."""

from laurels.website.models.contact_page import ContactPage
from laurels.website.models.home_page import HomePage
from laurels.website.models.import_run import ImportRun, RunState
from laurels.website.models.news import NewsIndexPage, NewsPage
from laurels.website.models.standard_page import StandardPage

__all__ = [
    "ContactPage",
    "HomePage",
    "ImportRun",
    "NewsIndexPage",
    "NewsPage",
    "RunState",
    "StandardPage",
]
