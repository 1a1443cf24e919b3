select users.uuid, users.handle, users.display_name
from users
where users.cognito_user_id = @cognito_user_id
