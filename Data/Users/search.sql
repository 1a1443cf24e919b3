select users.uuid, users.handle, users.display_name
from users
where lower(users.handle) like @pattern or lower(users.display_name) like @pattern
order by users.handle
limit @limit
