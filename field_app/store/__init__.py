"""The tablet's database: one way out for edits (`edits`), one way in for rows (`intake`)."""
