-- Schemas of ours that others have put something in.
SELECT format('%s %s', f.type, f.identity) AS kept
FROM undo_found f
WHERE f.type <> 'schema'
  AND f.schema IN (SELECT o.identity FROM undo_objects o WHERE o.type = 'schema')
  AND NOT EXISTS (SELECT FROM undo_objects o WHERE o.classid = f.classid AND o.objid = f.objid)
ORDER BY 1
