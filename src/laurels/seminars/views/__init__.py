"""The pages of seminars: what is announced, and the rooms in which they are held."""

from laurels.seminars.views.seminars import seminar, seminar_list

__all__ = ["seminar", "seminar_list"]
