select users.handle, users.cognito_user_id, array_agg(pool.cognito_user_id order by pool.cognito_user_id)
from users
join unnest(@handles, @cognito_user_ids) as pool (handle, cognito_user_id) on lower(users.handle) = pool.handle
group by users.handle, users.cognito_user_id
having bool_or(users.cognito_user_id is distinct from pool.cognito_user_id)
order by users.handle
