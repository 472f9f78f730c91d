/** The database schema, brought up to this version. */
package dev.millrace.sink.migrate;
