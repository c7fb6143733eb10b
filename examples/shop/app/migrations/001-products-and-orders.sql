create table products (
  id          text primary key,
  name        text not null,
  description text not null,
  cents       integer not null check (cents > 0)
);

insert into products (id, name, description, cents) values
  ('kettle',  'Kettle',       'Whistles when the water boils. One litre, steel.', 4900),
  ('teapot',  'Teapot',       'Stoneware, fired twice, pours without a drop.',    3800),
  ('cup',     'Cup',          'Holds two decilitres and keeps them warm.',        1400),
  ('tea',     'First flush',  'Darjeeling, picked in March. One hundred grams.',  1250);

create table orders (
  id        uuid primary key default gen_random_uuid(),
  product   text not null references products,
  quantity  integer not null check (quantity between 1 and 99),
  customer  text not null,
  state     text not null default 'new' check (state in ('new', 'packed')),
  placed_at timestamptz not null default now(),
  packed_at timestamptz
);

create index orders_to_pack on orders (placed_at) where state = 'new';
