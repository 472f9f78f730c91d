/** Records from files and streams, one line at a time. Names no record type of its own. */
package dev.millrace.producer.source;
