-- No two rows may have the same id: the row that has it loses it first.
update users
set cognito_user_id = null
from unnest(@handles, @cognito_user_ids) as pool (handle, cognito_user_id)
where users.cognito_user_id = pool.cognito_user_id
  and lower(users.handle) <> pool.handle
  and exists (select from users as target where lower(target.handle) = pool.handle);

update users
set cognito_user_id = pool.cognito_user_id
from unnest(@handles, @cognito_user_ids) as pool (handle, cognito_user_id)
where lower(users.handle) = pool.handle and users.cognito_user_id is distinct from pool.cognito_user_id
returning users.handle;
