"""All SQL statements: one repository for each thing that is kept."""
