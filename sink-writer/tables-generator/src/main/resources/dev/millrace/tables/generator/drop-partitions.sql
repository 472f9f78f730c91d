DO $$
DECLARE
  partition regclass;
BEGIN
  FOR partition IN SELECT oid FROM pg_class WHERE relispartition AND relkind = 'r' LOOP
    EXECUTE format('DROP TABLE %s', partition);
  END LOOP;
END $$
