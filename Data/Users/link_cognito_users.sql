-- A link is made once: a linked row and a linked Cognito user stay as they are.
update users
set cognito_user_id = pool.cognito_user_id
from unnest(@handles, @cognito_user_ids) as pool (handle, cognito_user_id)
where lower(users.handle) = pool.handle
  and users.cognito_user_id is null
  and not exists (select from users as linked where linked.cognito_user_id = pool.cognito_user_id)
returning users.handle
