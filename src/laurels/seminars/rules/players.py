"""What a room can show of a platform, and from which second a recording plays. Pure."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

YOUTUBE = (
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "youtu.be",
    "www.youtube-nocookie.com",
)
VIDEO = re.compile(r"[\w-]{6,20}", re.ASCII)
# Their answers forbid it: X-Frame-Options or frame-ancestors.
NO_FRAMES = ("zoom.us", "zoom.com", "teams.microsoft.com", "teams.live.com")


def is_on_youtube(url: str) -> bool:
    return urlsplit(url).hostname in YOUTUBE


def youtube_player(url: str) -> str:
    """Return the player of a YouTube video that any of its addresses names; "" for others."""
    parts = urlsplit(url)
    if not is_on_youtube(url):
        return ""
    last = parts.path.rstrip("/").rpartition("/")[2]
    video = parse_qs(parts.query).get("v", [last])[0]
    if not VIDEO.fullmatch(video) or video in {"watch", "live_stream", "videoseries"}:
        return ""
    return f"https://www.youtube-nocookie.com/embed/{video}"


def player_of(url: str) -> str:
    """Return the address that a frame can show: YouTube's own pages cannot be, its player can."""
    return youtube_player(url) or url


def refuses_frames(url: str) -> bool:
    """Whether the platform lets no other page show this address."""
    host = urlsplit(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in NO_FRAMES)


def frame_origin(embed_url: str) -> str:
    """Return the origin that the player's frame comes from; "" where it may not be framed."""
    parts = urlsplit(embed_url)
    return f"https://{parts.netloc}" if parts.scheme == "https" and parts.netloc else ""


def recording_at(url: str, second: int) -> str:
    """Return the address at which a recording plays from a second on (Media Fragments, 4.2.1)."""
    parts = urlsplit(url)
    if is_on_youtube(url):
        query = "&".join(filter(None, [parts.query, urlencode({"t": f"{second}s"})]))
        return urlunsplit(parts._replace(query=query))
    return urlunsplit(parts._replace(fragment=f"t={second}"))
