/** Types of PostgreSQL that jOOQ does not know, as the text PostgreSQL prints and reads. */
package dev.millrace.tables.binding;
