/** The topics of a catalogue, made. */
package dev.millrace.schema.topics;
