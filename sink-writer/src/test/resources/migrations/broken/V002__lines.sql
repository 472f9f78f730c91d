CREATE TABLE shop.lines (id INT);

-- Fails where the table has a row.
ALTER TABLE shop.orders
  ADD COLUMN placed_at DATE NOT NULL;
CREATE TABLE shop.never (id INT);
