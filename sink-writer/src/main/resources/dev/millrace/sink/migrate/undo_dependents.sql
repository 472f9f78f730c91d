-- What is not Millrace's and needs what is: it would have to go too, and so nothing goes.
SELECT DISTINCT pg_describe_object(d.classid, d.objid, d.objsubid) AS dependent
FROM undo_parts p
JOIN pg_depend d ON d.refclassid = p.classid AND d.refobjid = p.objid
WHERE d.deptype = 'n'
  AND NOT EXISTS (SELECT FROM undo_parts o WHERE o.classid = d.classid AND o.objid = d.objid)
ORDER BY 1
