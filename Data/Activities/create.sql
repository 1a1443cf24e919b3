insert into activities (user_uuid, message, expires_at)
values (@user_uuid, @message, now() + @lifetime)
returning uuid
