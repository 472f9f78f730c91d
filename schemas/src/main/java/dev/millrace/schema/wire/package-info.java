/** The bytes of a record, and the registry that says which schema wrote them. */
package dev.millrace.schema.wire;
