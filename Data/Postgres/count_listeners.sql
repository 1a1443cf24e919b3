select count(*)::int
from pg_stat_activity
where datname = @database and application_name = @application_name
