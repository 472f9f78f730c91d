/** Records that can never be stored, kept with their reason. */
package dev.millrace.sink.deadletter;
