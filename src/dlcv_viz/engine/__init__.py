"""From a request of a page to a drawn file: fingerprint, store, pool. Knows no Sphinx."""
