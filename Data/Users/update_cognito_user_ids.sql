-- An id that has moved to another handle is taken from the old one first, since no two rows may share it.
update users
set cognito_user_id = null
from unnest(@handles, @cognito_user_ids) as pool (handle, cognito_user_id)
where users.cognito_user_id = pool.cognito_user_id and users.handle <> pool.handle;

update users
set cognito_user_id = pool.cognito_user_id
from unnest(@handles, @cognito_user_ids) as pool (handle, cognito_user_id)
where users.handle = pool.handle and users.cognito_user_id is distinct from pool.cognito_user_id
returning users.handle;
