"""The only home of SQL: tables, one file per subject, migrations."""
