CREATE SCHEMA shop;
CREATE TABLE shop.orders (id INT);
