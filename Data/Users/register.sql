insert into users (cognito_user_id, handle, display_name, email)
values (@cognito_user_id, @handle, @display_name, @email)
on conflict (cognito_user_id) where cognito_user_id is not null do update
set display_name = excluded.display_name, email = excluded.email
returning uuid, handle, display_name
