select
  activities.uuid,
  activities.message,
  activities.replies_count,
  activities.reposts_count,
  activities.likes_count,
  exists (
    select from activity_likes
    where activity_likes.activity_uuid = activities.uuid and activity_likes.user_uuid = @reader_uuid
  ) as is_liked,
  activities.reply_to_activity_uuid,
  activities.expires_at,
  activities.created_at,
  users.uuid as user_uuid,
  users.handle,
  users.display_name
from activities
join users on users.uuid = activities.user_uuid
where
  activities.reply_to_activity_uuid = @owner_uuid
  and (activities.expires_at is null or activities.expires_at > now())
  and (@before_created_at::timestamptz is null or (activities.created_at, activities.uuid) < (@before_created_at, @before_uuid))
order by activities.created_at desc, activities.uuid desc
limit @limit
