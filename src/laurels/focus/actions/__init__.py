"""What happens to articles: they are drafted, sent to co-publishers, answered and published."""

from laurels.focus.actions.drafting import draft_article
from laurels.focus.actions.publishing import publish_due
from laurels.focus.actions.signing import answer_approval, ask_co_publishers

__all__ = ["answer_approval", "ask_co_publishers", "draft_article", "publish_due"]
