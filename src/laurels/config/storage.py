"""Static files under names that change with their content."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class StaticFiles(ManifestStaticFilesStorage):
    """Hash the imports inside ES modules too, so that no import map is needed."""

    support_js_module_import_aggregation = True
