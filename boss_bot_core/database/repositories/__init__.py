"""All SQL statements: one repository for each kind of stored thing."""
