"""The pages that are the site's own: home, standard pages, news, the letter to the secretariat."""

from laurels.website.models.contact_page import ContactPage
from laurels.website.models.home_page import HomePage
from laurels.website.models.news import NewsIndexPage, NewsPage
from laurels.website.models.standard_page import StandardPage

__all__ = ["ContactPage", "HomePage", "NewsIndexPage", "NewsPage", "StandardPage"]
