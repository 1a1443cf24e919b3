select count(*)::int
from pg_tables
where schemaname = current_schema()
