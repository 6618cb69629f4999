"""Open311 GeoReport v2, with the extensions in use: paging, `updated_after`, updates both ways."""
