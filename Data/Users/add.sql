insert into users (uuid, handle, display_name, email)
select added.uuid, added.handle, added.display_name, added.email
from unnest(@uuids, @handles, @display_names, @emails) as added (uuid, handle, display_name, email)
on conflict do nothing
returning handle
