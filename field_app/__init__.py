"""The tablet: a local copy of assets and work orders, edited without signal, and its screens."""
