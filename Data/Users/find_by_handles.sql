select users.uuid, users.handle, users.display_name
from users
where lower(users.handle) = any (@handles)
