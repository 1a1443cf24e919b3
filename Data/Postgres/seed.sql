-- Fixed uuids, so that conversations in DynamoDB keep their members when this database is created again.
insert into users (uuid, display_name, handle, email)
values
  ('6f0a3f52-5a0c-4c0e-8a57-2d9f5b1e0001', 'Andrew Brown', 'andrewbrown', 'andrewbrown@cruddur.example'),
  ('6f0a3f52-5a0c-4c0e-8a57-2d9f5b1e0002', 'Andrew Bayko', 'bayko', 'bayko@cruddur.example'),
  ('6f0a3f52-5a0c-4c0e-8a57-2d9f5b1e0003', 'Londo Mollari', 'londo', 'londo@cruddur.example')
on conflict do nothing;

-- Fixed uuids, so that a second run adds nothing.
insert into activities (uuid, user_uuid, message)
select seed.uuid, users.uuid, seed.message
from (
  values
    ('2f5b1f5c-0d0b-4d53-9f0e-6a3f7c1f0001'::uuid, 'andrewbrown', 'Cloud is very fun!'),
    ('2f5b1f5c-0d0b-4d53-9f0e-6a3f7c1f0002'::uuid, 'bayko', 'Watching Babylon 5 again, from the first season.'),
    ('2f5b1f5c-0d0b-4d53-9f0e-6a3f7c1f0003'::uuid, 'londo', 'My shoes are too tight, and I have forgotten how to dance.')
) as seed (uuid, handle, message)
join users on users.handle = seed.handle
on conflict (uuid) do nothing;
