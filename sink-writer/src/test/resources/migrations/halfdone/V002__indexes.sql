CREATE INDEX CONCURRENTLY by_id ON shop.orders (id);
CREATE INDEX CONCURRENTLY by_day ON shop.orders (day);
