"""What a browser may load and reach from our pages."""

from typing import Any

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE


def public_policy(box_url: str) -> dict[str, Any]:
    """Nothing but our own files, and the ballot box for sealed ballots and receipts."""
    return {
        "DIRECTIVES": {
            "default-src": [NONE],
            "script-src": [SELF],
            "style-src": [SELF],
            "img-src": [SELF, "data:"],
            "font-src": [SELF],
            "media-src": [SELF],
            "manifest-src": [SELF],
            "connect-src": [SELF, box_url],
            "form-action": [SELF],
            "frame-ancestors": [NONE],
            "base-uri": [NONE],
        }
    }


# Wagtail's and Django's own admin pages hold inline scripts and styles; only staff see them.
STAFF_POLICY: dict[str, Any] = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE, UNSAFE_EVAL],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "object-src": [NONE],
    "base-uri": [SELF],
}
STAFF_PATHS = ("/cms/", "/django-admin/")
# Their addresses name no language.
PATHS_WITHOUT_A_LANGUAGE = (*STAFF_PATHS, "/accounts/", "/demo/")
PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
