"""Static files under names that change with their content, compressed once when collected."""

from collections.abc import Iterable, Iterator

from whitenoise.storage import CompressedManifestStaticFilesStorage

FOR_STAFF = ("admin/", "wagtail")


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hash the imports inside ES modules too, so that no import map is needed."""

    support_js_module_import_aggregation = True

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Compress what visitors load; the admin's files would take ten seconds of a start."""
        yield from super().compress_files(
            [path for path in paths if not path.startswith(FOR_STAFF)]
        )
