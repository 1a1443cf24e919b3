select tablename::text
from pg_tables
where schemaname = current_schema()
