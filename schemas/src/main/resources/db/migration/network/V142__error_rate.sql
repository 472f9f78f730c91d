-- An interface whose every packet is an error has 1,000,000 per million, one digit more than NUMERIC(8,2) holds.
ALTER TABLE network.interface_metrics ALTER COLUMN error_rate_ppm TYPE NUMERIC(9,2);
