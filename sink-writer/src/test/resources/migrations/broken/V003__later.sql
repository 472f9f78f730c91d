CREATE TABLE shop.later (id INT);
