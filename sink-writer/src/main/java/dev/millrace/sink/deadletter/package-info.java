/** Records that can never be stored, kept with their reason; and having them back. */
package dev.millrace.sink.deadletter;
